"""From a model's text to a decision, or to words that say what to mend."""

from collections.abc import Mapping
from typing import Any

import jsonschema_rs

from troupe_core.actions.json_in_text import InvalidAnswer, json_in
from troupe_core.errors import nearest
from troupe_core.values.json import JSONObject
from troupe_core.values.work import Decision

__all__ = ["AnswerForm", "AnswerForms", "InvalidAnswer", "said"]

_TOO_MANY_TO_SAY = 4
_MOST_FORMS = 256


class AnswerForm:
    """A compiled answer schema."""

    def __init__(self, schema: JSONObject) -> None:
        self._schema: Any = dict(schema)
        self._validator = jsonschema_rs.validator_for(self._schema)

    def read(self, text: str) -> Decision:
        """The decision in this answer. Raises `InvalidAnswer`."""
        answer = json_in(text)
        if not self._validator.is_valid(answer):
            raise InvalidAnswer(self._what_is_wrong(answer))
        actions = answer.pop("actions")
        return Decision(actions=tuple(actions), told=answer)

    def _what_is_wrong(self, answer: Any) -> str:
        if not isinstance(answer, dict):
            return f"the answer is {_named(answer)}, expected an object with a list of actions"
        faults = self._faults_of_actions(answer.get("actions"))
        faults += [
            said(error)
            for error in self._validator.iter_errors(answer)
            if list(error.instance_path)[:1] != ["actions"] or not faults
        ]
        return "; ".join(faults[:_TOO_MANY_TO_SAY])

    def _faults_of_actions(self, actions: Any) -> list[str]:
        """What is wrong with each action under the schema of its own name: anyOf alone would only say no."""
        if not isinstance(actions, list):
            return []
        shapes: dict[str, JSONObject] = {
            each["properties"]["action"]["const"]: each
            for each in self._schema["properties"]["actions"]["items"]["anyOf"]
        }
        faults = []
        for place, action in enumerate(actions, start=1):
            name = action.get("action") if isinstance(action, dict) else None
            if not isinstance(name, str):
                faults.append(f"action {place} is {_named(action)}, expected an object with the name of an action")
            elif name not in shapes:
                faults.append(_unknown_action(name, shapes))
            else:
                validator = jsonschema_rs.validator_for(dict(shapes[name]))
                faults += [f"{name}: {said(error)}" for error in validator.iter_errors(action)]
        return faults


class AnswerForms:
    """Compiles each answer schema once, and knows it again by its object. Bounded."""

    def __init__(self) -> None:
        self._by_object: dict[int, tuple[JSONObject, AnswerForm]] = {}

    def of(self, schema: JSONObject) -> AnswerForm:
        """The form of this schema."""
        known = self._by_object.get(id(schema))
        if known is None or known[0] is not schema:
            if len(self._by_object) >= _MOST_FORMS:
                self._by_object.clear()
            known = self._by_object[id(schema)] = (schema, AnswerForm(schema))
        return known[1]


def _unknown_action(name: str, known: Mapping[str, object]) -> str:
    close = nearest(name, known)
    meant = f", did you mean {close}?" if close else "."
    return f'there is no action "{name[:80]}"{meant} You can: {", ".join(known)}'


def said(error: jsonschema_rs.ValidationError) -> str:
    """What is wrong with an answer, and where in it."""
    path = ".".join(str(each) for each in error.instance_path)
    message = error.message if len(error.message) < 200 else f"{error.message[:200]}…"
    return f"{path}: {message}" if path else message


def _named(value: Any) -> str:
    kinds = {dict: "an object", list: "a list", str: "a text", bool: "a truth value", type(None): "null"}
    return kinds.get(type(value), "a number")
