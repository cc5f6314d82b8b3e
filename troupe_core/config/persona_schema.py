"""Persona files as JSON Schema."""

from typing import Any

from troupe_core.config.documented import settings_of
from troupe_core.config.json_schema import DRAFT, OPEN, Schema, schema_of_class
from troupe_core.values.persona import Persona

__all__ = ["persona_schema", "persona_table"]

_WRAPPED = ("TinyPerson", "Fragment")


def persona_schema() -> Schema:
    """A persona file: a persona, or one of TinyTroupe's, in which it stands behind a type."""
    wrapped = {
        "required": ["type", "persona"],
        "properties": {"type": {"enum": list(_WRAPPED)}, "persona": {"type": "object", **OPEN}},
        **OPEN,
    }
    table = persona_table()
    del table["required"]
    return {
        "$schema": DRAFT,
        "title": "Persona",
        **table,
        "if": wrapped,
        "then": {"properties": {"persona": persona_table()}, **OPEN},
        "else": {"required": ["name"], **OPEN},
    }


def persona_table() -> Schema:
    """Who somebody is. Any key may stand there: one without a field is a fact."""
    table = schema_of_class(Persona)
    needed = {setting.key for setting in settings_of(Persona) if setting.needed}
    table["properties"] = {
        key: each if key in needed else _or_nothing(each) for key, each in table["properties"].items()
    }
    # A name may stand in spaces, which are taken away.
    table["properties"]["name"]["pattern"] = r"\S"
    table["additionalProperties"] = {"description": "A fact, told to the model under its own name.", **OPEN}
    return table


def _or_nothing(schema: Schema) -> Schema:
    """JSON and YAML have a word for nothing, which counts as left out."""
    kind: Any = schema.get("type")
    return {**schema, "type": [kind, "null"]} if isinstance(kind, str) else {**schema, **OPEN}
