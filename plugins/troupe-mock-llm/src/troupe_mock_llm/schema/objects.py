"""Which properties an object gets."""

import re
from collections.abc import Container, Mapping
from typing import Any

from troupe_mock_llm.schema.chooser import Chooser
from troupe_mock_llm.schema.impossible import Impossible
from troupe_mock_llm.schema.merging import Schema
from troupe_mock_llm.schema.texts import text

__all__ = ["chosen_names"]

_OPTIONAL = 0.5
_TRIES = 100


def chosen_names(flat: Schema, chooser: Chooser, wish: Container[str], *, sparing: bool) -> list[str]:
    """The names, in the schema's order: all required ones, those wished for, and some of the others."""
    properties: Mapping[str, Any] = flat.get("properties", {})
    most = flat.get("maxProperties")
    names = dict.fromkeys(flat.get("required", ()))
    for name, inner in properties.items():
        if name in names or inner is False or (most is not None and len(names) >= most):
            continue
        if name in wish or (not sparing and chooser.chance(_OPTIONAL)):
            names[name] = None
    _add_dependents(flat, names)
    _fill(flat, names, chooser)
    if most is not None and len(names) > most:
        raise Impossible(f"an object of at most {most} properties needs {len(names)}")
    return [*(name for name in properties if name in names), *(name for name in names if name not in properties)]


def _add_dependents(flat: Schema, names: dict[str, None]) -> None:
    dependents: Mapping[str, list[str]] = flat.get("dependentRequired", {})
    waiting = list(names)
    while waiting:
        for name in dependents.get(waiting.pop(), ()):
            if name not in names:
                names[name] = None
                waiting.append(name)


def _fill(flat: Schema, names: dict[str, None], chooser: Chooser) -> None:
    """More properties, until there are as many as there must be."""
    least = flat.get("minProperties", 0)
    for name, inner in flat.get("properties", {}).items():
        if len(names) < least and name not in names and inner is not False:
            names[name] = None
            _add_dependents(flat, names)
    for attempt in range(_TRIES):
        if len(names) >= least:
            return
        name = _invented(flat, attempt, chooser)
        if name not in names and (flat.get("additionalProperties") is not False or _has_pattern(flat, name)):
            names[name] = None
    raise Impossible(f"found fewer than {least} properties")


def _invented(flat: Schema, attempt: int, chooser: Chooser) -> str:
    rule = flat.get("propertyNames")
    if isinstance(rule, Mapping):
        listed = [rule["const"]] if "const" in rule else rule.get("enum")
        return str(listed[attempt % len(listed)]) if listed else text(rule, ("name", str(attempt)), chooser)
    patterns = list(flat.get("patternProperties", ()))
    if patterns and flat.get("additionalProperties") is False:
        return text({"pattern": patterns[attempt % len(patterns)]}, (), chooser)
    return f"item_{attempt + 1}"


def _has_pattern(flat: Schema, name: str) -> bool:
    return any(re.search(pattern, name) for pattern in flat.get("patternProperties", ()))
