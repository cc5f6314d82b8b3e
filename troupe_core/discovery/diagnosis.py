"""What is wrong with the installed plugins, and what is worth knowing of them; no component is imported."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from attrs import frozen

from troupe_core.discovery.entry_points import CORE, LOCAL, installed_entry_points
from troupe_core.discovery.found import Found, Plugin, kind_in_words
from troupe_core.discovery.needs import copies_of, missing_extras, unmet_requirements
from troupe_core.discovery.plugins import Plugins
from troupe_core.discovery.scopes import Scope
from troupe_core.discovery.selection import mentions

__all__ = ["Finding", "diagnose"]


@frozen(kw_only=True)
class Finding:
    """One thing that was found."""

    state: Literal["problem", "note"]
    about: str
    """Distribution and version, or the name of a component."""
    text: str
    remedy: str | None = None


def diagnose(plugins: Plugins) -> list[Finding]:
    """All that is found, problems first."""
    seen = plugins.in_range()
    findings = [
        *(finding for plugin in seen for finding in _of_plugin(plugin, plugins)),
        *(finding for each in _distributions(seen).values() for finding in _of_distribution(each)),
        *_shadowed(plugins.components()),
        *_same_entry_points(seen),
        *(finding for scope in plugins.selection.scopes for finding in _of_scope(scope)),
    ]
    return sorted(findings, key=lambda each: each.state != "problem")


def _of_plugin(plugin: Plugin, plugins: Plugins) -> Iterator[Finding]:
    if plugin.state == "broken":
        yield Finding(state="problem", about=plugin.title, text=plugin.problem or "broken", remedy=plugin.remedy)
    elif plugin.state == "incompatible":
        remedy = f"Install versions that go together: troupe plugins install --upgrade {plugin.distribution}"
        yield Finding(state="problem", about=plugin.title, text=plugin.problem or "incompatible", remedy=remedy)
    elif plugin.state == "disabled":
        by_scope = plugins.selection.is_by_scope(plugin.problem)
        back = f"To have it back: troupe plugins enable {plugin.distribution}" if by_scope else None
        yield Finding(state="note", about=plugin.title, text=plugin.problem or "disabled", remedy=back)


def _distributions(plugins: Sequence[Plugin]) -> Mapping[str, Plugin]:
    """One plugin for each distribution that has metadata."""
    return {plugin.distribution: plugin for plugin in reversed(plugins) if plugin.metadata is not None}


def _of_distribution(plugin: Plugin) -> Iterator[Finding]:
    assert plugin.metadata is not None
    for unmet in unmet_requirements(plugin.metadata):
        # A range of the core's that does not fit is told by the plugin's state already.
        if not unmet.text.startswith(CORE):
            yield Finding(
                state="problem",
                about=plugin.title,
                text=f"needs {unmet.in_words}",
                remedy=f"Install what it needs: troupe plugins install --upgrade {plugin.distribution}"
                if plugin.distribution != CORE
                else f'Install what it needs: python -m pip install "{unmet.text}"',
            )
    for extra, lacking in missing_extras(plugin.metadata):
        yield Finding(
            state="note",
            about=plugin.title,
            text=f"its extra {extra!r} is not installed: it would need {'; '.join(each.in_words for each in lacking)}",
            remedy=f'If you want it: troupe plugins install "{plugin.distribution}[{extra}]"'
            if plugin.distribution != CORE
            else None,
        )
    copies = copies_of(plugin.distribution)
    if len(copies) > 1:
        places = ", ".join(f"{version} in {folder}" for version, folder in copies)
        yield Finding(
            state="problem",
            about=plugin.title,
            text=f"is installed {len(copies)} times, the first counts: {places}",
            remedy=f"Uninstall one of them: troupe plugins uninstall {plugin.distribution}"
            if plugin.distribution != CORE
            else "Uninstall one of them.",
        )


def _shadowed(components: Sequence[Found]) -> Iterator[Finding]:
    """A name that two plugins give to components of one kind."""
    by_name: dict[tuple[str, str], list[Found]] = {}
    for found in components:
        by_name.setdefault((found.kind, found.component.name), []).append(found)
    for (kind, name), sharing in by_name.items():
        if len(sharing) > 1:
            titles = " and ".join(found.plugin.title for found in sharing)
            forms = " or ".join(f'use = "{found.full_name}"' for found in sharing)
            yield Finding(
                state="note",
                about=f"{kind_in_words(kind)} {name}",
                text=f"is offered by {titles}",
                remedy=f"A study says which one it means: {forms}",
            )


def _same_entry_points(plugins: Sequence[Plugin]) -> Iterator[Finding]:
    """The name of one plugin in two distributions: whoever disables or allows it by that name means both."""
    by_name: dict[str, set[str]] = {}
    for plugin in plugins:
        if plugin.distribution != LOCAL:
            by_name.setdefault(plugin.name, set()).add(plugin.distribution)
    for name, owners in by_name.items():
        if len(owners) > 1:
            text = f"{' and '.join(sorted(owners))} both call their plugin {name!r}"
            remedy = "Name the distribution where only one of them is meant."
            yield Finding(state="note", about=f"plugin {name}", text=text, remedy=remedy)


def _of_scope(scope: Scope) -> Iterator[Finding]:
    entries = installed_entry_points()
    for name in scope.disable:
        if not any(mentions([name], entry) for entry in entries):
            yield Finding(
                state="note",
                about=scope.title,
                text=f"disables {name!r}, which is not installed",
                remedy=f"To tidy up: troupe plugins enable {name}",
            )
