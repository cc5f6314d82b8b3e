"""What everything promises that has state: each sentence about `Stateful`."""

import json
from collections.abc import Mapping
from math import isfinite
from typing import Any

from hypothesis import strategies as st

from troupe_core.contracts.action_provider import ActionProvider
from troupe_core.testing.trying.acting_trial import ActingTrial
from troupe_core.testing.trying.kit_versions import added_in
from troupe_core.testing.trying.play import NOBODY, Move, Play
from troupe_core.testing.trying.resting import rests_on
from troupe_core.testing.trying.telling import called, difference
from troupe_core.values.canonical import canonical

__all__ = ["StateTests"]


class StateTests(ActingTrial):
    """What is kept of a part, and put back."""

    @added_in("0.1")
    def test_its_state_is_json(self) -> None:
        """What `snapshot` returns, and what a world writes into its view, can be written as JSON."""

        def check(data: st.DataObject) -> None:
            async def story(play: Play) -> None:
                await play.invent(data, 6, self.moves)
                for whose, state in play.kept().items():
                    at = _no_json(state)
                    self.promise(
                        at is None,
                        seen=f"the state of {whose} holds {at}",
                        change="return text, numbers, true, false, None, and lists, and tables with text for keys.",
                    )

            self.played(story)

        self.for_all(check, st.data(), examples=10)

    @added_in("0.1")
    @rests_on(
        "test_two_parts_share_nothing",
        "test_its_state_is_json",
        "test_the_same_calls_come_to_the_same",
        "test_all_state_is_in_the_view",
    )
    def test_a_restored_part_goes_on_as_the_first_would_have(self) -> None:
        """`restore` puts back what `snapshot` returned: from then on, nobody can tell the two parts apart."""

        def check(data: st.DataObject) -> None:
            async def first(play: Play) -> tuple[tuple[int, int], dict[str, Any], list[Move], Any]:
                await play.invent(data, 6, self.moves)
                before, kept = play.where(), play.kept()
                moves: list[Move] = [None]
                made = await play.make(moves)
                seen = self.seen(play)
                later = await play.invent(data, 4, self.moves)
                return before, kept, [*moves, *later], _what_came(made, seen, play.kept())

            before, kept, moves, straight = self.played(first)
            stored = _through_json(kept)

            async def restored(part: ActionProvider) -> tuple[Any, Any]:
                play = self.play(part)
                play.open_at(before)
                play.restore(stored)
                again = play.kept()
                made = await play.make(moves[:1])
                seen = self.seen(play)
                await play.make(moves[1:])
                return again, _what_came(made, seen, play.kept())

            again, gone_on = self.tried(restored)
            self.promise(
                _through_json(again) == stored and gone_on == straight,
                seen=_told_apart(kept, again, straight, gone_on),
                change="let `snapshot` return all that later calls depend on, and `restore` take all of it back, as it "
                "is after it went through JSON (lists for tuples, text for keys).",
            )

        self.for_all(check, st.data(), examples=12)

    @added_in("0.1")
    @rests_on("test_what_is_internal_changes_only_the_agent_itself", "test_reading_changes_nothing")
    def test_an_agents_state_is_changed_by_its_own_turns_alone(self) -> None:
        """The state of an agent is what only its own turns change: what others or `advance` change is nobody's."""

        def check(data: st.DataObject) -> None:
            async def story(play: Play) -> None:
                for _ in range(data.draw(st.integers(1, 6), label="moves")):
                    before = play.kept()
                    (move,) = await play.invent(data, 1, self.moves, least=1)
                    after = play.kept()
                    own = (NOBODY, "view", None if move is None else move[0])
                    others = [whose for whose in {**before, **after} if whose not in own]
                    changed = [whose for whose in others if before.get(whose) != after.get(whose)]
                    deed = "advance" if move is None else f"{called(*move[1:])} of {move[0]}"
                    self.promise(
                        not changed,
                        seen=f"{deed} changed the state of {', '.join(changed)}",
                        change="return it from snapshot(None): the core keeps an agent's state only where that agent "
                        "has had a turn.",
                    )

            self.played(story)

        self.for_all(check, st.data(), examples=12)


def _what_came(made: Any, perceived: Any, kept: Any) -> Mapping[str, Any]:
    return {"what came of the next step": made, "what is perceived": perceived, "the state": kept}


def _told_apart(kept: Any, again: Any, straight: Any, gone_on: Any) -> str:
    """In what a part and the one restored from it differ."""
    if straight == gone_on:
        return f"once restored, the state is another than it was kept, at {difference(kept, again)}"
    nothing = "`snapshot` returned None, for all agents and for None; " if not kept else ""
    return f"{nothing}the first part and the one that was restored go on differently: {difference(straight, gone_on)}"


def _through_json(kept: Mapping[str, Any]) -> Any:
    return json.loads(canonical(dict(kept)))


def _no_json(value: Any) -> str | None:
    """What in it JSON cannot say."""
    if value is None or isinstance(value, bool | int | str):
        return None
    if isinstance(value, float):
        return None if isfinite(value) else f"the number {value}"
    if isinstance(value, list | tuple):
        return next((told for each in value if (told := _no_json(each)) is not None), None)
    if isinstance(value, Mapping):
        keys = [key for key in value if not isinstance(key, str)]
        return f"the key {keys[0]!r}" if keys else _no_json(list(value.values()))
    return f"something of type {type(value).__name__}"
