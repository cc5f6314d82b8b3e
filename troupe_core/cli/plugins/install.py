"""``troupe plugins install NAME…``"""

from collections.abc import Mapping, Sequence

import click

from troupe_core.cli.completing import known_plugins
from troupe_core.cli.installing.commands import installing
from troupe_core.cli.installing.environment import Environment, this_environment
from troupe_core.cli.installing.offered import Offered, lines_of, offered_now, version_of
from troupe_core.cli.installing.running import run_tool
from troupe_core.cli.installing.wanted import Wanted, known_names, wanted
from troupe_core.errors import nearest

__all__ = ["install"]


@click.command("install")
@click.argument("names", nargs=-1, required=True, metavar="NAME…", shell_complete=known_plugins)
@click.option("-e", "--editable", is_flag=True, help="Folders: what is changed in them later holds at once.")
@click.option("-U", "--upgrade", is_flag=True, help="The newest version, where there is one already.")
def install(names: tuple[str, ...], editable: bool, upgrade: bool) -> None:
    """Install plugins into Troupe's own environment, with the tool that looks after it: pip, uv, uv tool or pipx.

    NAME is a component or plugin that is known (chroma), a distribution (troupe-chroma, "troupe-chroma>=0.3"), or a
    folder (./my-plugin). At the end it says what was added. The exit status is 1 if that cannot be used.

    Example: troupe plugins install chroma
    """
    meant = [wanted(name, editable=editable) for name in names]
    environment = this_environment()
    environment.refuse_if_managed()
    for each in meant:
        if each.said:
            click.echo(each.said, err=True)
    before = offered_now()
    present = {name: version for each in meant if (name := each.distribution) and (version := version_of(name))}
    for command in installing(environment, meant, present, upgrade=upgrade, editable=editable):
        run_tool(command, f"install {' '.join(each.text for each in meant)}", remedy=_remedy(meant))
    now = offered_now()
    for line in _told(meant, present, before, now):
        click.echo(line)
    for line in _warned(environment, meant):
        click.echo(line)
    if not now.beside(before).sound:
        raise SystemExit(1)


def _told(meant: Sequence[Wanted], present: Mapping[str, str], before: Offered, now: Offered) -> list[str]:
    """What is there now that was not before."""
    lines: list[str] = []
    added = now.beside(before)
    named = [each.distribution for each in meant if each.distribution is not None]
    for name in dict.fromkeys([*named, *sorted(added.distributions)]):
        lines += _told_of(name, version_of(name), present.get(name), added.of([name]), now.of([name]))
    if now.rows is None:
        lines.append("What it offers could not be listed. Find out why: troupe plugins list")
    return lines or ["What was installed offers nothing new for Troupe."]


def _told_of(name: str, version: str | None, was: str | None, added: Offered, all_of_it: Offered) -> list[str]:
    if was is not None and was == version:
        head = f"{name} {version} was there already"
    elif was is not None:
        head = f"{name} is {version} now, it was {was}"
    else:
        head = f"Installed {name} {version or ''}".rstrip()
    if new := lines_of(added):
        return [f"{head}; new:" if was is not None else f"{head}:", *new]
    if all_of_it.rows is None:
        return [f"{head}."]
    if not lines_of(all_of_it):
        return [f"{head}. It offers nothing for Troupe. To take it out again: troupe plugins uninstall {name}"]
    return [f"{head}."]


def _warned(environment: Environment, meant: Sequence[Wanted]) -> list[str]:
    project = environment.synced_by
    if project is None:
        return []
    names = " ".join(each.distribution or each.text for each in meant)
    return [f"The next `uv sync` in {project} takes it away again, unless you say there: uv add {names}"]


def _remedy(meant: Sequence[Wanted]) -> str | None:
    """Where a name is like one that is known."""
    known = {name.removeprefix("troupe-"): name for names in known_names().values() for name in names}
    for each in meant:
        bare = (each.distribution or "").removeprefix("troupe-")
        if not each.is_path and bare not in known and (near := nearest(bare, known)):
            return f"Did you mean {known[near]!r}?"
    return None
