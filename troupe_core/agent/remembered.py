"""What somebody remembers of a run, read back from its journal: the memories follow from it."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from troupe_core.agent.prompt_layout import scene_told
from troupe_core.agent.telling import percept_told
from troupe_core.contracts.analyzer import RunReader
from troupe_core.values.event import Event
from troupe_core.values.ids import AgentId
from troupe_core.values.memory import Memory
from troupe_core.values.percept import Percept
from troupe_core.values.stimulus import Stimulus

__all__ = ["last_scene", "memories_in"]


def memories_in(run: RunReader, agent: AgentId) -> list[Memory]:
    """All that this agent ever kept, in the order of keeping, as its memory backend was given it (but for vectors)."""
    times = {event.step: datetime.fromisoformat(str(event.data["time"])) for event in run.events(kind="step")}
    perceived: dict[str, str] = {}
    kept: list[tuple[Event, Any]] = []
    for event in run.events(agent=agent):
        if event.kind == "percept":
            perceived |= _texts(event.data)
        elif event.kind == "memory":
            kept += [(event, each) for each in _stored(event.data)]
    wanted = {each for _, each in kept if isinstance(each, str)}
    stimuli: dict[str, Event] = {event.id: event for event in run.events(kind="stimulus") if event.id in wanted}
    return [
        _of_stimulus(stimuli[each], event, agent, times, perceived) if isinstance(each, str) else _whole(each)
        for event, each in kept
        if not isinstance(each, str) or each in stimuli
    ]


def last_scene(run: RunReader, agent: AgentId) -> Memory | None:
    """Where this agent was last, and with whom, as a memory: a world says so in every turn, so that nobody keeps it."""
    last = max(run.events(kind="request", agent=agent), key=lambda event: event.step, default=None)
    if last is None:
        return None
    messages: Any = last.data["messages"]
    told = " ".join(scene_told(messages[0]))
    if not told:
        return None
    at = next(event.data["time"] for event in run.events(kind="step") if event.step == last.step)
    return Memory(id="scene", text=told, kind="scene", step=last.step, at=datetime.fromisoformat(str(at)))


def _stored(data: Mapping[str, Any]) -> Iterator[Any]:
    yield from data.get("stored", ())


def _texts(data: Mapping[str, Any]) -> dict[str, str]:
    """What was made of a stimulus, where that is something else than its own words."""
    return {each["of"]: each["text"] for each in data["percepts"] if isinstance(each, dict) and "of" in each}


def _of_stimulus(
    event: Event, kept: Event, agent: AgentId, times: Mapping[int, datetime], perceived: Mapping[str, str]
) -> Memory:
    """A memory of which the journal holds no more than what it is of."""
    stimulus = Stimulus.from_json(event.data)
    percept = Percept(stimulus, perceived.get(event.id, stimulus.text))
    return Memory(
        id=event.id,
        text=percept_told(percept, agent),
        kind=stimulus.kind,
        step=kept.step,
        at=times[kept.step],
        source=stimulus.source,
    )


def _whole(stored: Mapping[str, Any]) -> Memory:
    return Memory(**{**stored, "at": datetime.fromisoformat(stored["at"])})
