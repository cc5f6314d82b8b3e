"""The schemas that ``troupe schema`` prints and ``troupe init`` writes, by name."""

import json
from collections.abc import Iterator

from troupe_core.cli.plugins.named import components_named, no_such_name
from troupe_core.cli.plugins.selecting import selected
from troupe_core.config.component_schema import ComponentSchemas
from troupe_core.config.json_schema import DRAFT, Schema
from troupe_core.config.persona_schema import persona_schema
from troupe_core.config.study_schema import study_schema
from troupe_core.discovery.plugins import Plugins
from troupe_core.errors import InputError

__all__ = ["as_text", "installed_components", "schema_files", "schema_of_name"]


def schema_of_name(name: str, study: str | None = None) -> tuple[Schema, tuple[str, ...]]:
    """A schema, with the plugins that a study sees, and what had to be left out of it.

    Raises `PluginError`, `InputError`.
    """
    if name == "persona":
        return persona_schema(), ()
    if name == "study":
        components = installed_components(study)
        return study_schema(components), components.left_out
    return _component_schema(name, selected(study, None)), ()


def schema_files(components: ComponentSchemas) -> Iterator[tuple[str, str]]:
    """The files that editors read, by name."""
    yield "study.schema.json", as_text(study_schema(components))
    yield "persona.schema.json", as_text(persona_schema())


def installed_components(study: str | None = None) -> ComponentSchemas:
    """All that a study can use here; with the plugins that are files of its own, where it is given."""
    return ComponentSchemas.read(selected(study, None))


def as_text(schema: Schema) -> str:
    """As it stands in a file."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _component_schema(name: str, plugins: Plugins) -> Schema:
    meant = components_named(name, plugins)
    if not meant:
        raise no_such_name(name, plugins)
    if len(meant) > 1:
        ways = sorted({f"{found.kind}:{found.component.name}" for found in meant})
        ways = ways if len(ways) == len(meant) else sorted(found.full_name for found in meant)
        raise InputError(f"{name!r} may be {len(meant)} components", remedy=f"Say which one: {', '.join(ways)}")
    plugins.config_class(meant[0])  # raises where it cannot be read
    return {"$schema": DRAFT, **ComponentSchemas.read(plugins).component(meant[0])}
