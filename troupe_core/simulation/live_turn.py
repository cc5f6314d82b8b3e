"""One agent's turn as parts get to know it: `Turn`."""

from collections.abc import Sequence
from datetime import datetime
from random import Random
from typing import Any

from attrs import define, evolve, field

from troupe_core.contracts.effect import Effect
from troupe_core.errors import EffectError
from troupe_core.guard.untrusted import plain_text
from troupe_core.journal.notebook import Notebook
from troupe_core.journal.writer import JournalWriter
from troupe_core.values.canonical import content_hash
from troupe_core.values.ids import AgentId, EventId, Rank
from troupe_core.values.input import Input
from troupe_core.values.json import JSON
from troupe_core.values.persona import Persona
from troupe_core.values.stimulus import Media, Stimulus
from troupe_core.values.streams import stream

__all__ = ["LiveTurn", "emitted"]


@define(kw_only=True, eq=False)
class LiveTurn:
    """A turn, from its start until it is settled."""

    agent: AgentId
    persona: Persona
    step: int
    rank: Rank
    now: datetime
    present: Sequence[AgentId]
    seed: int
    run: str
    """Names the run to the outside: the first part of an effect's key."""
    notebook: Notebook
    journal: JournalWriter
    cause: EventId | None = None
    """What emissions and effects follow from: the decision, once there is one."""
    emissions: list[EventId] = field(factory=list)
    """What this call brought into the world."""

    def of_call(self, cause: EventId) -> "LiveTurn":
        """The same turn for one of its actions."""
        return LiveTurn(
            agent=self.agent,
            persona=self.persona,
            step=self.step,
            rank=self.rank,
            now=self.now,
            present=self.present,
            seed=self.seed,
            run=self.run,
            notebook=self.notebook,
            journal=self.journal,
            cause=cause,
        )

    def random(self, *key: str | int) -> Random:
        return stream(self.seed, self.agent, self.step, *key)

    def emit(
        self,
        text: str,
        *,
        kind: str,
        to: Sequence[AgentId] | None = None,
        media: Media | None = None,
        trusted: bool = True,
    ) -> Stimulus:
        said = Stimulus(
            text=plain_text(text),
            kind=kind,
            source=self.agent,
            to=None if to is None else tuple(to),
            media=media,
            trusted=trusted,
        )
        stimulus = emitted(said, self.notebook, () if self.cause is None else (self.cause,))
        if stimulus.id is not None:
            self.emissions.append(stimulus.id)
        return stimulus

    async def perform(self, effect: Effect, arguments: JSON, *, idempotent: bool = False) -> JSON:
        key = f"{self.run}/{self.step}.{self.rank}.{self.notebook.next_ordinal}"
        causes = () if self.cause is None else (self.cause,)
        intent = self.notebook.add("intent", {"arguments": arguments, "idempotent": idempotent}, causes)
        self.journal.bring_in_durably(self._input("intent", {"intent": arguments, "key": key}, arguments))
        try:
            result = await effect.perform(key, arguments)
        except EffectError as fault:
            await self.journal.bring_in(self._input("result", {"failure": fault.what}, arguments))
            self.notebook.add("result", {"failure": fault.what}, (intent,))
            raise
        await self.journal.bring_in(self._input("result", {"result": result}, arguments))
        self.notebook.add("result", {"result": result}, (intent,))
        return result

    def _input(self, purpose: str, payload: dict[str, Any], asked: JSON) -> Input:
        return Input(
            step=self.step,
            rank=self.rank,
            purpose=purpose,
            ordinal=self.notebook.next_ordinal,
            request=content_hash(asked),
            payload=payload,
        )


def emitted(stimulus: Stimulus, notebook: Notebook, causes: Sequence[EventId] = ()) -> Stimulus:
    """The stimulus, journalled: with its id and its stamp."""
    stamp = (notebook.step, notebook.group, notebook.rank, notebook.next_ordinal)
    event = notebook.add("stimulus", stimulus.to_json(), causes)
    return evolve(stimulus, id=event, stamp=stamp)
