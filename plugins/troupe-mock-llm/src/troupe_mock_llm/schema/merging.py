"""Two schemas in one: a value fits the merged schema if it fits both."""

from collections.abc import Callable, Mapping
from math import lcm
from typing import Any

from troupe_mock_llm.schema.impossible import Impossible

__all__ = ["Schema", "merged", "same"]

Schema = Mapping[str, Any]


def merged(one: Schema | bool, other: Schema | bool) -> Schema | bool:
    """A schema for what fits both. Keywords that cannot be united are kept as ``allOf``, for a later look."""
    if isinstance(one, bool) or isinstance(other, bool):
        return (other if one else False) if isinstance(one, bool) else (one if other else False)
    result = dict(one)
    for key, value in other.items():
        if key not in result or same(result[key], value):
            result[key] = value
        elif key in _UNITE:
            result[key] = _UNITE[key](result[key], value)
        elif key not in _NOTES:
            result["allOf"] = [*result.get("allOf", ()), {key: value}]
    if ("const" in one and "enum" in other) or ("enum" in one and "const" in other):
        _require_any(each for each in result["enum"] if same(each, result["const"]))
    if "properties" in result and ("additionalProperties" in one or "additionalProperties" in other):
        result["properties"] = _properties(one, other)
    return result


def same(one: object, other: object) -> bool:
    """Equality as JSON has it: 1 is 1.0, but not true."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    return one == other


_NOTES = {"$defs", "$id", "$schema", "$comment", "title", "description", "default", "examples", "definitions"}


def _properties(one: Schema, other: Schema) -> dict[str, Schema | bool]:
    """All properties of both; one that the other does not name has to fit what it says of additional ones."""
    ours, theirs = one.get("properties", {}), other.get("properties", {})
    result = {}
    for name in [*ours, *(each for each in theirs if each not in ours)]:
        left = ours.get(name, one.get("additionalProperties", True) if not one.get("patternProperties") else True)
        right = theirs.get(
            name, other.get("additionalProperties", True) if not other.get("patternProperties") else True
        )
        result[name] = merged(left, right)
    return result


def _named(one: Schema, other: Schema) -> dict[str, Schema | bool]:
    names = [*one, *(each for each in other if each not in one)]
    return {name: merged(one.get(name, True), other.get(name, True)) for name in names}


def _types(one: Any, other: Any) -> Any:
    ours, theirs = ([each] if isinstance(each, str) else list(each) for each in (one, other))
    both = [each for each in ours if each in theirs or (each == "integer" and "number" in theirs)]
    both += [each for each in theirs if each == "integer" and "number" in ours and each not in both]
    return _require_any(both)


def _const(one: Any, other: Any) -> Any:
    raise Impossible(f"{one!r} is not {other!r}")


def _multiple(one: Any, other: Any) -> Any:
    whole = isinstance(one, int) and isinstance(other, int)
    return lcm(one, other) if whole else max(one, other)


def _require_any(values: Any) -> list[Any]:
    left = list(values)
    if not left:
        raise Impossible("nothing is allowed")
    return left


def _tuples(one: Any, other: Any) -> list[Schema | bool]:
    longer, shorter = (one, other) if len(one) >= len(other) else (other, one)
    return [merged(each, shorter[at]) if at < len(shorter) else each for at, each in enumerate(longer)]


_UNITE: Mapping[str, Callable[[Any, Any], Any]] = {
    "type": _types,
    "const": _const,
    "enum": lambda one, other: _require_any(each for each in one if any(same(each, x) for x in other)),
    "minimum": max,
    "exclusiveMinimum": max,
    "minLength": max,
    "minItems": max,
    "minProperties": max,
    "minContains": max,
    "maximum": min,
    "exclusiveMaximum": min,
    "maxLength": min,
    "maxItems": min,
    "maxProperties": min,
    "maxContains": min,
    "multipleOf": _multiple,
    "uniqueItems": lambda one, other: one or other,
    "required": lambda one, other: [*one, *(each for each in other if each not in one)],
    "properties": _named,
    "patternProperties": _named,
    "dependentRequired": lambda one, other: {**one, **other},
    "items": merged,
    "propertyNames": merged,
    "additionalProperties": merged,
    "prefixItems": _tuples,
    "allOf": lambda one, other: [*one, *other],
}
