"""Reference pages made from the classes that the loader reads.

- ``{troupe-settings} simulation`` is the table of one section of the study file;
- ``{troupe-component} memory_backend:recent`` is one component: what it is for, its settings, an example;
- ``{troupe-components}`` is every component that is installed, a section each.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective

from troupe_core.cli.plugins.example import GRANTED, example_of
from troupe_core.config.documented import Setting, settings_of
from troupe_core.config.settings import (
    AgentEntry,
    AgentSettings,
    Budget,
    ExecutionSettings,
    PartTable,
    SimulationSettings,
    StimulusEntry,
)
from troupe_core.config.toml_value import toml_value
from troupe_core.discovery.found import Found, kind_in_words
from troupe_core.discovery.plugins import Plugins
from troupe_core.discovery.selection import Selection
from troupe_core.errors import PluginError

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["SECTIONS", "setup"]

SECTIONS: dict[str, tuple[type, tuple[str, ...]]] = {
    "plugins": (Selection, ("disable", "require")),
    "simulation": (SimulationSettings, ()),
    "execution": (ExecutionSettings, ()),
    "component": (PartTable, ("use", "grants", "budget")),
    "budget": (Budget, ()),
    "agent_defaults": (AgentSettings, ()),
    "agents": (AgentEntry, ("persona", "fragments", "name", "population")),
    "stimuli": (StimulusEntry, ()),
}
"""The class behind each section, and which of its keys are told there; none: all of them."""

KINDS = (
    "llm",
    "memory_backend",
    "environment",
    "tool",
    "faculty",
    "modality",
    "embedder",
    "analyzer",
    "persona_source",
    "executor",
)
"""In the order in which a reader meets them."""

PLURALS = {"analyzer": "Analyzers", "faculty": "Faculties", "llm": "Models", "modality": "Modalities"}

WIDTHS = (27, 44, 29)


class _Directive(SphinxDirective):
    required_arguments = 1
    optional_arguments = 0

    def table(self, settings: Sequence[Setting], anchor: str) -> nodes.table:
        """Key, what it is for, what it may be."""
        table, group = (
            nodes.table(classes=["colwidths-given", "settings"], width="100%"),
            nodes.tgroup(cols=len(WIDTHS)),
        )
        group += [nodes.colspec(colwidth=width) for width in WIDTHS]
        head = nodes.row("", *(_cell(nodes.paragraph(text=title)) for title in ("key", "what it is for", "value")))
        group += nodes.thead("", head)
        group += nodes.tbody("", *(self._row(setting, anchor) for setting in settings))
        table += group
        return table

    def _row(self, setting: Setting, anchor: str) -> nodes.row:
        key = nodes.paragraph("", "", nodes.literal(text=setting.key), ids=[f"{anchor}-{setting.key}"])
        return nodes.row("", _cell(key), _cell(self._text(setting.doc)), _cell(*self._value(setting)))

    def _value(self, setting: Setting) -> Iterator[nodes.paragraph]:
        yield nodes.paragraph(text=setting.expected)
        if setting.needed:
            yield nodes.paragraph("", "", nodes.strong(text="needed"))
        elif setting.default is not None and (written := toml_value(setting.default)) not in ("[]", "{}", '""'):
            yield nodes.paragraph("", "", nodes.Text("default "), nodes.literal(text=written))

    def _text(self, text: str) -> nodes.paragraph:
        inline, messages = self.parse_inline(text, lineno=self.lineno)
        return nodes.paragraph("", "", *inline, *messages)

    def component(self, found: Found, plugins: Plugins) -> list[nodes.Node]:
        """One component."""
        component = found.component
        facts = nodes.paragraph("", "", *self.parse_inline(f"From {found.plugin.distribution}.", lineno=self.lineno)[0])
        if component.capabilities:
            reaches = " May have to be granted: " if found.kind in GRANTED else " Reaches: "
            facts += nodes.Text(reaches + ", ".join(component.capabilities) + ".")
        try:
            config = plugins.config_class(found)
        except PluginError as error:
            raise ExtensionError(str(error)) from error
        settings = settings_of(config) if config is not None else ()
        example = "\n".join(line.rstrip() for line in example_of(found, settings))
        parts: list[nodes.Node] = [self._text(component.summary), facts]
        parts += [self.table(settings, f"{found.kind}-{component.name}")] if settings else []
        parts += [] if settings else [nodes.paragraph(text="There is nothing to set.")]
        return [*parts, nodes.literal_block(example, example, language="toml")]


class SettingsDirective(_Directive):
    """``{troupe-settings} SECTION``"""

    def run(self) -> list[nodes.Node]:
        """The section's table."""
        section = self.arguments[0]
        if section not in SECTIONS:
            raise self.error(f"there is no section {section!r}; there are {', '.join(SECTIONS)}")
        shape, told = SECTIONS[section]
        settings = [setting for setting in settings_of(shape) if not told or setting.key in told]
        return [self.table(settings, section)]


class ComponentDirective(_Directive):
    """``{troupe-component} KIND:NAME``"""

    def run(self) -> list[nodes.Node]:
        """What there is to know of it."""
        kind, _, name = self.arguments[0].partition(":")
        plugins = Plugins.discover()
        try:
            return self.component(plugins.find(kind, name), plugins)
        except PluginError as error:
            raise self.error(str(error)) from error


class ComponentsDirective(_Directive):
    """``{troupe-components}``"""

    required_arguments = 0

    def run(self) -> list[nodes.Node]:
        """All that is installed, by kind."""
        plugins = Plugins.discover()
        sections = []
        for kind in KINDS:
            found = plugins.components(kind)
            if found:
                of_kind = _section(PLURALS.get(kind, f"{kind_in_words(kind).capitalize()}s"), f"kind-{kind}")
                for each in found:
                    one = _section(each.component.name, f"{kind}-{each.component.name}")
                    of_kind += [one]
                    one += self.component(each, plugins)
                sections.append(of_kind)
        return list[nodes.Node](sections)


def _section(title: str, name: str) -> nodes.section:
    section = nodes.section(ids=[name], names=[name])
    section += nodes.title(text=title)
    return section


def _cell(*content: nodes.Node) -> nodes.entry:
    return nodes.entry("", *content)


def setup(app: "Sphinx") -> dict[str, bool]:
    """Sphinx calls it."""
    app.add_directive("troupe-settings", SettingsDirective)
    app.add_directive("troupe-component", ComponentDirective)
    app.add_directive("troupe-components", ComponentsDirective)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
