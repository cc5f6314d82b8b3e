"""How a kit tries what offers actions: with people who act, by made-up arguments and by those that an author gives."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, ClassVar, TypeVar

import pytest

from troupe_core.contracts.action_provider import ActionProvider
from troupe_core.testing.conformance import Conformance
from troupe_core.testing.lent.trial_context import TrialContext
from troupe_core.testing.trying.play import Move, Play
from troupe_core.testing.trying.simplest import simplest
from troupe_core.values.ids import AgentId

__all__ = ["ActingTrial"]

T = TypeVar("T")

_TELLS = "test_each_action_has_a_name_of_its_own_and_says_what_it_does"


class ActingTrial(Conformance):
    """What the kits of tools, worlds and faculties have in common beside their tests."""

    people: ClassVar[Sequence[str]] = ("Ann", "Bob Lee", "Änne 安")
    """Who is there and holds the part, in order of rank."""

    calls: ClassVar[Sequence[tuple[Any, ...]]] = ()
    """Calls that succeed, in this order: ``("action", {arguments})``, by the first of `people`, or
    ``("action", {arguments}, "Bob Lee")``; ``()`` for the next step. Without them, all arguments are made up."""

    def make(self) -> Any:
        """A new part; where its actions cannot be told to anybody, one test says so and all others are skipped."""
        part = super().make()
        if (fault := _untold(part)) is not None:
            pytest.skip(f"its actions cannot be told, see {_TELLS}: {fault}")
        return part

    @property
    def untold(self) -> str | None:
        """Why its actions cannot be told to an agent, if they cannot."""
        return _untold(super().make())

    def context(self, folder: Any = None) -> TrialContext:
        context = super().context(folder)
        context.people = tuple(map(AgentId, self.people))
        return context

    def play(self, part: ActionProvider) -> Play:
        """The part with `people` who act with it."""
        return Play(part=part, people=tuple(map(AgentId, self.people)), grants=frozenset(self.grants))

    def played(self, story: Callable[[Play], Awaitable[T]]) -> T:
        """What a story returns that is told to a new part with people, in the first step."""

        async def told(part: ActionProvider) -> T:
            play = self.play(part)
            await play.begin()
            return await story(play)

        return self.tried(told)

    @property
    def moves(self) -> list[Move]:
        """`calls`, as moves."""
        first = self.people[0]
        return [(AgentId((*each, first)[2]), each[0], each[1]) if each else None for each in self.calls]

    async def exercise(self, part: Any) -> None:
        play = self.play(part)
        await play.begin()
        await play.make(self.moves)
        for agent in play.actors():
            for spec in play.offered(agent):
                await play.do(agent, spec.name, simplest(spec))
        await play.next_step()

    async def traces(self, part: Any) -> Any:
        return self.play(part).kept()

    def seen(self, play: Play) -> Any:
        """What people perceive now, where the kit's kind shows them anything."""
        return None


def _untold(part: Any) -> str | None:
    for declared in getattr(part, "declared_actions", {}).values():
        try:
            declared.spec  # noqa: B018 - it is made when it is first asked for
        except (TypeError, NameError) as fault:
            return str(fault)
    return None
