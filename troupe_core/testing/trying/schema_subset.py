"""The subset of JSON Schema that model providers enforce, in which the parameters of an action stay."""

from collections.abc import Iterator, Mapping
from typing import Any

__all__ = ["outside_the_subset"]

_SAID = {"type", "enum", "const", "anyOf", "properties", "required", "items", "additionalProperties", "description"}
_TYPES = {"string", "integer", "number", "boolean", "null", "array", "object"}


def outside_the_subset(schema: Any, place: str = "parameters") -> Iterator[str]:
    """What in a schema a provider may refuse or pass over, each with its place."""
    if not isinstance(schema, Mapping):
        yield f"{place} is {schema!r}, expected a table"
        return
    for key in schema.keys() - _SAID - {"title"}:
        yield f"{place} says {key}"
    kinds = schema.get("type", [])
    for kind in [kinds] if isinstance(kinds, str) else kinds:
        if kind not in _TYPES:
            yield f"{place} is of type {kind!r}"
    if not schema.keys() & {"type", "enum", "const", "anyOf"}:
        yield f"{place} says no type"
    if "properties" in schema or kinds == "object":
        yield from _of_object(schema, place)
    if "array" in kinds and "items" not in schema:
        yield f"{place} does not say what is in the list"
    if "items" in schema:
        yield from outside_the_subset(schema["items"], f"{place}[]")
    for number, member in enumerate(schema.get("anyOf", ())):
        yield from outside_the_subset(member, f"{place} choice {number + 1}")


def _of_object(schema: Mapping[str, Any], place: str) -> Iterator[str]:
    properties = schema.get("properties", {})
    optional = [name for name in properties if name not in schema.get("required", ())]
    if optional:
        yield f"{place} does not require {', '.join(optional)}"
    if schema.get("additionalProperties") is not False:
        yield f"{place} allows other keys"
    for name, each in properties.items():
        yield from outside_the_subset(each, f"{place}.{name}")
