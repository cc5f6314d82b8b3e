"""The kit for tools: each sentence of `Tool`, and of what every `ActionProvider` promises."""

from typing import Any, ClassVar

from hypothesis import strategies as st

from troupe_core.testing.promised.acting import ActionTests
from troupe_core.testing.trying.kit_versions import added_in
from troupe_core.testing.trying.play import NOBODY, Play
from troupe_core.testing.trying.resting import rests_on
from troupe_core.values.change import Delivery
from troupe_core.values.ids import AgentId

__all__ = ["ToolConformance"]

_REACHES = ("self", "holders", "everyone")


class ToolConformance(ActionTests):
    """Derive a class whose name begins with ``Test``; set `component`, or `factory`.

    `calls` are calls that succeed: without them the kit tries made-up arguments alone, which most tools refuse.
    """

    kind: ClassVar[str] = "tool"

    @added_in("0.1")
    def test_its_reach_is_one_that_there_is(self) -> None:
        """A tool says whom its state can carry something to: ``self``, ``holders`` or ``everyone``."""
        reach = self.make().reach
        self.promise(
            reach in _REACHES,
            seen=f"reach = {reach!r}",
            change=f"say one of {', '.join(_REACHES)}; where in doubt, leave it out: everyone.",
        )

    @added_in("0.1")
    @rests_on("test_its_reach_is_one_that_there_is", "test_what_comes_between_two_steps_are_changes")
    def test_it_carries_nothing_farther_than_its_reach(self) -> None:
        """A tool of reach ``self`` carries nothing to anybody else, one of ``holders`` nothing to those without."""

        def check(data: st.DataObject) -> None:
            async def story(play: Play) -> None:
                reach = getattr(play.part, "reach", "everyone")
                before = play.kept()
                moves = await play.invent(data, 6, self.moves)
                await play.next_step()
                who = {move[0] for move in moves if move is not None} if reach == "self" else set(play.people)
                told = {name for each in play.changes if isinstance(each, Delivery) for name in each.to or (_ALL,)}
                farther = told - who if reach != "everyone" else set()
                carried = reach == "self" and before.get(NOBODY) != play.kept().get(NOBODY)
                self.promise(
                    not farther and not carried,
                    seen=f"reach is {reach!r}, and "
                    + ("state that is nobody's in particular changed" if carried else f"it told {sorted(farther)}"),
                    change="say a wider reach; or keep what an agent leaves in its own state, and deliver to those "
                    "alone who may be reached.",
                )

            self.played(story)

        self.for_all(check, st.data(), examples=12)


_ALL: Any = AgentId("everybody")
