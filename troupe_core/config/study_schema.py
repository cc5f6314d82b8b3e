"""Study files as JSON Schema, with what is installed."""

from typing import Any

from attrs import fields_dict

from troupe_core.config.component_schema import ComponentSchemas
from troupe_core.config.documented import documentation_of
from troupe_core.config.json_schema import DRAFT, Schema, schema_of_class
from troupe_core.config.persona_schema import persona_table
from troupe_core.config.settings import (
    AgentEntry,
    AgentSettings,
    ExecutionSettings,
    SimulationSettings,
    StimulusEntry,
    Study,
)
from troupe_core.discovery.selection import Selection

__all__ = ["KIND_OF_SECTION", "study_schema"]

KIND_OF_SECTION = {
    "llm": "llm",
    "llms": "llm",
    "memory": "memory_backend",
    "embedder": "embedder",
    "environment": "environment",
    "tools": "tool",
    "faculties": "faculty",
    "modalities": "modality",
    "analyzers": "analyzer",
}
"""Which components each section holds."""

_LISTED = {"tools": "tool", "faculties": "faculty", "perception": "modality"}
"""Which components an agent lists, by their tables' names or their own."""

_NAMES = {"type": "array", "items": {"type": "string", "pattern": r"\S"}}


def study_schema(components: ComponentSchemas) -> Schema:
    """A study file, in which these components can be used."""
    sections = _sections(components)
    docs = documentation_of(Study)
    order = list(fields_dict(Study))
    schema: Schema = {
        "$schema": DRAFT,
        "title": "Study",
        "description": "A study: who takes part in which world, played by which model, observed by whom.",
        "type": "object",
        "properties": {name: _described(sections[name], docs.get(name, "")) for name in order},
        "required": ["llm", "agents"],
        "additionalProperties": False,
    }
    if components.left_out:
        schema["$comment"] = "Left out: " + " ".join(components.left_out)
    return schema


def _sections(components: ComponentSchemas) -> dict[str, Schema]:
    execution = schema_of_class(ExecutionSettings)
    execution["properties"]["executor"]["enum"] = components.names("executor")
    return {
        "plugins": _plugins(),
        "simulation": schema_of_class(SimulationSettings),
        "execution": execution,
        "agent_defaults": _ways(schema_of_class(AgentSettings), components),
        "agents": {"type": "array", "minItems": 1, "items": _agent(components)},
        "stimuli": {"type": "array", "items": schema_of_class(StimulusEntry)},
        **{section: _components(section, kind, components) for section, kind in KIND_OF_SECTION.items()},
    }


def _described(schema: Schema, doc: str) -> Schema:
    return {"description": doc, **schema} if doc else schema


def _plugins() -> Schema:
    docs = documentation_of(Selection)
    return {
        "type": "object",
        "properties": {key: {"description": docs[key], **_NAMES} for key in ("disable", "paths", "require")},
        "additionalProperties": False,
    }


def _components(section: str, kind: str, components: ComponentSchemas) -> Schema:
    table = components.table(kind, documentation_of(Study).get(section, ""))
    if section == "analyzers":
        return {"type": "array", "items": table}
    if section in ("llms", "tools", "faculties", "modalities"):
        return {"type": "object", "additionalProperties": table}
    return table


def _agent(components: ComponentSchemas) -> Schema:
    entry = _ways(schema_of_class(AgentEntry), components)
    keys = entry["properties"]
    inline = persona_table()
    del inline["required"]  # a fragment, or the entry itself, may bring the name
    about = "Who it is: a file (.toml, .json, .yaml, .agent.json), or the table itself."
    keys["persona"] = {**inline, "description": about, "type": ["string", "object"]}
    keys["population"] = components.table("persona_source", "Many agents from a persona source.")
    return {**entry, "oneOf": [{"required": ["persona"]}, {"required": ["population"]}]}


def _ways(schema: Schema, components: ComponentSchemas) -> Schema:
    """How an agent lives; editors suggest the names of what is installed, and any table's name will do."""
    for key, kind in _LISTED.items():
        suggested: dict[str, Any] = {"enum": components.names(kind)}
        schema["properties"][key]["items"] = {"anyOf": [suggested, {"type": "string"}]}
    return schema
