"""What somebody wants installed by a name: a component, a distribution with versions, a folder."""

import re
from pathlib import Path

from attrs import frozen

from troupe_core.cli.installing.environment import this_environment
from troupe_core.discovery.catalogue import catalogue_of
from troupe_core.discovery.entry_points import CORE, normal
from troupe_core.errors import InputError, nearest
from troupe_core.hookspecs import KIND_OF_HOOK

__all__ = ["Wanted", "known_names", "wanted"]

_ARCHIVES = (".whl", ".tar.gz", ".zip")


@frozen(kw_only=True)
class Wanted:
    """One thing to install."""

    text: str
    """For the tool: a requirement, or a path that is whole."""
    distribution: str | None
    """Its normal name, where it can be known before."""
    is_path: bool = False
    said: str | None = None
    """What the name was taken for, where that is not what was written."""


def wanted(name: str, *, editable: bool = False) -> Wanted:
    """What a name means. Raises `InputError`."""
    if " @ " in name or "://" in name:
        return Wanted(text=name, distribution=normal(name.partition(" @ ")[0]) if " @ " in name else None)
    path = Path(name).expanduser()
    if editable or path.name != name or name in (".", "..") or (name.endswith(_ARCHIVES) and path.is_file()):
        return _path(name, path, editable=editable)
    return _requirement(name)


def known_names() -> dict[str, set[str]]:
    """The names of components and plugins that the catalogue knows, each with the distributions that they mean."""
    known: dict[str, set[str]] = {}
    for kind in KIND_OF_HOOK.values():
        for component, distribution in catalogue_of(kind).items():
            for name in (component, distribution, distribution.removeprefix("troupe-")):
                known.setdefault(name, set()).add(distribution)
    return known


def _path(name: str, path: Path, *, editable: bool) -> Wanted:
    if not path.exists():
        raise InputError(f"there is no folder {name!r}", remedy="What is on an index has no slash in its name.")
    if path.is_dir() and not any((path / each).is_file() for each in ("pyproject.toml", "setup.py")):
        raise InputError(
            f"the folder {name!r} is no package: it has no pyproject.toml",
            remedy='A single file needs no installing: [plugins] paths = ["./my_rules.py"]. '
            "A package to start from: troupe plugins new NAME --kind tool",
        )
    if editable and not path.is_dir():
        raise InputError(f"only a folder can be installed editable, got {name!r}", remedy="Leave --editable out.")
    return Wanted(text=str(path.resolve()), distribution=_name_in(path), is_path=True)


def _name_in(path: Path) -> str | None:
    """What a folder or an archive will be called once it is installed."""
    if path.is_file():
        return normal(re.split(r"-\d", path.name, maxsplit=1)[0])
    import tomllib

    try:
        name = tomllib.loads((path / "pyproject.toml").read_text(encoding="utf-8"))["project"]["name"]
    except (OSError, KeyError, TypeError, ValueError):
        return None  # the tool that builds it will say what is wrong with it
    return normal(str(name))


def _requirement(name: str) -> Wanted:
    from packaging.requirements import InvalidRequirement, Requirement

    try:
        requirement = Requirement(name)
    except InvalidRequirement:
        raise InputError(
            f"expected a plugin, a folder, or a distribution and its versions, got {name!r}",
            remedy='For example: troupe plugins install chroma, or "troupe-chroma>=0.3", or ./my-plugin',
        ) from None
    if normal(requirement.name) == CORE:
        raise InputError("this is Troupe itself", remedy=f"To have it newer: {this_environment().upgrade}")
    known = known_names()
    meant = sorted(known.get(requirement.name.lower(), ()))
    if len(meant) > 1:
        raise InputError(
            f"{name!r} may be {' or '.join(meant)}", remedy=f"Say which: troupe plugins install {meant[0]}"
        )
    if meant:
        rest = name.strip()[len(requirement.name) :]
        said = None if normal(requirement.name) == meant[0] else f"{requirement.name} is offered by {meant[0]}."
        return Wanted(text=f"{meant[0]}{rest}", distribution=meant[0], said=said)
    _refuse_misspelt(name, requirement.name, known)
    return Wanted(text=name.strip(), distribution=normal(requirement.name))


def _refuse_misspelt(written: str, name: str, known: dict[str, set[str]]) -> None:
    """An index has packages of nearly every name: nobody is to get a stranger's by a slip of the pen."""
    near = None if normal(name).startswith("troupe-") else nearest(name, known)
    if near is not None and written.strip() == name and not Path(name).exists():
        raise InputError(
            f"no plugin {name!r} is known",
            remedy=f"Did you mean {near!r}? If there is such a distribution, and it is meant: "
            f'troupe plugins install "{name}>=0"',
        )
