"""Toy faculties."""

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import evolve

from troupe_core.plugin import JSON, AgentId, Cue, Faculty, Memory, Outcome, Percept, Turn, action


class Mood(Faculty):
    """Asks along how the agent feels, tells it the next time, and remembers it."""

    def __init__(self) -> None:
        self._moods: dict[AgentId, str] = {}

    def attend(self, turn: Turn, percepts: Sequence[Percept]) -> Sequence[Percept]:
        return [percept for percept in percepts if "boring" not in percept.text]

    def encode(self, turn: Turn, memory: Memory) -> Memory:
        return evolve(memory, importance=0.9) if "!" in memory.text else memory

    def cue(self, turn: Turn, cue: Cue) -> Cue:
        return evolve(cue, count=2)

    def prompt(self, turn: Turn) -> str | None:
        mood = self._moods.get(turn.agent)
        return None if mood is None else f"You feel {mood}."

    def asks(self, turn: Turn) -> Mapping[str, JSON]:
        return {"mood": {"enum": ["calm", "cross"]}}

    async def after(self, turn: Turn, told: Mapping[str, JSON], outcomes: Sequence[Outcome]) -> Sequence[Memory]:
        if "mood" not in told:
            return ()
        self._moods[turn.agent] = str(told["mood"])
        text = f"You felt {told['mood']}."
        return [Memory(id=f"mood:{turn.step}", text=text, kind="feeling", step=turn.step, at=turn.now)]

    @action(effect="internal")
    def sigh(self, turn: Turn) -> None:
        """Sigh."""

    def snapshot(self, agent: AgentId | None) -> JSON:
        return None if agent is None else self._moods.get(agent)

    def restore(self, agent: AgentId | None, state: Any) -> None:
        if agent is not None:
            self._moods[agent] = state


class Fog(Faculty):
    """Breaks down after every turn."""

    async def after(self, turn: Turn, told: Mapping[str, JSON], outcomes: Sequence[Outcome]) -> Sequence[Memory]:
        raise ValueError("lost in thought")
