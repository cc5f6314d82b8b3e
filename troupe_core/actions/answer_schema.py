"""The one JSON Schema that an agent's answer has to fit: its actions, and what its faculties ask along."""

from collections.abc import Mapping
from typing import Any

from troupe_core.actions.offer import Offer
from troupe_core.values.action import ActionSpec
from troupe_core.values.canonical import canonical
from troupe_core.values.json import JSON, JSONObject

__all__ = ["MOST_ACTIONS", "AnswerSchemas", "answer_schema"]

MOST_ACTIONS = 3
"""How many things an agent can do in one turn."""


_MOST_SCHEMAS = 1024


def answer_schema(offer: Offer, asked: Mapping[str, JSON]) -> JSONObject:
    """``{"actions": [one of what is offered, …], …one field for each of asked}``, nothing else allowed.

    Uses only keywords that providers enforce (``anyOf`` over a ``const``, all properties required). Descriptions
    are left out: message 0 has them, where they cost nothing from the second turn on.
    """
    actions: JSON = {
        "type": "array",
        "minItems": 1,
        "maxItems": MOST_ACTIONS,
        "items": {"anyOf": [_action(offered.spec) for offered in offer.actions.values()]},
    }
    return _closed({**asked, "actions": actions})


class AnswerSchemas:
    """Makes each answer schema once, and knows its size. Bounded."""

    def __init__(self) -> None:
        self._made: dict[tuple[int, bytes], tuple[Offer, JSONObject, int]] = {}

    def of(self, offer: Offer, asked: Mapping[str, JSON]) -> tuple[JSONObject, int]:
        """The schema for this offer and what faculties ask along, and its size in bytes as JSON."""
        key = (id(offer), canonical(asked) if asked else b"")
        known = self._made.get(key)
        if known is None or known[0] is not offer:
            if len(self._made) >= _MOST_SCHEMAS:
                self._made.clear()
            schema = answer_schema(offer, asked)
            known = self._made[key] = (offer, schema, len(canonical(schema)))
        return known[1], known[2]


def _action(spec: ActionSpec) -> JSONObject:
    properties = _undescribed(spec.parameters.get("properties", {}))
    schema = dict(_closed({"action": {"const": spec.name}, **properties}))
    return {**{k: v for k, v in spec.parameters.items() if k not in schema}, **schema, **_required(spec, schema)}


def _required(spec: ActionSpec, schema: Mapping[str, Any]) -> Mapping[str, JSON]:
    """A schema from elsewhere (an MCP server's) may have optional properties: leave them optional."""
    own = spec.parameters.get("required")
    return {"required": ["action", *own]} if isinstance(own, list) else {"required": schema["required"]}


def _closed(properties: Mapping[str, JSON]) -> JSONObject:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _undescribed(schema: Any) -> Any:
    """The schema without ``description`` keywords (but with properties of that name)."""
    if isinstance(schema, Mapping):
        return {k: _undescribed(v) for k, v in schema.items() if not (k == "description" and isinstance(v, str))}
    return [_undescribed(each) for each in schema] if isinstance(schema, list) else schema
