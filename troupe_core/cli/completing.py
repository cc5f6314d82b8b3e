"""What the shell suggests at TAB. It is quick, and silent whatever is wrong: a mistake is told when the line is run."""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import redirect_stderr, suppress
from functools import wraps
from io import StringIO
from typing import TypeAlias

import click
from click.shell_completion import CompletionItem

__all__ = [
    "agents",
    "components",
    "distributions",
    "folders",
    "hooks",
    "known_plugins",
    "llms",
    "new_kinds",
    "schemas",
]

Suggest: TypeAlias = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]
_Found: TypeAlias = Iterable[tuple[str, str]]
"""Each value with a line that says what it is."""


def _suggesting(found: Callable[[click.Context, str], _Found]) -> Suggest:
    """What begins as the word does; nothing where it cannot be found out."""

    @wraps(found)
    def suggest(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        items: list[CompletionItem] = []
        # What a plugin prints while it is loaded would stand in the midst of the line that somebody is typing.
        with suppress(Exception), redirect_stderr(StringIO()):
            for value, about in found(ctx, incomplete):
                if value.startswith(incomplete):
                    items.append(CompletionItem(value, help=about or None))
        return items

    return suggest


def folders(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Folders, by the shell itself."""
    return [CompletionItem(incomplete, type="dir")]


@_suggesting
def components(_ctx: click.Context, incomplete: str) -> _Found:
    """Every installed component; with a kind or a distribution before it, where the word has one."""
    for kind, name, full_name, summary in _components():
        yield name, summary
        if ":" in incomplete:
            yield f"{kind}:{name}", summary
            yield full_name, summary


@_suggesting
def schemas(_ctx: click.Context, _incomplete: str) -> _Found:
    """What there is a schema of."""
    yield "study", "A study file."
    yield "persona", "A persona file."
    for _, name, _, summary in _components():
        yield name, summary


@_suggesting
def new_kinds(_ctx: click.Context, _incomplete: str) -> _Found:
    """The kinds of plugins that can be begun."""
    from troupe_core.cli.scaffold.kinds import KINDS

    return [(kind.name, kind.purpose) for kind in KINDS.values()]


@_suggesting
def llms(ctx: click.Context, _incomplete: str) -> _Found:
    """The models of the study, where it is named before, and those that are installed."""
    with suppress(Exception):
        for name in _tables(str(_before(ctx, "file"))).get("llms", {}):
            yield name, "A model of the study."
    for kind, name, _, summary in _components():
        if kind == "llm":
            yield name, summary


@_suggesting
def agents(ctx: click.Context, _incomplete: str) -> _Found:
    """Who takes part in the run that is named before."""
    from troupe_core.journal.run import Run

    for name in Run.open(str(_before(ctx, "run"))).personas:
        yield name, ""


@_suggesting
def hooks(_ctx: click.Context, _incomplete: str) -> _Found:
    """The kinds of components."""
    from troupe_core.hookspecs import KIND_OF_HOOK

    for kind in KIND_OF_HOOK.values():
        yield kind, ""


@_suggesting
def distributions(_ctx: click.Context, incomplete: str) -> _Found:
    """Installed plugins, after those that are in the list already."""
    from troupe_core.discovery.entry_points import CORE, installed_entry_points

    chosen = incomplete.rpartition(",")[0]
    before = f"{chosen}," if chosen else ""
    for name in dict.fromkeys(entry.distribution for entry in installed_entry_points()):
        if name != CORE and name not in chosen.split(","):
            yield f"{before}{name}", ""


@_suggesting
def known_plugins(_ctx: click.Context, _incomplete: str) -> _Found:
    """What can be installed by name."""
    from troupe_core.discovery.catalogue import catalogue_of
    from troupe_core.hookspecs import KIND_OF_HOOK

    for kind in KIND_OF_HOOK.values():
        for name, distribution in catalogue_of(kind).items():
            yield name, f"{kind}, from {distribution}"


def _components() -> Iterator[tuple[str, str, str, str]]:
    """Kind, name, full name and summary."""
    from troupe_core.discovery.plugins import Plugins
    from troupe_core.discovery.selection import Selection

    found = Plugins.discover(Selection.read(None, where=None, environ=os.environ, option=None)).components()
    return ((each.kind, each.component.name, each.full_name, each.component.summary) for each in found)


def _tables(file: str) -> dict[str, dict[str, object]]:
    import tomllib
    from pathlib import Path

    return tomllib.loads(Path(file).read_text(encoding="utf-8"))


def _before(ctx: click.Context, name: str) -> str | None:
    """An argument that stands before; click keeps it aside while an option waits for its value."""
    value = ctx.params.get(name)
    return value if value is not None else next(iter(ctx.args), None)
