"""What an agent keeps of a turn: what it perceived, what it did, and what its faculties make of that."""

from collections.abc import Sequence
from typing import Any

from attrs import evolve

from troupe_core.agent.live_agent import LiveAgent
from troupe_core.agent.telling import deed_told, percept_told
from troupe_core.contracts.turn import Turn
from troupe_core.guard.untrusted import plain_text
from troupe_core.values.action import ActionCall, Outcome
from troupe_core.values.canonical import canonical
from troupe_core.values.ids import EventId
from troupe_core.values.memory import Memory
from troupe_core.values.percept import Percept

__all__ = ["deeds_remembered", "memory_as_json", "percepts_remembered", "plainly_kept"]


def percepts_remembered(agent: LiveAgent, turn: Turn, percepts: Sequence[Percept], event: EventId) -> list[Memory]:
    """A memory of each percept; it has the id of the stimulus, so that the same thing is kept once."""
    step, now, me = turn.step, turn.now, agent.id
    return [
        Memory(
            id=percept.stimulus.id or f"{event}:{place}",
            text=percept_told(percept, me),
            kind=percept.stimulus.kind,
            step=step,
            at=now,
            source=percept.stimulus.source,
        )
        for place, percept in enumerate(percepts)
    ]


def deeds_remembered(
    agent: LiveAgent, turn: Turn, deeds: Sequence[tuple[ActionCall, Outcome, EventId]]
) -> list[Memory]:
    """A memory of each action that is worth one."""
    return [
        Memory(id=event, text=told, kind="did", step=turn.step, at=turn.now, source=agent.id)
        for call, outcome, event in deeds
        if (told := deed_told(call, outcome))
    ]


def plainly_kept(memory: Memory) -> Memory:
    """A memory that a faculty made or changed, with a plain text. Raises `TypeError` where no journal can hold it."""
    plain = evolve(memory, text=plain_text(memory.text))
    canonical(memory_as_json(plain))
    return plain


def memory_as_json(memory: Memory) -> dict[str, Any]:
    """For the journal: all that the backend was given but the vector, which is an input of its own."""
    kept: dict[str, Any] = {
        "id": memory.id,
        "text": memory.text,
        "kind": memory.kind,
        "step": memory.step,
        "at": memory.at.isoformat(),
        "importance": memory.importance,
    }
    if memory.source is not None:
        kept["source"] = memory.source
    return kept
