"""One agent's turn as parts get to know it: `Turn`."""

from collections.abc import Sequence
from datetime import datetime
from random import Random
from typing import Any

from attrs import define, evolve, field, fields

from troupe_core.contracts.effect import Effect
from troupe_core.errors import EffectError, EffectUncertain, is_defect
from troupe_core.guard.untrusted import plain_text
from troupe_core.journal.defect import problem_of
from troupe_core.journal.notebook import Notebook
from troupe_core.journal.writer import JournalWriter
from troupe_core.simulation.lending import own_copy
from troupe_core.values.canonical import canonical, content_hash
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
    own_persona: Persona
    """The agent's own; parts get a copy."""
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
    _inputs: dict[str, int] = field(factory=dict, alias="inputs")
    """How many inputs of each purpose the whole turn has."""
    _lent_persona: Persona | None = field(default=None, init=False)

    def of_call(self, cause: EventId) -> "LiveTurn":
        """The same turn for one of its actions."""
        return LiveTurn(
            agent=self.agent,
            own_persona=self.own_persona,
            step=self.step,
            rank=self.rank,
            now=self.now,
            present=self.present,
            seed=self.seed,
            run=self.run,
            notebook=self.notebook,
            journal=self.journal,
            cause=cause,
            inputs=self._inputs,
        )

    @property
    def persona(self) -> Persona:
        if self._lent_persona is None:
            nested = {each.name: getattr(self.own_persona, each.name) for each in fields(Persona)}
            changeable = {name: own_copy(value) for name, value in nested.items() if isinstance(value, dict | list)}
            self._lent_persona = evolve(self.own_persona, **changeable)
        return self._lent_persona

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
        self._check_not_over()
        said = Stimulus(
            text=text,
            kind=kind,
            source=self.agent,
            to=None if to is None else tuple(to),
            media=media,
            trusted=trusted,
        )
        stimulus = emitted(said, self.notebook, () if self.cause is None else (self.cause,))
        assert stimulus.id is not None
        self.emissions.append(stimulus.id)
        return stimulus

    async def perform(self, effect: Effect, arguments: JSON, *, idempotent: bool = False) -> JSON:
        self._check_not_over()
        causes = () if self.cause is None else (self.cause,)
        intent = self.notebook.add("intent", {"arguments": arguments, "idempotent": idempotent}, causes)
        number = self.next_ordinal("effect")
        key = f"{self.run}/{self.step}.{self.rank}.{number}"
        self.journal.bring_in_durably(self.input("intent", number, arguments, {"intent": arguments, "key": key}))
        result, came_of_it, fault = await _performed(effect, key, arguments)
        await self.journal.bring_in(self.input("result", number, arguments, came_of_it))
        self.notebook.add("result", came_of_it, (intent,))
        if fault is not None:
            raise fault
        return result

    def _check_not_over(self) -> None:
        if self.notebook.written:
            raise RuntimeError(f"the turn of {self.agent} in step {self.step} is over: a part never keeps a Turn")

    def next_ordinal(self, purpose: str) -> int:
        """The ordinal of the next input of this purpose in the whole turn."""
        self._inputs[purpose] = ordinal = self._inputs.get(purpose, -1) + 1
        return ordinal

    def input(self, purpose: str, ordinal: int, asked: JSON, payload: dict[str, Any]) -> Input:
        """Something that came from outside in this turn."""
        return Input(
            step=self.step,
            rank=self.rank,
            purpose=purpose,
            ordinal=ordinal,
            request=content_hash(asked),
            payload=payload,
        )


async def _performed(
    effect: Effect, key: str, arguments: JSON
) -> tuple[JSON, dict[str, Any], EffectError | EffectUncertain | None]:
    """What the effect returned, what came of it for the journal, and why it failed, if it did."""
    try:
        result = await effect.perform(key, arguments)
        canonical(result)
    except EffectError as fault:
        return None, {"failure": plain_text(fault.what)}, fault
    except BaseException as defect:
        if not is_defect(defect):
            raise
        problem = problem_of(defect)
        return None, {"unknown": problem}, EffectUncertain(problem)
    return result, {"result": result}, None


def emitted(stimulus: Stimulus, notebook: Notebook, causes: Sequence[EventId] = ()) -> Stimulus:
    """The stimulus, journalled: its text made plain, with its id and its stamp."""
    stimulus = evolve(stimulus, text=plain_text(stimulus.text))
    stamp = (notebook.step, notebook.group, notebook.rank, notebook.next_ordinal)
    event = notebook.add("stimulus", stimulus.to_json(), causes)
    return evolve(stimulus, id=event, stamp=stamp)
