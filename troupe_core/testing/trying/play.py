"""People who act with a part, step by step, without a model: what kits of tools, worlds and faculties are played on."""

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from typing import Any, TypeAlias

from attrs import define, field, frozen
from hypothesis import note
from hypothesis import strategies as st

from troupe_core.contracts.action_provider import ActionProvider, attempted
from troupe_core.contracts.environment import Environment, VersionedEnvironment
from troupe_core.simulation.world_view import WorldView
from troupe_core.testing.lent.trial_turn import TrialTurn, moment, time_of, view_of
from troupe_core.testing.trying.arguments import arguments_of
from troupe_core.testing.trying.telling import called
from troupe_core.values.action import ActionCall, ActionSpec
from troupe_core.values.change import Change, Now
from troupe_core.values.ids import AgentId
from troupe_core.values.json import JSON
from troupe_core.values.opening import Opening

__all__ = ["NOBODY", "Move", "Play", "TrialFrontier"]

NOBODY = "nobody in particular"
"""Whose the state is that is nobody's in particular."""

MOST_STEPS = 1000
"""How long a study may last, as a world is told."""

Move: TypeAlias = tuple[AgentId, str, Mapping[str, Any]] | None
"""Somebody does something with these arguments; None: the next step begins."""


@frozen(kw_only=True)
class TrialFrontier:
    """A `Frontier` where everybody has come equally far."""

    people: Sequence[AgentId]
    step: int
    state: Mapping[str, JSON]

    def committed(self) -> Iterable[tuple[str, int]]:
        """Everybody, with the last step."""
        return [(agent, self.step - 1) for agent in self.people]

    def get(self, key: str) -> JSON:
        """The value, or None."""
        return self.state.get(key)


@define(kw_only=True, eq=False)
class Play:
    """A part that is open, and the people who are there."""

    part: ActionProvider
    people: Sequence[AgentId]
    grants: frozenset[str] = frozenset()
    seed: int = 7
    step: int = 0
    state: dict[str, JSON] = field(factory=dict)
    """Of a `VersionedEnvironment`: what its view holds."""
    changes: list[Any] = field(factory=list, init=False)
    """All that `advance` has returned."""
    turns: int = field(default=0, init=False)

    def offered(self, agent: AgentId) -> list[ActionSpec]:
        """What this agent can do now, without what is not granted."""
        return [each for each in self.part.actions(agent) if each.capability is None or each.capability in self.grants]

    def turn(self, agent: AgentId) -> TrialTurn:
        """The next turn of this agent."""
        self.turns += 1
        return TrialTurn(agent=agent, present=self.people, step=self.step, seed=self.seed, first=10 * self.turns)

    async def begin(self) -> None:
        """The world learns who is there, and the first step begins."""
        if isinstance(self.part, Environment):
            self.part.begin(Opening(people=tuple(self.people), steps=MOST_STEPS))
        self.changes += await self.part.advance(Now(self.step, time_of(self.step)))

    def where(self) -> tuple[int, int]:
        """How far it has come: `open_at` goes on from there with another part."""
        return self.step, self.turns

    def open_at(self, where: tuple[int, int]) -> None:
        """The world learns who is there, as after a restart: no step begins."""
        self.step, self.turns = where
        if isinstance(self.part, Environment):
            self.part.begin(Opening(people=tuple(self.people), steps=MOST_STEPS))

    def actors(self) -> list[AgentId]:
        """Whose turn it is in this step, in order: nobody's where the world is over."""
        if not isinstance(self.part, Environment):
            return list(self.people)
        if self.step and self.part.finished() is not None:
            return []
        groups = self.part.turns(self.step, self.people)
        return list(self.people) if groups is None else [agent for group in groups for agent in group]

    def view(self, agent: AgentId | None = None) -> WorldView:
        """The world as those who observe now may see it; without an agent, as whoever settles may change it."""
        at = moment(self.step, self.people, self.state, seed=self.seed)
        return view_of(at, writable=agent is None)

    def frontier(self) -> TrialFrontier:
        """The world as committed now, with everybody in this step."""
        return TrialFrontier(people=self.people, step=self.step, state=self.state)

    async def do(self, agent: AgentId, action: str, arguments: Mapping[str, Any]) -> Any:
        """What comes of it: as the core would have it, whatever is raised."""
        (outcome,) = await self.settle([(ActionCall(agent, action, deepcopy(dict(arguments))), self.turn(agent))])
        return outcome

    async def settle(self, calls: Sequence[tuple[ActionCall, TrialTurn]]) -> Sequence[Any]:
        """What comes of some calls: a world settles those of its own, all others are done one by one."""
        if isinstance(self.part, Environment):
            return await self.part.settle(self.view(), calls)
        return [await attempted(self.part.act(call, turn)) for call, turn in calls]

    async def next_step(self) -> list[Change]:
        """The clock moves on."""
        self.step += 1
        brought = list(await self.part.advance(Now(self.step, time_of(self.step))))
        self.changes += brought
        return brought

    async def make(self, moves: Sequence[Move]) -> list[Any]:
        """Make these moves; returns what came of each."""
        return [await (self.next_step() if move is None else self.do(*move)) for move in moves]

    async def invent(self, data: st.DataObject, most: int, known: Sequence[Move] = (), least: int = 0) -> list[Move]:
        """Make up to so many moves that hypothesis chooses, some of them out of `known`; returns them."""
        made: list[Move] = []
        for _ in range(data.draw(st.integers(least, most), label="moves")):
            move = self._chosen(data, known)
            made.append(move)
            note("the clock moves on" if move is None else f"{move[0]}: {called(*move[1:])}")
            await self.make([move])
        return made

    def _chosen(self, data: st.DataObject, known: Sequence[Move]) -> Move:
        takes_known = st.booleans() if known else st.just(False)
        if data.draw(takes_known, label="known"):
            return known[data.draw(st.integers(0, len(known) - 1))]
        if not (actors := self.actors()):
            return None
        agent = data.draw(st.sampled_from(actors), label="agent")
        offered = self.offered(agent)
        number = data.draw(st.integers(0, len(offered)), label="action")
        if number == len(offered):
            return None
        spec = offered[number]
        return agent, spec.name, data.draw(arguments_of(spec, self.people), label=spec.name)

    def kept(self) -> dict[str, Any]:
        """All state that the core would keep now, by whose it is; `view` is what the view of a world holds."""
        if isinstance(self.part, VersionedEnvironment):
            return {"view": deepcopy(self.state)}
        kept = {str(agent or NOBODY): self.part.snapshot(agent) for agent in (None, *self.people)}
        return deepcopy({whose: state for whose, state in kept.items() if state is not None})

    def restore(self, kept: Mapping[str, Any]) -> None:
        """Put it back into a part that was just opened, as after a restart."""
        for whose, state in kept.items():
            if whose == "view":
                self.state = dict(state)
            else:
                self.part.restore(None if whose == NOBODY else AgentId(whose), state)
