"""Checking every installed plugin as if a run needed all of it."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Literal

from attrs import frozen

from troupe_core.discovery.api_range import api_range_of
from troupe_core.discovery.entry_points import CORE
from troupe_core.discovery.found import Found, Plugin, kind_in_words
from troupe_core.discovery.outdated import outdated_methods
from troupe_core.discovery.parts import config_class, contract_of, factory_of
from troupe_core.discovery.plugins import Plugins
from troupe_core.errors import PluginError

__all__ = ["Verdict", "check_plugins"]


@frozen(kw_only=True)
class Verdict:
    """What one check found."""

    plugin: Plugin
    state: Literal["ok", "note", "problem"]
    """Only a problem makes the whole check fail."""
    text: str
    remedy: str | None = None


def check_plugins(plugins: Plugins) -> Iterator[Verdict]:
    """Check the plugins one after the other: can it be loaded, is it made for this Troupe, does each component import.

    Imports everything that the plugins need; makes no parts.
    """
    for plugin in plugins.in_range():
        if plugin.state == "disabled":
            yield Verdict(plugin=plugin, state="note", text=f"not checked: {plugin.problem}")
        elif plugin.state == "broken":
            yield Verdict(plugin=plugin, state="problem", text=plugin.problem or "broken", remedy=plugin.remedy)
        else:
            yield from _check_active(plugins, plugin)


def _check_active(plugins: Plugins, plugin: Plugin) -> Iterator[Verdict]:
    if plugin.state == "incompatible":
        remedy = f"Install versions that go together: python -m pip install --upgrade {plugin.distribution} {CORE}"
        yield Verdict(plugin=plugin, state="problem", text=plugin.problem or "incompatible", remedy=remedy)
    elif plugin.distribution != CORE and api_range_of(plugin.metadata) is None:
        text = f"does not say for which versions of {CORE} it is made"
        remedy = f'Its authors should add to its dependencies: "{CORE}>=0.1,<1"'
        yield Verdict(plugin=plugin, state="note", text=text, remedy=remedy)
    for note in plugin.notes:
        yield Verdict(plugin=plugin, state="note", text=note.text, remedy=note.remedy)
    if plugin.observes:
        yield Verdict(plugin=plugin, state="ok", text=f"listens to {', '.join(plugin.observes)}")
    for found in plugins.components():
        if found.plugin.key == plugin.key:
            yield _check_component(found)
            yield from _check_methods(found)
            yield from _check_name(found, plugins)


def _check_component(found: Found) -> Verdict:
    try:
        config_class(found)
        factory_of(found)
    except PluginError as error:
        return Verdict(plugin=found.plugin, state="problem", text=error.what, remedy=error.remedy)
    return Verdict(plugin=found.plugin, state="ok", text=f"{kind_in_words(found.kind)} {found.component.name!r}")


def _check_methods(found: Found) -> Iterator[Verdict]:
    with suppress(PluginError):  # told already
        for note in outdated_methods(factory_of(found), contract_of(found.kind)):
            yield Verdict(plugin=found.plugin, state="note", text=note.text, remedy=note.remedy)


def _check_name(found: Found, plugins: Plugins) -> Iterator[Verdict]:
    sharing = [each for each in plugins.components(found.kind) if each.component.name == found.component.name]
    if len(sharing) > 1:
        others = " and ".join(each.plugin.title for each in sharing if each.plugin.key != found.plugin.key)
        yield Verdict(
            plugin=found.plugin,
            state="note",
            text=f"{others} offers a {kind_in_words(found.kind)} {found.component.name!r} too",
            remedy=f'A study says which one it means: use = "{found.full_name}"',
        )
