"""Which plugins are installed: read from the `*.dist-info` folders beside the packages, without importing anything.

`importlib.metadata` knows the same, at ten times the cost of what a listing needs.
"""

import os
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from attrs import frozen

from troupe_core.hookspecs import COMMAND_GROUP, ENTRY_POINT_GROUP
from troupe_core.version import VERSION

__all__ = ["CORE", "LOCAL", "EntryPoint", "installed_commands", "installed_entry_points", "normal"]

CORE = "troupe-core"
"""The core's own distribution: its plugin is always there."""

LOCAL = "local"
"""What stands for a distribution where a plugin is a file of the study."""

_METADATA_FOLDER = re.compile(r"(?P<name>[^-]+)(?:-(?P<version>[^-]+))?.*\.(?:dist|egg)-info")


@frozen(kw_only=True)
class EntryPoint:
    """One line of the group ``troupe`` in the metadata of an installed distribution."""

    name: str
    target: str
    """``package.module``, or ``package.module:attribute``."""
    distribution: str
    """Normalised: lower case, words joined by dashes."""
    version: str
    metadata: Path | None
    """The ``*.dist-info`` folder; None for a core that runs without being installed, and for a file of the study."""
    file: str | None = None
    """The file itself, where it is one of the study."""
    content: str | None = None
    """What stands for the content of that file: its SHA-256, in hexadecimal."""


def installed_entry_points(paths: Iterable[str] | None = None) -> tuple[EntryPoint, ...]:
    """The plugins that can be imported, the core's first, then by distribution and name.

    `paths` are the folders to look in: `sys.path`, unless given. Of two copies of a distribution the first counts.
    """
    entries = [
        EntryPoint(name=name, target=target, distribution=distribution, version=version, metadata=folder)
        for distribution, version, folder in _distributions(sys.path if paths is None else paths)
        for name, target in _lines_of_group(_text(folder / "entry_points.txt"))
    ]
    if all(entry.distribution != CORE for entry in entries):
        own = EntryPoint(
            name="core", target="troupe_core.builtin.plugin", distribution=CORE, version=VERSION, metadata=None
        )
        entries.append(own)
    return tuple(sorted(entries, key=lambda each: (each.distribution != CORE, each.distribution, each.name)))


def normal(distribution: str) -> str:
    """The one spelling of a distribution's name: ``Troupe_Chroma`` and ``troupe-chroma`` are the same."""
    return re.sub(r"[-_.]+", "-", distribution.strip()).lower()


def _distributions(paths: Iterable[str]) -> Iterator[tuple[str, str, Path]]:
    """Name, version and metadata folder of each distribution that has entry points."""
    seen: set[str] = set()
    for path in dict.fromkeys(paths):
        for folder in _metadata_folders(path):
            named = _METADATA_FOLDER.fullmatch(folder.name)
            if named is None or (name := normal(named["name"])) in seen:
                continue
            seen.add(name)
            if os.path.isfile(folder / "entry_points.txt"):
                yield name, named["version"] or _version_inside(folder), folder


def _metadata_folders(path: str) -> list[Path]:
    try:
        with os.scandir(path or ".") as entries:
            names = [entry.name for entry in entries if entry.name.endswith((".dist-info", ".egg-info"))]
    except OSError:
        return []  # a path that is no folder holds no installed plugin, just as it holds no module
    return [Path(path or ".") / name for name in sorted(names)]


def _version_inside(folder: Path) -> str:
    """The version of an old editable install, whose folder does not name it."""
    found = re.search(r"^Version:\s*(\S+)", _text(folder / "PKG-INFO"), re.MULTILINE)
    return found[1] if found else "unknown"


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig", errors="replace")
    except OSError:
        return ""


def _lines_of_group(text: str, wanted: str = ENTRY_POINT_GROUP) -> Iterator[tuple[str, str]]:
    group = None
    for line in map(str.strip, text.splitlines()):
        if line.startswith("[") and line.endswith("]"):
            group = line[1:-1].strip()
        elif group == wanted and line and line[0] not in "#;":
            name, _, target = line.partition("=")
            yield name.strip(), target.partition("[")[0].strip()


def installed_commands() -> dict[str, EntryPoint]:
    """The commands that plugins add, by name: the group ``troupe.commands``. None of them is imported."""
    return {
        name: EntryPoint(name=name, target=target, distribution=distribution, version=version, metadata=folder)
        for distribution, version, folder in _distributions(sys.path)
        for name, target in _lines_of_group(_text(folder / "entry_points.txt"), COMMAND_GROUP)
    }
