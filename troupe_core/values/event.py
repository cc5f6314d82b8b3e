"""One line of the journal."""

from typing import Literal, TypeAlias

from attrs import frozen

from troupe_core.values.ids import AgentId, EventId, Rank
from troupe_core.values.json import JSONObject

__all__ = ["EVENT_KINDS", "Event", "EventKind"]

EventKind: TypeAlias = Literal[
    "run",
    "step",
    "stimulus",
    "percept",
    "recall",
    "request",
    "answer",
    "decision",
    "intent",
    "result",
    "outcome",
    "memory",
    "state",
    "refusal",
    "failure",
    "note",
]

EVENT_KINDS: tuple[EventKind, ...] = EventKind.__args__  # type: ignore[attr-defined]
"""All kinds, in the order of the loop."""


@frozen(kw_only=True)
class Event:
    """One line of the journal: something that happened, when, to whom, and because of what."""

    step: int
    group: int
    """Which group of the step's turn order it belongs to, from 0; −1 before the first."""
    rank: Rank
    ordinal: int
    """Counts an agent's events within a step, from 0."""
    kind: EventKind
    agent: AgentId | None
    """None for the world."""
    causes: tuple[EventId, ...]
    """What it follows from."""
    data: JSONObject
    id: EventId
