"""A JSON Schema as OpenAI's strict mode demands it, and the way back.

Strict mode wants a closed object at the root and everywhere below, all of its properties required, a type beside
every constant, and few keywords. What may be left out is made nullable instead, and its null is taken out of the
answer again. Keywords that only narrow are dropped: the core checks the answer against the whole schema.
"""

from collections.abc import Mapping
from typing import Any

from attrs import frozen

from troupe_core.plugin import JSONObject

__all__ = ["FittedSchema", "fitted_schema", "without_nulls"]

_KEPT = {
    *("type", "enum", "const", "minItems", "maxItems", "pattern"),
    *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
}
_DROPPED = {
    *("minLength", "maxLength", "uniqueItems", "minProperties", "maxProperties", "propertyNames"),
    *("title", "description", "default", "examples", "$schema", "$id", "$comment", "deprecated", "readOnly"),
    *("writeOnly", "contentEncoding", "contentMediaType"),
}
_FORMATS = {"date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uuid"}
_TYPES = {str: "string", bool: "boolean", int: "integer", float: "number", type(None): "null"}


@frozen(eq=False)
class FittedSchema:
    """What is sent for a schema."""

    schema: JSONObject
    strict: bool
    """False where the schema says what strict mode cannot: then it is sent as it is, to be kept as well as may be."""
    nullable: bool = False
    """Whether answers may hold nulls that mean: left out."""


class _TooOpen(Exception):
    """Strict mode has no words for this."""


def fitted_schema(schema: JSONObject) -> FittedSchema:
    """The schema for strict mode, where there is one."""
    try:
        fitted = _fitted(schema)
    except _TooOpen:
        return FittedSchema(schema, strict=False)
    if fitted.get("type") != "object":
        return FittedSchema(schema, strict=False)
    return FittedSchema(fitted, strict=True, nullable=_has_optional(schema))


def without_nulls(value: Any, schema: Any) -> Any:
    """The answer without the nulls that stand for what `schema` lets be left out."""
    if not isinstance(schema, Mapping):
        return value
    if isinstance(value, list):
        return [without_nulls(each, schema.get("items")) for each in value]
    if not isinstance(value, dict):
        return value
    branches = schema.get("anyOf") or schema.get("oneOf")
    if branches:
        return without_nulls(value, next((each for each in branches if _is_for(each, value)), None))
    known, required = schema.get("properties", {}), schema.get("required", ())
    return {
        name: without_nulls(each, known.get(name))
        for name, each in value.items()
        if each is not None or name in required or name not in known or _takes_null(known[name])
    }


def _fitted(schema: Any) -> dict[str, Any]:
    if not isinstance(schema, Mapping) or not schema:
        raise _TooOpen
    fitted: dict[str, Any] = {}
    for keyword, value in schema.items():
        if keyword in _KEPT or (keyword == "format" and value in _FORMATS):
            fitted[keyword] = value
        elif keyword in ("anyOf", "oneOf"):
            fitted["anyOf"] = [_fitted(each) for each in value]
        elif keyword == "items":
            fitted["items"] = _fitted(value)
        elif keyword not in _DROPPED | {"format", "properties", "required", "additionalProperties"}:
            raise _TooOpen
    if schema.get("type") == "object" or "properties" in schema:
        fitted |= _closed(schema)
    elif "type" not in fitted and "anyOf" not in fitted:
        fitted = {"type": _type_of(schema), **fitted}
    if fitted.get("type") == "array" and "items" not in fitted:
        raise _TooOpen
    return fitted


def _closed(schema: Mapping[str, Any]) -> dict[str, Any]:
    properties, required = schema.get("properties", {}), schema.get("required", ())
    more = schema.get("additionalProperties", True)
    if isinstance(more, Mapping) or (more and not properties) or not set(required) <= set(properties):
        raise _TooOpen
    return {
        "type": "object",
        "properties": {
            name: _fitted(each) if name in required or _takes_null(each) else _nullable(_fitted(each))
            for name, each in properties.items()
        },
        "required": list(properties),
        "additionalProperties": False,
    }


def _nullable(schema: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [*(schema["anyOf"] if schema.keys() == {"anyOf"} else [schema]), {"type": "null"}]}


def _type_of(schema: Mapping[str, Any]) -> str | list[str]:
    values = [schema["const"]] if "const" in schema else schema.get("enum", ())
    types = {_TYPES.get(type(value)) for value in values}
    if not types or None in types:
        raise _TooOpen
    names = sorted(str(each) for each in types)
    return names[0] if len(names) == 1 else names


def _takes_null(schema: Any) -> bool:
    if not isinstance(schema, Mapping):
        return True
    if "null" in (schema.get("type") or ()) or ("const" in schema and schema["const"] is None):
        return True
    return None in schema.get("enum", ()) or any(_takes_null(each) for each in schema.get("anyOf", ()))


def _has_optional(schema: Any) -> bool:
    if isinstance(schema, list):
        return any(_has_optional(each) for each in schema)
    if not isinstance(schema, Mapping):
        return False
    properties = schema.get("properties")
    if isinstance(properties, Mapping) and set(properties) - set(schema.get("required", ())):
        return True
    return any(_has_optional(each) for each in schema.values())


def _is_for(branch: Any, value: dict[str, Any]) -> bool:
    """Whether this branch of a choice is the one that the object follows."""
    if not isinstance(branch, Mapping):
        return False
    properties, required = branch.get("properties", {}), branch.get("required", ())
    return value.keys() <= properties.keys() and all(
        value.get(name) == each["const"] or (value.get(name) is None and name not in required)
        for name, each in properties.items()
        if isinstance(each, Mapping) and "const" in each
    )
