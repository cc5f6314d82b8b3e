"""What was disabled for a project or for a user, whatever study runs: ``troupe plugins disable``."""

import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

from attrs import frozen

from troupe_core.discovery.plugins_table import KEYS, names_in, place_in
from troupe_core.errors import ConfigError, nearest

__all__ = ["PROJECT_FILE", "Scope", "project_file", "scopes_of", "tilde", "user_file"]

PROJECT_FILE = "troupe.toml"
"""In the nearest folder upwards from the working directory."""


@frozen(kw_only=True)
class Scope:
    """One file that says which plugins are not to be loaded, for every study that it reaches."""

    kind: Literal["project", "user"]
    file: Path
    disable: tuple[str, ...] = ()
    """Each name is that of a distribution or of its entry point."""

    @property
    def title(self) -> str:
        """For messages: ``troupe.toml``, ``~/.config/troupe/plugins.toml``."""
        return PROJECT_FILE if self.kind == "project" else tilde(self.file)


def scopes_of(folder: Path, environ: Mapping[str, str]) -> tuple[Scope, ...]:
    """The files that there are: the project's of this folder, then the user's. Raises `ConfigError`."""
    return tuple(_scopes(folder, environ))


def project_file(folder: Path) -> Path | None:
    """The file of the project that a folder belongs to; None where it belongs to none."""
    for each in (folder, *folder.parents):
        if os.path.isfile(each / PROJECT_FILE):
            return each / PROJECT_FILE
    return None


def user_file(environ: Mapping[str, str]) -> Path | None:
    """Where a user's own choice is kept, as click's ``get_app_dir`` has it; None for a user without a home."""
    folder = _app_folder(environ)
    return None if folder is None else folder / "plugins.toml"


def tilde(path: str | Path) -> str:
    """A path that names nobody: ``~`` stands for the home of who reads it."""
    text, home = str(path), os.path.expanduser("~")
    inside = home not in ("", "~", os.sep) and (text == home or text.startswith(home.rstrip(os.sep) + os.sep))
    return "~" + text[len(home.rstrip(os.sep)) :] if inside else text


def _app_folder(environ: Mapping[str, str]) -> Path | None:
    # click is the command line's: a study in Python is not to wait for it.
    if sys.platform == "win32":
        roaming = environ.get("APPDATA")
        return Path(roaming, "troupe") if roaming else None
    home = environ.get("HOME")
    if sys.platform == "darwin":
        return Path(home, "Library", "Application Support", "troupe") if home else None
    config = environ.get("XDG_CONFIG_HOME") or (os.path.join(home, ".config") if home else None)
    return Path(config, "troupe") if config else None


def _scopes(folder: Path, environ: Mapping[str, str]) -> Iterator[Scope]:
    of_project, of_user = project_file(folder), user_file(environ)
    if of_project is not None:
        yield Scope(kind="project", file=of_project, disable=_disabled(of_project))
    if of_user is not None and os.path.isfile(of_user):
        yield Scope(kind="user", file=of_user, disable=_disabled(of_user))


def _disabled(file: Path) -> tuple[str, ...]:
    import tomllib

    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as fault:
        raise ConfigError(f"cannot be read: {fault.strerror}", where=str(file)) from fault
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as fault:
        raise ConfigError(f"not TOML: {fault}", where=str(file), remedy="Mend the file, or remove it.") from None
    return _names(tables.get("plugins", {}), str(file))


def _names(table: Any, where: str) -> tuple[str, ...]:
    if not isinstance(table, dict):
        raise ConfigError(f"expected a table, got {table!r}", where=place_in(where))
    for key in table:  # a study may have the name of a project's file
        if key not in KEYS:
            near = nearest(key, KEYS)
            raise ConfigError(
                f"there is no key {key!r}",
                where=place_in(where),
                remedy=f"Did you mean {near!r}?" if near else 'It holds disable = ["…"], and nothing else.',
            )
    return names_in(table, "disable", where)
