"""The form that an answer to a question has to have: none (prose), or that of a JSON Schema."""

from collections.abc import Callable, Mapping
from typing import Any

import jsonschema_rs

from troupe_core.actions.answer_form import said
from troupe_core.actions.json_in_text import InvalidAnswer, json_in
from troupe_core.contracts.schema_of_types import schema_of
from troupe_core.errors import ConfigError
from troupe_core.values.json import JSON, JSONObject

__all__ = ["PROSE", "QuestionForm", "form_of"]

_KEY = "answer"
"""Providers want an object at the root: the answer is its one property."""


class QuestionForm:
    """What is asked for, and how it is read."""

    def __init__(self, schema: JSONObject | None, read: Callable[[str], JSON]) -> None:
        self.schema = schema
        """What the model's answer has to fit; None for prose."""
        self.read = read
        """The answer in the model's text. Raises `InvalidAnswer`."""


def form_of(schema: Any) -> QuestionForm:
    """The form of a JSON Schema, of a Python type (``bool``, ``list[str]``, ``Literal["yes", "no"]``), or of None.

    Raises `ConfigError` for what is neither.
    """
    if schema is None:
        return PROSE
    wanted = _as_schema(schema)
    wrapped: dict[str, Any] = {
        "type": "object",
        "properties": {_KEY: wanted},
        "required": [_KEY],
        "additionalProperties": False,
    }
    try:
        validator = jsonschema_rs.validator_for(wrapped)
    except (jsonschema_rs.ValidationError, ValueError) as fault:
        raise ConfigError(f"no JSON Schema: {fault}", where="schema") from None

    def read(text: str) -> JSON:
        answer = json_in(text)
        problems = [said(error) for error in validator.iter_errors(answer)]
        if problems:
            raise InvalidAnswer("; ".join(problems[:4]))
        value: JSON = answer[_KEY]
        return value

    return QuestionForm(wrapped, read)


def _read_prose(text: str) -> JSON:
    if not text.strip():
        raise InvalidAnswer("the answer is empty")
    return text.strip()


PROSE = QuestionForm(None, _read_prose)
"""An answer in the person's own words."""


def _as_schema(schema: Any) -> JSONObject:
    if isinstance(schema, Mapping):
        return schema
    try:
        return schema_of(schema, "schema")
    except TypeError as fault:
        raise ConfigError(str(fault).removeprefix("schema: "), where="schema") from None
