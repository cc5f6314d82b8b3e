"""The schemas that ``troupe schema`` prints and ``troupe init`` writes, by name."""

import os

from troupe_core.cli.plugins.named import components_named, no_such_name
from troupe_core.config.component_schema import ComponentSchemas
from troupe_core.config.json_schema import DRAFT, Schema
from troupe_core.config.persona_schema import persona_schema
from troupe_core.config.study_schema import study_schema
from troupe_core.discovery.plugins import Plugins
from troupe_core.discovery.selection import Selection
from troupe_core.errors import InputError

__all__ = ["schema_of_name"]


def schema_of_name(name: str) -> tuple[Schema, tuple[str, ...]]:
    """A schema, and what had to be left out of it. Raises `PluginError`, `InputError`."""
    if name == "persona":
        return persona_schema(), ()
    plugins = Plugins.discover(Selection.read(None, where=None, environ=os.environ, option=None))
    if name == "study":
        components = ComponentSchemas.read(plugins)
        return study_schema(components), components.left_out
    return _component_schema(name, plugins), ()


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
