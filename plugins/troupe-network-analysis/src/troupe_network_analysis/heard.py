"""From a run's events to a network: every line said is a tie from its speaker to each who heard it."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from attrs import Factory, define, field, frozen

from troupe_core.plugin import Event, EventId, RunReader

__all__ = ["Network", "Tie", "network_of"]


@define(eq=False)
class Tie:
    """What one person said to another."""

    weight: float = 0.0
    """Lines said to it by name count 1, shared among all who are named; lines said to all are shared among those who
    heard them."""
    addressed: int = 0
    """How many lines named it."""
    lines: list[EventId] = field(factory=list)
    """All that counts, in order."""


@frozen(eq=False)
class Network:
    """Who spoke to whom in one run."""

    people: tuple[str, ...]
    """The people of the run in order of rank, then voices that are nobody's persona."""
    spoken: dict[str, list[EventId]]
    """By speaker: all lines."""
    ties: dict[tuple[str, str], Tie]
    """By speaker and listener, in the order in which they began."""
    unheard: tuple[EventId, ...] = ()
    """Lines to all that nobody perceived any more."""
    voices: tuple[str, ...] = Factory(tuple)
    """Those among `people` who have no persona."""


def network_of(run: RunReader, kinds: Collection[str], *, addressed_only: bool = False) -> Network:
    """The network of a run, from what was said and from who perceived it."""
    said = [event for event in run.events(kind="stimulus") if _speaks(event.data, kinds)]
    hearers = _hearers(run, {event.id for event in said})
    spoken: dict[str, list[EventId]] = {name: [] for name in run.personas}
    ties: dict[tuple[str, str], Tie] = {}
    unheard = []
    for event in said:
        data: Any = event.data
        speaker = str(data["source"])
        named = [str(each) for each in data.get("to") or () if each != speaker]
        if not named and addressed_only:
            continue
        spoken.setdefault(speaker, []).append(event.id)
        for listener in named:
            spoken.setdefault(listener, [])
        listeners = named or [name for name in hearers.get(event.id, ()) if name != speaker]
        if not listeners:
            unheard.append(event.id)
        for listener in listeners:
            tie = ties.setdefault((speaker, listener), Tie())
            tie.weight += 1 / len(listeners)
            tie.addressed += bool(named)
            tie.lines.append(event.id)
    voices = tuple(name for name in spoken if name not in run.personas)
    return Network(tuple(spoken), spoken, ties, tuple(unheard), voices)


def _speaks(data: Any, kinds: Collection[str]) -> bool:
    return data.get("source") is not None and data.get("kind", "event") in kinds


def _hearers(run: RunReader, said: Collection[EventId]) -> dict[EventId, Sequence[str]]:
    """Who perceived each line, in the order of perceiving."""
    found: dict[EventId, list[str]] = {}
    for event in run.events(kind="percept"):
        for each in _perceived(event):
            if each in said:
                found.setdefault(each, []).append(str(event.agent))
    return {each: tuple(dict.fromkeys(names)) for each, names in found.items()}


def _perceived(event: Event) -> Iterator[EventId]:
    percepts: Any = event.data["percepts"]
    for each in percepts:
        if isinstance(each, str):
            yield EventId(each)
        elif "of" in each:
            yield EventId(each["of"])
