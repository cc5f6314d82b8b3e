"""One agent's turn, and the world as it sees it, for tests of what acts: no journal, no model."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from attrs import define, field

from troupe_core.contracts.effect import Effect
from troupe_core.errors import EffectError, EffectUncertain
from troupe_core.guard.untrusted import plain_text
from troupe_core.simulation.world_view import Moment, WorldView
from troupe_core.values.canonical import canonical
from troupe_core.values.ids import AgentId, Rank, event_id
from troupe_core.values.json import JSON
from troupe_core.values.persona import Persona
from troupe_core.values.stimulus import Media, Stimulus
from troupe_core.values.streams import stream

__all__ = ["STEP", "TrialTurn", "moment", "time_of", "view_of"]

STEP = timedelta(minutes=10)
"""How long a step takes in tests."""


def time_of(step: int) -> datetime:
    """The simulated time of a step."""
    return datetime.fromisoformat("2026-03-02T09:00") + step * STEP


@define(kw_only=True, eq=False)
class TrialTurn:
    """A `Turn` that a test makes: ``TrialTurn(agent=AgentId("Ann"), present=[AgentId("Ann"), AgentId("Bob")])``."""

    agent: AgentId
    present: Sequence[AgentId]
    step: int = 0
    group: int = 0
    seed: int = 7
    first: int = 0
    """The ordinal of the first thing it emits; ids of stimuli are unique in a step where turns count on."""
    emitted: list[Stimulus] = field(factory=list, init=False)
    """What it brought into the world."""
    effects: list[tuple[str, Effect, JSON, bool]] = field(factory=list, init=False)
    """What it did outside: the key, the effect, its arguments, whether it is idempotent."""
    results: list[JSON] = field(factory=list, init=False)
    """What came of each of `effects` that did not fail."""

    @property
    def persona(self) -> Persona:
        """Somebody of this name."""
        return Persona(name=self.agent)

    @property
    def rank(self) -> Rank:
        """The place among `present`."""
        return Rank(list(self.present).index(self.agent))

    @property
    def now(self) -> datetime:
        """The simulated time of `step`."""
        return time_of(self.step)

    def random(self, *key: str | int) -> Random:
        """The same stream for the same seed, agent, step and key."""
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
        """The stimulus with its id and stamp, as a run would have it; kept in `emitted`."""
        ordinal = self.first + len(self.emitted)
        stimulus = Stimulus(
            text=plain_text(text),
            kind=kind,
            source=self.agent,
            to=None if to is None else tuple(to),
            media=media,
            trusted=trusted,
            id=event_id(self.step, self.rank, ordinal),
            stamp=(self.step, self.group, self.rank, ordinal),
        )
        self.emitted.append(stimulus)
        return stimulus

    async def perform(self, effect: Effect, arguments: JSON, *, idempotent: bool = False) -> JSON:
        """Do it, with a key of its own; kept in `effects`."""
        key = f"trial/{self.step}.{self.rank}.{len(self.effects)}"
        self.effects.append((key, effect, arguments, idempotent))
        try:
            result = await effect.perform(key, arguments)
            canonical(result)
            self.results.append(result)
        except EffectError:
            raise
        except Exception as defect:
            raise EffectUncertain(f"{type(defect).__name__}: {defect}") from defect
        return result


def moment(step: int, present: Sequence[AgentId], state: dict[str, JSON] | None = None, *, seed: int = 7) -> Moment:
    """What all who observe at once have in common; `state` is that of a `VersionedEnvironment`."""
    return Moment(
        step=step,
        now=time_of(step),
        since=time_of(step - 1),
        present=tuple(present),
        state={} if state is None else state,
        seed=seed,
    )


def view_of(at: Moment, *, writable: bool = False, last_look: tuple[int, int] | None = None) -> WorldView:
    """The world at this moment as the core shows it; whoever looks last looked one step before."""
    return WorldView(at, last_look=(at.step - 1, 0) if last_look is None else last_look, writable=writable)
