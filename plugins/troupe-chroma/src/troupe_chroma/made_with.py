"""What a folder of memories was made with: it is opened with nothing else."""

import json
import os
from pathlib import Path
from typing import Any
from uuid import uuid4

from attrs import asdict, fields, frozen

from troupe_core.plugin import ConfigError

__all__ = ["MadeWith", "made_with"]

_LAYOUT = 1
"""How memories are laid out in Chroma; another number is another layout."""
_FILE = "made-with.json"


@frozen(kw_only=True)
class MadeWith:
    """What memories depend on."""

    layout: int
    chroma: str
    """The version of chromadb."""
    embedder: str
    """The embedder's fingerprint."""
    dimensions: int
    run: str
    """Keeps runs apart that share a server. By lot, since two runs of one study would choose the same; no journal
    has it."""


def made_with(folder: Path, *, chroma: str, embedder: str, dimensions: int) -> MadeWith:
    """What this folder was made with; an empty one is made with these. Raises `ConfigError` where they do not fit."""
    file = folder / _FILE
    if not file.exists():
        if any(folder.iterdir()):
            raise _unfit(folder, "these memories were not made by troupe-chroma")
        made = MadeWith(layout=_LAYOUT, chroma=chroma, embedder=embedder, dimensions=dimensions, run=uuid4().hex)
        _write(file, made)
        return made
    made = _read(file)
    if made.layout != _LAYOUT:
        raise _unfit(folder, f"these memories have the layout {made.layout}, expected {_LAYOUT}")
    if not _opens(chroma, made.chroma):
        raise _unfit(
            folder,
            f"these memories were made with chromadb {made.chroma}, and chromadb {chroma} is installed",
            f'Install that version again: pip install "chromadb=={made.chroma}". Or',
        )
    if (made.embedder, made.dimensions) != (embedder, dimensions):
        raise _unfit(
            folder,
            f"these memories were made with the embedder {made.embedder} of {made.dimensions} dimensions, "
            f"and [embedder] is {embedder} of {dimensions}",
            "Choose the embedder that they were made with. Or",
        )
    return made


def _opens(installed: str, made: str) -> bool:
    """Whether a version of Chroma opens what another made: it carries forward within a major version, never back."""
    now, then = _numbers(installed), _numbers(made)
    return now[:1] == then[:1] and now >= then


def _numbers(version: str) -> list[int]:
    return [int(each) for each in version.split(".") if each.isdigit()]


def _read(file: Path) -> MadeWith:
    try:
        read: Any = json.loads(file.read_text(encoding="utf-8"))
        made = MadeWith(**read)
    except (OSError, ValueError, TypeError) as fault:
        raise _unfit(file.parent, f"{_FILE} cannot be read: {fault}") from fault
    for field in fields(MadeWith):
        if not isinstance(getattr(made, field.name), field.type or object):
            raise _unfit(file.parent, f"{_FILE} cannot be read: {field.name} is no {field.type}")
    return made


def _write(file: Path, made: MadeWith) -> None:
    """Whole or not at all."""
    new = file.with_suffix(".new")
    with new.open("w", encoding="utf-8") as writing:
        json.dump(asdict(made), writing, indent=1)
        writing.flush()
        os.fsync(writing.fileno())
    new.replace(file)


def _unfit(folder: Path, what: str, instead: str = "") -> ConfigError:
    begin_anew = "run the study into a new folder, or move this one away: memories follow from the journal."
    remedy = f"{instead} {begin_anew}" if instead else begin_anew.capitalize()
    return ConfigError(what, where=str(folder), remedy=remedy)
