"""Arguments that fit the JSON Schema of an action, made up by hypothesis."""

from collections.abc import Mapping, Sequence
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from troupe_core.values.action import ActionSpec

__all__ = ["LONG_AND_STRANGE", "arguments_of", "texts_among"]

_SHORT = ("", " ", "all", "Good morning!", "早上好", "🦊 at the\ndoor", 'she said "no"', "%s {x} <b>")

LONG_AND_STRANGE = (
    "x" * 20_000,
    "word " * 4_000,
    "\u202eright to left\u202c",
    "\x00\x07\x1b[31m",
    "e\u0301 and é",
    "👩‍👩‍👧‍👦" * 50,
    "\n" * 500,
    "'); drop table people; --",
    "../../etc/passwd",
)
"""Texts that a model may write all the same."""


def arguments_of(spec: ActionSpec, words: Sequence[str] = ()) -> SearchStrategy[dict[str, Any]]:
    """All arguments that are valid under the spec; texts are taken from `words` now and then, such as names."""
    return _values(spec.parameters, st.sampled_from([*_SHORT, *words]) | st.text(max_size=30))


def texts_among(parameters: Mapping[str, Any]) -> list[str]:
    """The names of those parameters that take any text."""
    properties = parameters.get("properties", {})
    return [name for name, schema in properties.items() if "string" in _types(schema) and "enum" not in schema]


def _values(schema: Any, texts: SearchStrategy[str]) -> SearchStrategy[Any]:
    if "const" in schema:
        return st.just(schema["const"])
    if "enum" in schema:
        return st.sampled_from(list(schema["enum"]))
    if "anyOf" in schema:
        return st.one_of([_values(each, texts) for each in schema["anyOf"]])
    return st.one_of([_of_type(each, schema, texts) for each in _types(schema) or ["string"]])


def _of_type(kind: str, schema: Any, texts: SearchStrategy[str]) -> SearchStrategy[Any]:
    if kind == "object":
        properties = schema.get("properties", {})
        return st.fixed_dictionaries({name: _values(each, texts) for name, each in properties.items()})
    if kind == "array":
        return st.lists(_values(schema.get("items", {}), texts), max_size=4)
    if kind == "integer":
        least, most = schema.get("minimum"), schema.get("maximum")
        return st.integers(-3 if least is None else least, most) | st.integers(least, most)
    if kind == "number":
        return st.floats(schema.get("minimum"), schema.get("maximum"), allow_nan=False, allow_infinity=False)
    simple: dict[str, SearchStrategy[Any]] = {"string": texts, "boolean": st.booleans(), "null": st.none()}
    return simple[kind]


def _types(schema: Any) -> list[str]:
    kind = schema.get("type", [])
    return [kind] if isinstance(kind, str) else list(kind)
