"""Toy worlds."""

from collections.abc import Iterable, Sequence
from typing import Any

from troupe_core.plugin import (
    JSON,
    ActionCall,
    ActionSpec,
    AgentId,
    Arrival,
    Change,
    ConfigError,
    Delivery,
    Departure,
    Environment,
    Now,
    Opening,
    Outcome,
    Persona,
    Stimulus,
    Turn,
    VersionedEnvironment,
    View,
    action,
)
from troupe_toys.config import QueueConfig, RuinConfig


class Pairs(Environment):
    """Everybody talks to one partner: the neighbour by rank. Nobody else hears it."""

    def __init__(self) -> None:
        self._heard: dict[AgentId, Stimulus] = {}
        self._partner: dict[AgentId, AgentId] = {}

    def turns(self, step: int, present: Sequence[AgentId]) -> None:
        if len(self._partner) != len(present):
            for place, name in enumerate(present):
                self._partner[name] = present[min(place ^ 1, len(present) - 1)]

    def observe(self, view: View, agent: AgentId) -> Iterable[Stimulus]:
        said = self._heard.get(agent)
        return [said] if said is not None and view.is_new(said) else []

    @action
    def tell(self, turn: Turn, text: str) -> None:
        """Tell your partner something."""
        partner = self._partner[turn.agent]
        self._heard[partner] = turn.emit(text, kind="talk", to=[partner])


class Ledger(VersionedEnvironment):
    """Everybody has ten coins and may give one away; all state is in the view."""

    def observe(self, view: View, agent: AgentId) -> Iterable[Stimulus]:
        gifts = [name for name, _ in view.scan(f"gift:{agent}:")]
        yield Stimulus(text=f"You have {self._coins(view, agent)} coins and got {len(gifts)} gifts.", kind="purse")

    @action
    def give(self, view: View, turn: Turn, to: str) -> str:
        """Give a coin to somebody."""
        view.set(turn.agent, self._coins(view, turn.agent) - 1)
        view.set(to, self._coins(view, to) + 1)
        view.set(f"gift:{to}:{turn.agent}:{turn.step}", True)
        return f"You gave a coin to {to}."

    @staticmethod
    def _coins(view: View, agent: str) -> int:
        coins = view.get(agent)
        return 10 if coins is None else int(str(coins))


class Queue(Environment):
    """One after the other, last comer first; at step 1 somebody joins, at step 2 the first leaves."""

    def __init__(self, config: QueueConfig) -> None:
        self._until = config.until
        self._newcomer = config.newcomer
        self._ghost = config.ghost
        self._guard = config.guard
        self._step = 0

    def begin(self, opening: Opening) -> None:
        if self._guard and self._guard not in opening.people:
            raise ConfigError(
                f'guard: nobody is called "{self._guard}", for {opening.steps} steps',
                remedy=f"There are: {', '.join(opening.people)}.",
            )

    def turns(self, step: int, present: Sequence[AgentId]) -> Sequence[Sequence[AgentId]]:
        self._step = step
        return [[name] for name in reversed(present)]

    def observe(self, view: View, agent: AgentId) -> Iterable[Stimulus]:
        yield Stimulus(text=f"You stand in a queue of {len(view.present)}.")

    @action
    def step_forward(self, turn: Turn) -> str:
        """Move up one place."""
        return f"You move up, at {turn.now:%H:%M}."

    async def advance(self, now: Now) -> Sequence[Change]:
        if now.step == 1 and self._newcomer:
            newcomer = Arrival(Persona(name="Newcomer"), like=AgentId("Ann"))
            return [newcomer, newcomer, Delivery(Stimulus(text="A bus goes by."), to=(AgentId("Ann"),))]
        if now.step == 1 and self._ghost:
            seen_by: Any = object()
            return [Arrival(Persona(name="Ghost", extra={"seen by": seen_by}), like=AgentId("Ann"))]
        return [Departure(AgentId("Ann"), "got what she wanted")] if now.step == 2 else []

    def finished(self) -> str | None:
        return "the shop closes" if self._step + 1 >= self._until else None


class Shift(Environment):
    """Another thing can be done in each step."""

    def __init__(self) -> None:
        self._step = 0

    async def advance(self, now: Now) -> Sequence[Change]:
        self._step = now.step
        return ()

    def actions(self, agent: AgentId) -> Sequence[ActionSpec]:
        return [spec for number, spec in enumerate(super().actions(agent)) if number == self._step % 2]

    def observe(self, view: View, agent: AgentId) -> Iterable[Stimulus]:
        return []

    @action
    def come(self, turn: Turn, why: str, how: str) -> str:
        """Come in."""
        return f"You come because of {why}, {how}."

    @action
    def leave(self, turn: Turn) -> str:
        """Go out."""
        return "You leave."


class Ruin(Environment):
    """Breaks down where it is told to."""

    def __init__(self, config: RuinConfig) -> None:
        self._breaks = config.breaks

    def _maybe(self, where: str) -> None:
        if self._breaks == where:
            raise RuntimeError(f"{where} is broken")

    def actions(self, agent: AgentId) -> Sequence[ActionSpec]:
        self._maybe("offer")
        return super().actions(agent)

    def turns(self, step: int, present: Sequence[AgentId]) -> None:
        self._maybe("turns")

    def scene(self, view: View, agent: AgentId) -> str:
        self._maybe("scene")
        return "You are in a ruin."

    def observe(self, view: View, agent: AgentId) -> Iterable[Stimulus]:
        self._maybe("observe")
        return []

    @action
    def knock(self, turn: Turn) -> str:
        """Knock on the wall."""
        self._maybe("act")
        return "It sounds hollow."

    async def settle(self, view: View, calls: Sequence[tuple[ActionCall, Turn]]) -> Sequence[Outcome]:
        self._maybe("settle")
        outcomes = await super().settle(view, calls)
        return outcomes[1:] if self._breaks == "short" else outcomes

    async def advance(self, now: Now) -> Sequence[Change]:
        self._maybe("advance")
        return ()

    def finished(self) -> str | None:
        self._maybe("finished")
        return None

    def snapshot(self, agent: AgentId | None) -> JSON:
        return None
