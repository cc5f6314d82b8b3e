"""Rows of ``journal.db`` as what they stand for; `ValueError` for what no run writes: a disk or somebody changed it."""

from typing import Any, TypeVar

from attrs import fields
from orjson import loads

from troupe_core.values.event import EVENT_KINDS, Event
from troupe_core.values.ids import WORLD, AgentId, EventId, Rank, event_id
from troupe_core.values.persona import Persona

__all__ = ["EVENT_ROW", "INPUT_ROW", "as_json", "event_of", "input_of", "persona_of", "state_of"]

T = TypeVar("T")

EVENT_ROW = "step, grp, events.rank, ordinal, kind, causes, data, name"
INPUT_ROW = ("step", "rank", "purpose", "ordinal", "attempt", "request", "payload", "seconds")

_OF_A_PERSONA = {each.name for each in fields(Persona)}


def event_of(row: tuple[Any, ...]) -> Event:
    """From `EVENT_ROW`; the name is NULL for the world."""
    step, group, rank, ordinal, kind, causes, data, name = row
    if not (type(step) is type(group) is type(rank) is type(ordinal) is int):
        raise ValueError(f"an event stands at {step!r}, {group!r}, {rank!r}, {ordinal!r}, which is no place")
    its_id = event_id(step, Rank(rank), ordinal)
    where = f"event {its_id}"
    if kind not in EVENT_KINDS:
        raise ValueError(f"{where} is of the kind {kind!r}, which there is not")
    return Event(
        step=step,
        group=group,
        rank=Rank(rank),
        ordinal=ordinal,
        kind=kind,
        agent=None if rank == WORLD else AgentId(_a(str, name, f"whoever {where} is of")),
        causes=tuple(EventId(each) for each in _a(str, causes, f"the causes of {where}").split()),
        data=_a(dict, as_json(data, where), where),
        id=its_id,
    )


def persona_of(row: tuple[Any, ...]) -> tuple[AgentId, Persona]:
    """From name and persona."""
    name, persona = row
    who = AgentId(_a(str, name, "the name of somebody"))
    table = _a(dict, as_json(persona, f"the persona of {who}"), f"the persona of {who}")
    if not table.keys() <= _OF_A_PERSONA:
        raise ValueError(f"the persona of {who} has other fields: {', '.join(sorted(table.keys() - _OF_A_PERSONA))}")
    try:
        return who, Persona(**table)
    except (TypeError, ValueError) as fault:  # of a validator: it puts the field and the value behind its message
        raise ValueError(f"the persona of {who}: {fault.args[0]}") from fault


def input_of(row: tuple[Any, ...]) -> dict[str, Any]:
    """From `INPUT_ROW`, by their names."""
    brought = dict(zip(INPUT_ROW, row, strict=True))
    where = f"the input {brought['purpose']!r} of step {brought['step']!r}"
    return {**brought, "payload": _a(dict, as_json(brought["payload"], where), where)}


def state_of(row: tuple[Any, ...]) -> tuple[int, str, str, Any]:
    """From step, part, agent and state."""
    step, part, agent, state = row
    where = f"the state of {part!r} at step {step!r}"
    return _a(int, step, where), _a(str, part, where), _a(str, agent, where), as_json(state, where)


def as_json(text: Any, where: str) -> Any:
    """The value that stands there as text."""
    try:
        return loads(_a(str, text, where))
    except ValueError as fault:
        raise ValueError(f"{where} is not JSON") from fault


def _a(kind: type[T], value: Any, where: str) -> T:
    if isinstance(value, kind):
        return value
    raise ValueError(f"{where} is no {_WORDS[kind]}")


_WORDS: dict[type, str] = {str: "text", dict: "table", int: "whole number"}
