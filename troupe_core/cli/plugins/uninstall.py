"""``troupe plugins uninstall NAME…``"""

import sys
from collections.abc import Sequence

import click

from troupe_core.cli.completing import distributions
from troupe_core.cli.installing.commands import uninstalling
from troupe_core.cli.installing.environment import Environment, this_environment
from troupe_core.cli.installing.offered import lines_of, offered_now, version_of
from troupe_core.cli.installing.receipt import read_receipt
from troupe_core.cli.installing.running import run_tool
from troupe_core.discovery.entry_points import CORE, installed_commands, installed_entry_points, normal
from troupe_core.discovery.needs import needed_by
from troupe_core.errors import InputError, PluginError, nearest

__all__ = ["uninstall"]


@click.command("uninstall")
@click.argument("names", nargs=-1, required=True, metavar="NAME…", shell_complete=distributions)
@click.option("-y", "--yes", is_flag=True, help="Do not ask.")
def uninstall(names: tuple[str, ...], yes: bool) -> None:
    """Uninstall plugins, with the tool that looks after Troupe's environment; what they depend on stays.

    NAME is a distribution, or a plugin or component that it offers. Works for plugins that are broken.

    Example: troupe plugins uninstall troupe-chroma --yes
    """
    environment = this_environment()
    environment.refuse_if_managed()
    going = list(dict.fromkeys(_distribution(name, environment) for name in names))
    titles = ", ".join(f"{name} {version_of(name)}" for name in going)
    if not yes and not _agreed(titles, going):
        click.echo("Nothing was changed.")
        return
    run_tool(uninstalling(environment, going), f"uninstall {' '.join(going)}")
    still = [name for name in going if version_of(name) is not None]
    if still:
        raise InputError(
            f"{', '.join(still)} is installed still",
            remedy="Another copy of it was found behind the one that is gone: uninstall it once more.",
        )
    click.echo(f"Uninstalled {titles}.")


def _agreed(titles: str, going: Sequence[str]) -> bool:
    """What somebody answers who is told what goes. Raises `InputError` where nobody can be asked."""
    if not sys.stdin.isatty():
        raise InputError(f"nobody can be asked whether to uninstall {titles}", remedy="Say so: --yes")
    click.echo(f"This uninstalls {titles}:")
    for line in lines_of(offered_now().of(going)):
        click.echo(line)
    return click.confirm("Go on?")


def _distribution(name: str, environment: Environment) -> str:
    """The installed distribution that somebody means. Raises `PluginError`."""
    plain = normal(name)
    if plain == CORE or name == "core":
        raise PluginError("the core cannot be uninstalled by itself", remedy=f"{_by_hand(environment, CORE)}")
    entries = [*installed_entry_points(), *installed_commands().values()]
    meant = {entry.distribution for entry in entries if plain == entry.distribution}
    meant = meant or {entry.distribution for entry in entries if name == entry.name}
    if not meant and version_of(plain) is None:
        rows = offered_now().rows or ()
        meant = {row.distribution for row in rows if row.name == name and row.kind is not None}
    if len(meant) > 1:
        raise PluginError(
            f"{name!r} may be {' or '.join(sorted(meant))}", remedy=f"Say which: troupe plugins uninstall {min(meant)}"
        )
    if meant == {CORE}:
        raise PluginError(f"{name!r} is built into Troupe itself: it cannot be uninstalled")
    if meant:
        return meant.pop()
    if version_of(plain) is not None:
        return _stranger(plain, environment)
    known = sorted({entry.distribution for entry in entries} - {CORE})
    near = nearest(name, [*known, *(entry.name for entry in entries)])
    raise PluginError(
        f"there is no plugin {name!r}; installed: {', '.join(known) or 'none'}",
        remedy=f"Did you mean {near!r}?" if near else "See what is installed: troupe plugins list",
    )


def _stranger(name: str, environment: Environment) -> str:
    """What offers nothing for Troupe is none of our business, unless it was installed beside Troupe by name."""
    if environment.how == "uv tool" and name in read_receipt(environment.prefix).names():
        return name
    needing = needed_by(name)
    if not needing:
        return name
    raise PluginError(
        f"{name} is no plugin, and others need it: {', '.join(needing)}", remedy=_by_hand(environment, name)
    )


def _by_hand(environment: Environment, name: str) -> str:
    """The command that does it without us."""
    ways = {
        "pip": f"python -m pip uninstall {name}",
        "uv": f"uv pip uninstall {name}",
        "uv tool": f"uv tool uninstall {name}",
        "pipx": f"pipx uninstall {name}",
    }
    return f"If you mean it, do it by hand: {ways[environment.how]}"
