"""``troupe plugins new``"""

import sys
from typing import TYPE_CHECKING, TypeVar

import click

from troupe_core.cli.completing import folders, new_kinds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from troupe_core.cli.scaffold.kinds import NewKind
    from troupe_core.cli.scaffold.naming import Names
    from troupe_core.cli.scaffold.plan import Plan

__all__ = ["new"]

T = TypeVar("T")


@click.command("new")
@click.argument("name", required=False)
@click.option(
    "--kind", metavar="KIND", shell_complete=new_kinds, help="memory-backend, tool, environment, modality, analyzer, …"
)
@click.option(
    "--out", metavar="DIR", shell_complete=folders, help="The folder to write; without it, the distribution's name."
)
@click.option("--author", metavar="WHO", help="Who stands in the licence; without it, the name that git knows.")
@click.option("--distribution", metavar="D", help="What is installed; without it, troupe-NAME.")
def new(name: str | None, kind: str | None, out: str | None, author: str | None, distribution: str | None) -> None:
    """Begin a plugin of your own: a package with code that works, its tests, and all that is needed to publish it.

    NAME is what a study will write behind use =. Without NAME or --kind it asks for them.

    Example: troupe plugins new dice --kind tool
    """
    from pathlib import Path

    of_kind = _kind_named(kind) if kind else _asked_for_kind(name)
    name = name or _asked_for_name(of_kind)
    plan = _plan(name, of_kind, author, distribution)
    target = Path(out or plan.names.distribution)
    _warn_where_taken(plan)
    files = plan.files()
    _write(target, files)
    click.echo(f"{target}{'' if str(target).endswith('/') else '/'}")
    for line in _tree(files):
        click.echo(f"  {line}")
    click.echo("\nWhat to do next:")
    for what, how in _next(target, plan):
        click.echo(f"  {what:<14} {how}")


def _asked_for_kind(name: str | None) -> "NewKind":
    from troupe_core.cli.scaffold.kinds import KINDS

    if not sys.stdin.isatty():
        example = f"troupe plugins new {name or 'dice'} --kind tool"
        missing = "--kind" if name else "NAME and --kind"
        raise click.UsageError(f"Give {missing}, for example: {example}\nKinds: {', '.join(KINDS)}")
    click.echo("What kind of plugin?\n")
    for each in KINDS.values():
        click.echo(f"  {each.name:<15} {each.purpose}")
    click.echo()
    kind: NewKind = click.prompt("Kind", value_proc=lambda word: _or_asked_again(lambda: _kind_named(word)))
    return kind


def _asked_for_name(kind: "NewKind") -> str:
    if not sys.stdin.isatty():
        raise click.UsageError(f"Give NAME, for example: troupe plugins new dice --kind {kind.name}")

    def named(word: str) -> str:
        _or_asked_again(lambda: _names(word, kind, None))
        return word

    return str(click.prompt("Name, as a study will write it behind use =", value_proc=named))


def _or_asked_again(read: "Callable[[], T]") -> "T":
    """What was typed, as it is read; where it cannot be, the prompt says why and asks once more."""
    from troupe_core.errors import InputError

    try:
        return read()
    except InputError as fault:
        raise click.BadParameter(" ".join(filter(None, (f"{fault.what}.", fault.remedy)))) from fault


def _kind_named(word: str) -> "NewKind":
    from troupe_core.cli.scaffold.kinds import KINDS
    from troupe_core.errors import InputError, nearest

    found = KINDS.get(word.strip().lower().replace("_", "-"))
    if found is None:
        close = nearest(word, KINDS)
        raise InputError(
            f"there is no kind of plugin {word!r}; there are: {', '.join(KINDS)}",
            where="--kind",
            remedy=f"Did you mean {close}?" if close else "Give one of them.",
        )
    return found


def _plan(name: str, kind: "NewKind", author: str | None, distribution: str | None) -> "Plan":
    from datetime import UTC, datetime

    from troupe_core.cli.scaffold.author import author_of
    from troupe_core.cli.scaffold.plan import Plan

    names = _names(name, kind, distribution)
    if names.name != name:
        click.echo(f"troupe: {name!r} becomes {names.name!r}: names are lower-case words with dashes.", err=True)
    author = author_of(author, names.name)
    return Plan(names=names, kind=kind, author=author, year=datetime.now(UTC).year)


def _names(name: str, kind: "NewKind", distribution: str | None) -> "Names":
    from troupe_core import plugin
    from troupe_core.cli.scaffold.naming import names_for

    return names_for(name, distribution, kind.suffix, frozenset(plugin.__all__))


def _warn_where_taken(plan: "Plan") -> None:
    """A name that another plugin has can be used: of a component, where a study then says whose it means."""
    import os

    from troupe_core.discovery.plugins import Plugins
    from troupe_core.discovery.selection import Selection

    kind, name = plan.kind.name.replace("-", "_"), plan.names.name
    plugins = Plugins.discover(Selection.read(None, where=None, environ=os.environ, option=None))
    own = plan.names.distribution
    if any(each.distribution == own for each in plugins.installed):
        click.echo(
            f"troupe: a plugin {own} is installed already: installing this one takes its place. "
            f"Give another name with --distribution, for example: --distribution my-{name}",
            err=True,
        )
        return
    for found in plugins.components():
        if found.component.name == name and found.kind == kind:
            whose = found.plugin.distribution
            click.echo(
                f"troupe: {whose} has {plan.kind.name} {name!r} already: where both are installed, "
                f'a study has to say which one it means: use = "{own}:{name}"',
                err=True,
            )


def _write(target: "Path", files: "Mapping[str, str]") -> None:
    from troupe_core.errors import InputError

    try:
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise InputError(
                "this is there already, and nothing is overwritten",
                where=str(target),
                remedy="Give a new folder with --out.",
            )
        for name, text in files.items():
            path = target / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as fault:
        raise InputError(
            f"cannot be written: {fault.strerror}", where=str(target), remedy="Give another folder with --out."
        ) from fault


def _tree(files: "Iterable[str]") -> "Iterable[str]":
    """The files, those of a folder below it."""
    known: set[str] = set()
    for path in sorted(files, key=lambda path: ("/" in path, path)):
        *above, last = path.split("/")
        for depth in range(1, len(above) + 1):
            folder = "/".join(above[:depth])
            if folder not in known:
                known.add(folder)
                yield f"{'  ' * (depth - 1)}{above[depth - 1]}/"
        yield f"{'  ' * len(above)}{last}"


def _next(target: "Path", plan: "Plan") -> "Iterable[tuple[str, str]]":
    """What to type, in this order."""
    from shlex import quote

    package, part = plan.names.package, plan.kind.part
    yield "go there", f"cd {quote(str(target))}"
    yield "install it", 'python -m pip install -e ".[test]"'
    yield "see it", f"troupe plugins check {plan.names.name}"
    yield "make it yours", f"src/{package}/{part}.py"
    yield "try it", "pytest, and for every check: tox run (python -m pip install tox)"
