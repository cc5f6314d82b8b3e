"""A value for any JSON Schema: built to fit, then checked; tried again where building alone cannot be sure."""

import re
from collections.abc import Mapping
from typing import Any

import jsonschema_rs

from troupe_core.plugin import BadRequest
from troupe_mock_llm.schema.chooser import Chooser, Place
from troupe_mock_llm.schema.flattening import Flattening
from troupe_mock_llm.schema.impossible import Impossible
from troupe_mock_llm.schema.merging import Schema, merged, same
from troupe_mock_llm.schema.numbers import number, whole_number
from troupe_mock_llm.schema.objects import chosen_names
from troupe_mock_llm.schema.texts import text

__all__ = ["Sampler"]

_TRIES = 60
_DEEP = 5
"""From this many levels on only what must be there is."""
_BOTTOM = 60
_OF_KEYWORD = (
    ("object", ("properties", "required", "additionalProperties", "minProperties", "patternProperties")),
    ("array", ("items", "prefixItems", "minItems", "maxItems", "contains", "uniqueItems")),
    ("string", ("minLength", "maxLength", "pattern", "format")),
    ("number", ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")),
)


class Sampler:
    """Draws values for one schema (draft 2020-12)."""

    def __init__(self, schema: Schema | bool) -> None:
        self._schema = schema
        self._flattening = Flattening(schema)
        try:
            self._fits = jsonschema_rs.validator_for(dict(schema) if isinstance(schema, Mapping) else schema).is_valid
        except (ValueError, jsonschema_rs.ReferencingError) as error:
            raise BadRequest(f"the answer's schema is no JSON Schema: {str(error).splitlines()[0]}") from error

    def sample(self, chooser: Chooser, wish: object = None) -> Any:
        """A value that fits, as much as possible the one wished for. Raises `BadRequest` where none is found."""
        why = "its keywords rule each other out"
        for attempt in range(_TRIES):
            try:
                value = self._value(self._schema, (), chooser, wish if attempt < _TRIES // 2 else None, 0)
            except Impossible as impossible:
                why = str(impossible)
                continue
            if self._fits(value):
                return value
        raise BadRequest(f"found no answer that fits the schema: {why}")

    def _value(self, schema: Schema | bool, place: Place, chooser: Chooser, wish: object, depth: int) -> Any:
        if depth > _BOTTOM:
            raise Impossible("the schema has no end")
        flat = self._flattening.flat(schema, chooser, wish, shallow=depth >= _DEEP)
        if "const" in flat:
            return flat["const"]
        kind = _kind(flat, chooser, wish)
        if "enum" in flat:
            return _one_of(
                [each for each in flat["enum"] if "type" not in flat or _is(each, flat["type"])], chooser, wish
            )
        if kind == "object":
            return self._object(flat, place, chooser, wish if isinstance(wish, dict) else {}, depth)
        if kind == "array":
            return self._array(flat, place, chooser, wish if isinstance(wish, list) else [], depth)
        if kind == "string":
            return wish if isinstance(wish, str) and _fits_text(flat, wish) else text(flat, place, chooser)
        if kind == "integer":
            return wish if _is(wish, "integer") and _fits_number(flat, wish) else whole_number(flat, chooser)
        if kind == "number":
            return wish if _is(wish, "number") and _fits_number(flat, wish) else number(flat, chooser)
        if kind == "boolean":
            return wish if isinstance(wish, bool) else chooser.chance(0.5)
        return None

    def _object(
        self, flat: Schema, place: Place, chooser: Chooser, wish: Mapping[str, Any], depth: int
    ) -> dict[str, Any]:
        value = {}
        for name in chosen_names(flat, chooser, wish, sparing=depth >= _DEEP):
            inner = _of_property(flat, name)
            value[name] = self._value(inner, (*place, name), chooser, wish.get(name), depth + 1)
        return value

    def _array(self, flat: Schema, place: Place, chooser: Chooser, wish: list[Any], depth: int) -> list[Any]:
        parts = self._parts(flat, chooser, len(wish), depth)
        value: list[Any] = []
        for at, part in enumerate(parts):
            value.append(self._item(part, place, chooser, wish[at] if at < len(wish) else None, depth, value, flat))
        return value

    def _item(
        self,
        part: Schema | bool,
        place: Place,
        chooser: Chooser,
        wish: Any,
        depth: int,
        before: list[Any],
        flat: Schema,
    ) -> Any:
        for _ in range(_TRIES):
            item = self._value(part, place, chooser, wish, depth + 1)
            if not flat.get("uniqueItems") or not any(same(item, each) for each in before):
                return item
            wish = None
        raise Impossible("found too few different items")

    def _parts(self, flat: Schema, chooser: Chooser, wished: int, depth: int) -> list[Schema | bool]:
        """The schema of each item."""
        first = flat.get("prefixItems", [])
        rest = flat.get("items", True)
        contained = flat.get("minContains", 1) if "contains" in flat else 0
        least = max(int(flat.get("minItems", 0)), int(contained))
        most = int(flat.get("maxItems", max(least, len(first), wished, 1 if rest is not False else 0) + 1))
        if rest is False:
            most = min(most, len(first))
        if least > most:
            raise Impossible(f"no list has {least} to {most} items")
        count = min(max(wished, least), most)
        if not wished:
            count = least if depth >= _DEEP else chooser.whole(least, min(most, least + 3))
        parts = [first[at] if at < len(first) else rest for at in range(count)]
        for at in range(1, int(contained) + 1):
            parts[-at] = merged(parts[-at], flat["contains"])
        return parts


def _of_property(flat: Schema, name: str) -> Schema | bool:
    known = [each for pattern, each in flat.get("patternProperties", {}).items() if re.search(pattern, name)]
    if name in flat.get("properties", {}):
        known.append(flat["properties"][name])
    inner: Schema | bool = True if known else flat.get("additionalProperties", True)
    for each in known:
        inner = merged(inner, each) if inner is not True else each
    return inner


def _kind(flat: Schema, chooser: Chooser, wish: object) -> str:
    kinds = flat.get("type")
    if isinstance(kinds, str):
        return kinds
    if kinds:
        wished = [each for each in kinds if wish is not None and _is(wish, each)]
        told = wished or [each for each in kinds if each != "null"] or list(kinds)
        return str(told[chooser.index(len(told))])
    return next((kind for kind, keywords in _OF_KEYWORD if any(key in flat for key in keywords)), "string")


def _one_of(values: list[Any], chooser: Chooser, wish: object) -> Any:
    if not values:
        raise Impossible("none of the values listed is of the right type")
    wished = next((each for each in values if wish is not None and same(each, wish)), None)
    return wished if wished is not None else values[chooser.index(len(values))]


def _is(value: object, kinds: str | list[str]) -> bool:
    types = [kinds] if isinstance(kinds, str) else kinds
    if isinstance(value, bool):
        return "boolean" in types
    if isinstance(value, int | float):
        return "number" in types or ("integer" in types and value == int(value))
    names = {str: "string", dict: "object", list: "array", type(None): "null"}
    return names.get(type(value)) in types


def _fits_text(flat: Schema, wish: str) -> bool:
    if not int(flat.get("minLength", 0)) <= len(wish) <= int(flat.get("maxLength", len(wish))):
        return False
    return "format" not in flat and ("pattern" not in flat or bool(re.search(flat["pattern"], wish)))


def _fits_number(flat: Schema, wish: Any) -> bool:
    low, high = flat.get("minimum", wish), flat.get("maximum", wish)
    return bool(low <= wish <= high) and not {"exclusiveMinimum", "exclusiveMaximum", "multipleOf"} & flat.keys()
