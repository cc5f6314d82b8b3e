"""The folder of a run: found free, made, and given its shape."""

import re
from pathlib import Path

from troupe_core.errors import RunFolderError

__all__ = ["check_run_folder", "free_folder", "make_run_folder"]

_INSIDE = ("blobs", "report")


def free_folder(below: Path, name: str) -> Path:
    """The first folder ``below/slug-of-name-N``, N from 1, that is not there yet."""
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:60] or "run"
    number = 1
    while (below / f"{slug}-{number}").exists():
        number += 1
    return below / f"{slug}-{number}"


def make_run_folder(folder: Path) -> None:
    """Make the folder of a new run. Raises `RunFolderError` where there is a run already, or no writing."""
    check_run_folder(folder)
    try:
        for each in _INSIDE:
            (folder / each).mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise _unwritable(folder, fault) from fault


def check_run_folder(folder: Path) -> None:
    """Raises `RunFolderError` where a run cannot begin: in a folder that holds one already, or anything else."""
    if (folder / "journal.db").exists():
        raise RunFolderError(
            "this folder already holds a run",
            where=str(folder),
            remedy=f"Read it with: troupe show {folder}. Or give another folder with --out.",
        )
    try:
        if folder.exists() and any(folder.iterdir()):
            raise RunFolderError(
                "this folder is not empty", where=str(folder), remedy="Give a new or empty folder with --out."
            )
    except OSError as fault:
        raise _unwritable(folder, fault) from fault


def _unwritable(folder: Path, fault: OSError) -> RunFolderError:
    return RunFolderError(
        f"the run folder cannot be written: {fault.strerror or fault}",
        where=str(folder),
        remedy="Give a folder that you may write to with --out.",
    )
