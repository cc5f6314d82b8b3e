"""What a kit asks models: forms that an answer has to fit, and texts that a request may hold all the same."""

import json
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

import jsonschema_rs

__all__ = ["FORMS", "NO_JSON", "STRANGE", "form", "keeps_to", "read_json"]

NO_JSON: Any = object()
"""What stands for the value of a text that is no JSON."""

_TEXT = {"type": "string"}
_ACTIONS = {
    "type": "array",
    "items": {
        "anyOf": [
            {
                "type": "object",
                "properties": {"action": {"const": "talk"}, "to": {"enum": ["all", "Bob"]}, "text": _TEXT},
                "required": ["action", "to", "text"],
                "additionalProperties": False,
            },
            {
                "type": "object",
                "properties": {"action": {"const": "wait"}},
                "required": ["action"],
                "additionalProperties": False,
            },
        ]
    },
}

FORMS: Mapping[str, Any] = {
    "actions of a turn": {"actions": _ACTIONS},
    "what a faculty asks": {"mood": {"enum": ["calm", "cross"]}, "why": {"anyOf": [_TEXT, {"type": "null"}]}},
    "numbers": {"age": {"type": "integer"}, "weight": {"type": "number"}, "sure": {"type": "boolean"}},
}

STRANGE = {
    "other scripts": "早上好! صباح الخير, 𝒜𝒷𝒸 👩‍👩‍👧‍👦 e\u0301",
    "signs of JSON, HTML and templates": '"}]{[ \\u0000 <b>&amp; %s {x} ```',
    "control characters": "\x00\x07\x1b[31m\u202e",
    "half a character": "\ud800",
    "nothing": "",
    "two hundred thousand letters": "word " * 40_000,
}


def form(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The schema of an object with these fields."""
    schema = {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}
    return deepcopy(schema)


def keeps_to(text: str, schema: dict[str, Any], promised: str) -> bool:
    """Whether an answer is what is promised: ``strict``, ``json`` or ``none``."""
    if promised == "none":
        return True
    value = read_json(text)
    return value is not NO_JSON and (promised == "json" or jsonschema_rs.is_valid(schema, value))


def read_json(text: str) -> Any:
    """The value of a text; `NO_JSON` for what is none."""
    try:
        return json.loads(text)
    except ValueError:
        return NO_JSON
