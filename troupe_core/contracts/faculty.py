"""A mental ability that takes part in turns."""

from collections.abc import Mapping, Sequence

from troupe_core.contracts.action_provider import ActionProvider
from troupe_core.contracts.turn import Turn
from troupe_core.values.action import Outcome
from troupe_core.values.json import JSON
from troupe_core.values.memory import Cue, Memory
from troupe_core.values.percept import Percept

__all__ = ["Faculty"]


class Faculty(ActionProvider):
    """A mental ability: emotion, reflection, planning. One object for all, state by agent. Provisional.

    Until `after`, it only reads: deciding is concurrent.
    """

    def attend(self, turn: Turn, percepts: Sequence[Percept]) -> Sequence[Percept]:
        """What of the percepts reaches the mind, and in which order."""
        return percepts

    def encode(self, turn: Turn, memory: Memory) -> Memory:
        """How something is kept: its importance, its wording; the id stays."""
        return memory

    def cue(self, turn: Turn, cue: Cue) -> Cue:
        """What is looked for in memory."""
        return cue

    def prompt(self, turn: Turn) -> str | None:
        """What the model is told in this turn besides, a short paragraph."""
        return None

    def asks(self, turn: Turn) -> Mapping[str, JSON]:
        """Further fields of the one answer, each with its JSON Schema: an appraisal, an importance."""
        return {}

    async def after(self, turn: Turn, told: Mapping[str, JSON], outcomes: Sequence[Outcome]) -> Sequence[Memory]:
        """Once the turn is settled: `told` holds the answers to `asks`. Returns what is remembered besides."""
        return ()
