"""``troupe plugins show NAME``"""

from collections.abc import Iterator
from textwrap import wrap

import click

from troupe_core.cli.completing import components
from troupe_core.cli.plugins.columns import setting_lines, width_of_terminal
from troupe_core.cli.plugins.example import example_of
from troupe_core.cli.plugins.named import components_named, no_such_name, plugins_named
from troupe_core.cli.plugins.selecting import selected, selecting
from troupe_core.config.documented import settings_of
from troupe_core.discovery.blame import in_words
from troupe_core.discovery.found import Found, Plugin, kind_in_words
from troupe_core.discovery.parts import config_class
from troupe_core.errors import PluginError

__all__ = ["show_component"]


@click.command("show")
@click.argument("name", shell_complete=components)
@selecting
def show_component(name: str, study: str | None, allowed: str | None) -> None:
    """Show a component: what it is for, what can be set, and how a study uses it.

    NAME is a component (mock), one of a plugin (troupe-mock-llm:mock), one of a kind (llm:mock), or a plugin.

    Example: troupe plugins show recent
    """
    plugins = selected(study, allowed)
    shown = [list(_component_lines(found)) for found in components_named(name, plugins)]
    shown = shown or [list(_plugin_lines(plugin)) for plugin in plugins_named(name, plugins)]
    if not shown:
        raise no_such_name(name, plugins)
    click.echo("\n\n".join("\n".join(lines) for lines in shown))


def _component_lines(found: Found) -> Iterator[str]:
    component, plugin = found.component, found.plugin
    yield f"{component.name} ({kind_in_words(found.kind)})"
    yield from wrap(component.summary, width_of_terminal())
    yield ""
    yield f"distribution  {plugin.title}"
    yield f"file          {plugin.file or plugin.module}"
    yield f"capabilities  {', '.join(component.capabilities) or 'none'}"
    yield ""
    try:
        config = config_class(found)
        settings = settings_of(config) if config is not None else ()
    except Exception as error:
        # Whatever a plugin's class does, the rest can be shown.
        yield f"Its settings cannot be shown: {error if isinstance(error, PluginError) else in_words(error)}"
        return
    yield "Settings" if settings else "There is nothing to set."
    yield from setting_lines(settings, width_of_terminal())
    yield ""
    yield "In a study"
    for line in example_of(found, settings):
        yield f"  {line}".rstrip()


def _plugin_lines(plugin: Plugin) -> Iterator[str]:
    """A plugin of which no component is known."""
    yield f"{plugin.name} (plugin, {plugin.state})"
    if plugin.problem:
        yield plugin.problem
    if plugin.observes:
        yield f"Listens to {', '.join(plugin.observes)}."
    yield ""
    yield f"distribution  {plugin.title}"
    yield f"file          {plugin.file or plugin.module}"
    if plugin.state == "broken":
        yield ""
        yield plugin.remedy
