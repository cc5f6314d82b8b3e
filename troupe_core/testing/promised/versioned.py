"""What a world promises besides that keeps all its state in the view: each sentence of `VersionedEnvironment`."""

from copy import deepcopy
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import strategies as st

from troupe_core.contracts.environment import VersionedEnvironment
from troupe_core.testing.trying.acting_trial import ActingTrial
from troupe_core.testing.trying.kit_versions import added_in
from troupe_core.testing.trying.play import Play
from troupe_core.testing.trying.resting import rests_on
from troupe_core.testing.trying.telling import difference
from troupe_core.values.ids import AgentId

__all__ = ["VersionedTests"]


class VersionedTests(ActingTrial):
    """Part of the kit for worlds; each test is skipped where the world keeps its state on itself."""

    @added_in("0.1")
    @rests_on("test_the_same_calls_come_to_the_same")
    def test_all_state_is_in_the_view(self) -> None:
        """All state is in the view and none on ``self``: another object of the same settings goes on with it."""
        self._only_where_versioned()

        def check(data: st.DataObject) -> None:
            moves = self.played(lambda play: play.invent(data, 8, self.moves))

            async def by_one(play: Play) -> tuple[list[Any], Any]:
                return await play.make(moves), self.seen(play)

            async def by_many(play: Play) -> tuple[list[Any], Any]:
                made = []
                for move in moves:
                    async with self.opened() as another:
                        play.part = another
                        play.open_at(play.where())
                        made += await play.make([move])
                        seen = self.seen(play)
                return made, seen if moves else self.seen(play)

            one, many = self.played(by_one), self.played(by_many)
            self.promise(
                one == many,
                seen=f"{len(moves)} moves with one object, and with another for each: {difference(one, many)}",
                change="keep what happens with view.set, and read it with view.get and view.scan; on `self` belongs "
                "what follows from settings and `begin` alone.",
            )

        self.for_all(check, st.data(), examples=12)

    @added_in("0.1")
    def test_within_no_turns_nobody_reaches_anybody(self) -> None:
        """`may_reach` is empty within 0 turns."""
        self._only_where_versioned()

        def check(play: Play) -> None:
            for agent in play.people:
                near = self._reaching(play, agent, 0)
                self.promise(
                    near is None or not near,
                    seen=f"within 0 turns, {sorted(near or ())} may reach {agent}",
                    change="return nobody where within < 1.",
                )

        self._after_some_moves(check)

    @added_in("0.1")
    def test_within_more_turns_no_fewer_may_reach(self) -> None:
        """`may_reach` is monotone: whoever may reach somebody within k turns may within k + 1."""
        self._only_where_versioned()

        def check(play: Play) -> None:
            for agent in play.people:
                near = [self._reaching(play, agent, within) for within in range(5)]
                for within, (some, more) in enumerate(pairwise(near)):
                    lost = set() if more is None else set(play.people if some is None else some) - {agent} - more
                    self.promise(
                        not lost,
                        seen=f"{sorted(lost)} may reach {agent} within {within} turns, but not within {within + 1}",
                        change="ask for a distance of at most `within`, not of exactly that.",
                    )

        self._after_some_moves(check)

    @added_in("0.1")
    @rests_on("test_all_state_is_in_the_view", "test_within_more_turns_no_fewer_may_reach")
    def test_whoever_changes_what_is_seen_may_reach(self) -> None:
        """`may_reach` names at least everybody of whom one turn can change what an agent senses next."""
        self._only_where_versioned()

        def check(data: st.DataObject) -> None:
            async def story(play: Play) -> None:
                await play.invent(data, 8, self.moves)
                before = deepcopy(play.state)
                near = {agent: self._reaching(play, agent, 1) for agent in play.people}
                seen = self._now_and_next(play)
                (move,) = await play.invent(data, 1, self.moves, least=1)
                if move is None:
                    return
                changed = self._now_and_next(play)
                for agent in play.people:
                    reached = agent != move[0] and seen[agent] != changed[agent]
                    self.promise(
                        not reached or near[agent] is None or move[0] in (near[agent] or ()),
                        seen=f"{move[1]}({dict(move[2])}) of {move[0]} changed what {agent} senses "
                        f"({difference(seen[agent], changed[agent])}), and may_reach(…, {agent}, 1) gave "
                        f"{sorted(near[agent] or ())}; the world was {before}",
                        change="name more people: as far as the fastest action carries; None, for everyone, is right "
                        "always.",
                    )

            self.played(story)

        self.for_all(check, st.data(), examples=40)

    def _now_and_next(self, play: Play) -> dict[AgentId, Any]:
        now = self.seen(play)
        play.step += 1
        then = self.seen(play)
        play.step -= 1
        return {agent: (now[agent], then[agent]) for agent in play.people}

    def _reaching(self, play: Play, agent: AgentId, within: int) -> set[AgentId] | None:
        world: Any = play.part
        near = world.may_reach(play.frontier(), agent, within)
        return None if near is None else set(near)

    def _after_some_moves(self, check: Any) -> None:
        def lived(data: st.DataObject) -> None:
            async def story(play: Play) -> None:
                await play.invent(data, 6, self.moves)
                check(play)

            self.played(story)

        self.for_all(lived, st.data(), examples=10)

    def _only_where_versioned(self) -> None:
        if not isinstance(self.make(), VersionedEnvironment):
            pytest.skip("it is no VersionedEnvironment")
