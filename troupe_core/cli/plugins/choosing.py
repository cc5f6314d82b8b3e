"""Where ``troupe plugins enable`` and ``disable`` write, and whom their names mean."""

import os
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from troupe_core.cli.completing import distributions
from troupe_core.cli.plugins.disable_list import with_disabled
from troupe_core.discovery.entry_points import CORE, EntryPoint, installed_entry_points, normal
from troupe_core.discovery.scopes import PROJECT_FILE, Scope, project_file, scopes_of, user_file
from troupe_core.discovery.selection import mentions
from troupe_core.errors import ConfigError, InputError, PluginError, nearest

__all__ = ["Reach", "change", "check_known", "choosing", "listed_in", "meant", "scope_of", "there"]

Reach = str | None
"""``project``, ``user``, or None where nobody said which."""


def choosing(command: Callable[..., Any]) -> Callable[..., Any]:
    """The command with its arguments: `names`, and `reach`."""
    names = click.argument("names", nargs=-1, required=True, metavar="NAME…", shell_complete=distributions)
    project = click.option("--project", "reach", flag_value="project", help=f"For the project: {PROJECT_FILE}.")
    user = click.option("--user", "reach", flag_value="user", help="For whatever you run, in any project.")
    return names(project(user(command)))


def there() -> tuple[Scope, ...]:
    """The files that say now what is disabled. Raises `ConfigError`."""
    return scopes_of(Path.cwd(), os.environ)


def scope_of(reach: Reach) -> Scope:
    """The file to write, which need not be there: the project's where there is one, else the user's.

    Raises `ConfigError`, `InputError`.
    """
    of_project, of_user = project_file(Path.cwd()), user_file(os.environ)
    if reach == "project" or (reach is None and of_project is not None):
        file = of_project or Path.cwd() / PROJECT_FILE
        return next((scope for scope in there() if scope.kind == "project"), Scope(kind="project", file=file))
    if of_user is None:
        raise InputError("there is no home folder to write to", where="--user", remedy="Write --project instead.")
    return next((scope for scope in there() if scope.kind == "user"), Scope(kind="user", file=of_user))


def meant(name: str) -> list[EntryPoint]:
    """The installed plugins that a name means; none where there are none. Nothing is imported."""
    return [entry for entry in installed_entry_points() if mentions([name], entry)]


def listed_in(scope: Scope, name: str) -> list[str]:
    """The names in a file that disable what this name means."""
    entries = meant(name)
    same = [each for each in scope.disable if each == name or normal(each) == normal(name)]
    return same + [each for each in scope.disable if each not in same and any(mentions([each], e) for e in entries)]


def check_known(name: str) -> None:
    """Raises `PluginError`: nobody is called so, or it is the core itself."""
    if normal(name) == CORE or name == "core":
        raise PluginError(
            f"the core's own plugin cannot be disabled, got {name!r}",
            remedy="What it offers is used only where a study names it.",
        )
    if meant(name):
        return
    installed = [entry for entry in installed_entry_points() if entry.distribution != CORE]
    names = sorted({entry.distribution for entry in installed})
    near = nearest(name, [*names, *(entry.name for entry in installed)])
    if owner := _owner(name):
        remedy = f"It is a component of {owner}, and a plugin is disabled whole: troupe plugins disable {owner}"
    else:
        remedy = f"Did you mean {near!r}?" if near else "See what is installed: troupe plugins list"
    raise PluginError(f"there is no plugin {name!r}; installed: {', '.join(names) or 'none'}", remedy=remedy)


def change(scope: Scope, *, add: Sequence[str] = (), remove: Sequence[str] = ()) -> None:
    """Write a file anew with names added or taken out. Raises `ConfigError` where it cannot be done with care."""
    try:
        text = scope.file.read_bytes().decode("utf-8") if scope.file.exists() else ""
        bare = text.removeprefix("\ufeff")
        changed = with_disabled(bare, add, remove)
        if changed is None:
            names = [name for name in scope.disable if name not in remove] + list(add)
            wanted = ", ".join(f'"{name}"' for name in names)
            raise ConfigError(
                "the list is written in a way that cannot be changed without touching the rest",
                where=f"{scope.file}: [plugins] disable",
                remedy=f"Change it by hand, to: disable = [{wanted}]",
            )
        if changed != bare:
            scope.file.parent.mkdir(parents=True, exist_ok=True)
            scope.file.write_bytes((text[: len(text) - len(bare)] + changed).encode("utf-8"))
    except OSError as fault:
        raise ConfigError(f"cannot be written: {fault.strerror}", where=str(scope.file)) from fault
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise ConfigError(f"not TOML: {fault}", where=str(scope.file), remedy="Mend the file first.") from None


def _owner(component: str) -> str | None:
    """The distribution that offers a component of this name; asked of another process, which a plugin may well end."""
    from troupe_core.cli.installing.offered import offered_now

    rows = [row for row in offered_now().rows or () if row.name == component and row.kind is not None]
    return next((row.distribution for row in rows if row.distribution != CORE), None)
