"""The simplest arguments that fit an action's schema."""

from typing import Any

from troupe_core.values.action import ActionSpec

__all__ = ["simplest"]


def simplest(spec: ActionSpec) -> dict[str, Any]:
    """Arguments that fit the spec: the first of each choice, a word for a text, nothing in a list."""
    properties: Any = spec.parameters.get("properties", {})
    return {name: _simplest(schema) for name, schema in properties.items()}


def _simplest(schema: Any) -> Any:
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return schema["enum"][0]
    if "anyOf" in schema:
        return _simplest(schema["anyOf"][0])
    kind = schema.get("type", "string")
    kind = kind if isinstance(kind, str) else kind[0]
    if kind == "object":
        return {name: _simplest(each) for name, each in schema.get("properties", {}).items()}
    values: dict[str, Any] = {"string": "word", "integer": 1, "number": 1.0, "boolean": True, "array": [], "null": None}
    return values[kind]
