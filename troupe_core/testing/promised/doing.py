"""What everything promises that offers actions: each sentence about `ActionProvider.act` and `advance`."""

import asyncio
import gc
import weakref
from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any

from hypothesis import strategies as st

from troupe_core.errors import EffectUncertain, Refusal
from troupe_core.testing.lent.trial_turn import TrialTurn
from troupe_core.testing.trying.acting_trial import ActingTrial
from troupe_core.testing.trying.arguments import LONG_AND_STRANGE, arguments_of, texts_among
from troupe_core.testing.trying.kit_versions import added_in
from troupe_core.testing.trying.play import Play
from troupe_core.testing.trying.resting import rests_on
from troupe_core.testing.trying.simplest import simplest
from troupe_core.testing.trying.telling import called, difference, shown
from troupe_core.values.action import ActionCall, ActionSpec, Outcome
from troupe_core.values.change import Change
from troupe_core.values.ids import AgentId

__all__ = ["DeedTests"]


class DeedTests(ActingTrial):
    """What comes of what an agent does, and between two steps."""

    @added_in("0.1")
    @rests_on("test_what_declares_no_network_uses_none")
    def test_whatever_fits_the_schema_is_answered(self) -> None:
        """A call that is valid under its spec comes to an outcome, or to a `Refusal` where it breaks a rule."""

        def check(data: st.DataObject) -> None:
            async def story(play: Play) -> None:
                await play.invent(data, 4, self.moves)
                for agent in play.actors():
                    for spec in play.offered(agent):
                        arguments = data.draw(arguments_of(spec, self.people), label=spec.name)
                        self._is_answered(spec, arguments, await self.answer(play, agent, spec, arguments))

            self.played(story)

        self.for_all(check, st.data())

    @added_in("0.1")
    @rests_on("test_whatever_fits_the_schema_is_answered")
    def test_long_and_strange_texts_are_answered(self) -> None:
        """A model may write anything: long texts and signs of any script come to an outcome or a `Refusal` too."""

        async def story(play: Play) -> None:
            await play.make(self.moves)
            for agent in play.actors()[:1]:
                for spec in play.offered(agent):
                    for text in LONG_AND_STRANGE:
                        arguments = {**simplest(spec), **dict.fromkeys(texts_among(spec.parameters), text)}
                        self._is_answered(spec, arguments, await self.answer(play, agent, spec, arguments))

        self.played(story)

    async def answer(self, play: Play, agent: AgentId, spec: ActionSpec, arguments: Mapping[str, Any]) -> Any:
        """What comes of a call: an outcome, or what was raised."""
        try:
            return await play.part.act(ActionCall(agent, spec.name, deepcopy(dict(arguments))), play.turn(agent))
        except (Refusal, EffectUncertain):
            return Outcome(status="refused")
        except Exception as defect:
            return defect

    def _is_answered(self, spec: ActionSpec, arguments: Mapping[str, Any], answer: Any) -> None:
        self.promise(
            isinstance(answer, Outcome),
            seen=f"{called(spec.name, arguments)} came to {shown(answer)}",
            change='raise Refusal("…") with a sentence for the agent where a rule is broken, and return an Outcome, a '
            "text or None otherwise: anything else is a defect in the journal.",
        )

    @added_in("0.1")
    def test_reading_changes_nothing(self) -> None:
        """An action with the effect ``read`` changes no state."""
        self._leaves("read", lambda play, _: play.kept(), "its effect is what it touches: `world`, `internal`, …")

    @added_in("0.1")
    def test_what_is_internal_changes_only_the_agent_itself(self) -> None:
        """An action with the effect ``internal`` changes the state of its agent, and nobody else's."""

        def of_others(play: Play, agent: AgentId) -> dict[str, Any]:
            return {whose: state for whose, state in play.kept().items() if whose != agent}

        self._leaves("internal", of_others, "keep it in the state of this agent, or say effect='world'.")

    def _leaves(self, effect: str, kept: Callable[[Play, AgentId], Any], change: str) -> None:
        """That actions of this effect leave a state as it is."""

        def check(data: st.DataObject) -> None:
            async def story(play: Play) -> None:
                await play.invent(data, 4, self.moves)
                for agent in play.actors():
                    for spec in (each for each in play.offered(agent) if each.effect == effect):
                        arguments = data.draw(arguments_of(spec, self.people), label=spec.name)
                        before = kept(play, agent)
                        await play.do(agent, spec.name, arguments)
                        after = kept(play, agent)
                        self.promise(
                            before == after,
                            seen=f"{called(spec.name, arguments)} of {agent} changed {difference(before, after)}",
                            change=change,
                        )

            self.played(story)

        self.for_all(check, st.data(), examples=12)

    @added_in("0.1")
    @rests_on("test_the_same_calls_come_to_the_same")
    def test_readings_may_overlap(self) -> None:
        """Calls with the effect ``read`` may be under way at the same time: each comes to what it does alone."""

        async def story(play: Play) -> tuple[list[str], list[Outcome], list[Outcome]]:
            await play.make(self.moves)
            calls = [
                (agent, spec.name, arguments)
                for agent in play.actors()
                for spec in play.offered(agent)
                if spec.effect == "read"
                for arguments in (simplest(spec), *(move[2] for move in self.moves if move and move[1] == spec.name))
            ]
            alone = [await play.do(*call) for call in calls]
            together = await asyncio.gather(*(play.do(*call) for call in calls))
            return [called(action, arguments) for _, action, arguments in calls], alone, list(together)

        calls, alone, together = self.played(story)
        differing = [call for call, one, other in zip(calls, alone, together, strict=True) if one != other]
        self.promise(
            not differing,
            seen=f"alone and together, these came to different things: {', '.join(differing)}",
            change="keep nothing of a call on `self` across an await.",
        )

    @added_in("0.1")
    @rests_on("test_two_parts_share_nothing")
    def test_the_same_calls_come_to_the_same(self) -> None:
        """Two parts with the same seed and the same calls come to the same outcomes and the same state."""

        def check(data: st.DataObject) -> None:
            moves = self.played(lambda play: play.invent(data, 8, self.moves))

            async def story(play: Play) -> tuple[list[Any], dict[str, Any]]:
                made = await play.make(moves)
                return [*made, self.seen(play)], play.kept()

            (one, kept), (other, kept_too) = self.played(story), self.played(story)
            self.promise(
                one == other and kept == kept_too,
                seen=f"{len(moves)} moves came to {difference(one, other)}, and left {difference(kept, kept_too)}",
                change="draw random numbers from turn.random(key) or context.random(key), tell time by turn.now, and "
                "let nothing depend on the order of a set, on id() or on hash().",
            )

        self.for_all(check, st.data())

    @added_in("0.1")
    def test_a_call_that_was_broken_off_had_no_effect(self) -> None:
        """`CancelledError` passes through: a cancelled call had no effect, or its intent stands in the journal."""

        async def broken_off(play: Play, move: tuple[AgentId, str, Mapping[str, Any]]) -> str | None:
            before = play.kept()
            doing = asyncio.create_task(play.do(*move))
            await asyncio.sleep(0)
            if doing.done():
                return None  # it never waits, so nothing can break it off
            doing.cancel()
            await asyncio.gather(doing, return_exceptions=True)
            if not doing.cancelled():
                return f"{called(*move[1:])} went on as if it had not been cancelled"
            after = play.kept()
            return None if before == after else f"{called(*move[1:])}, cancelled, left {difference(before, after)}"

        async def story(play: Play) -> str | None:
            outside = {spec.name for agent in play.people for spec in play.offered(agent) if spec.effect == "external"}
            own = [(agent, spec.name, simplest(spec)) for agent in play.actors() for spec in play.offered(agent)]
            for move in (*self.moves, *own):
                if move is None:
                    await play.next_step()
                elif move[1] not in outside:
                    if (told := await broken_off(play, move)) is not None:
                        return told
                    await play.do(*move)
            return None

        told = self.played(story)
        self.promise(
            told is None,
            seen=told or "",
            change="wait for everything first, and change state only after the last await; let CancelledError pass.",
        )

    @added_in("0.1")
    def test_what_is_idempotent_may_be_done_twice(self) -> None:
        """Where an effect is idempotent, performing it twice with the same key is performing it once."""

        async def story(play: Play) -> list[tuple[str, Any, Any]]:
            told = []
            known = [move for move in self.moves if move is not None]
            own = [(agent, spec.name, simplest(spec)) for agent in play.actors() for spec in play.offered(agent)]
            for agent, action, arguments in (*known, *own):
                turn = play.turn(agent)
                await play.settle([(ActionCall(agent, action, deepcopy(dict(arguments))), turn)])
                for (key, effect, given, idempotent), result in zip(turn.effects, turn.results, strict=False):
                    again = await effect.perform(key, given) if idempotent else result
                    told.append((action, result, again))
            return told

        differing = [each for each in self.played(story) if each[1] != each[2]]
        self.promise(
            not differing,
            seen=f"performed again with the same key, (action, first, second) were {shown(differing[:1])}",
            change="hand the key on, so that the other side knows it again; or do not say that it is idempotent: after "
            "a crash the core repeats what is, and asks nobody.",
        )

    @added_in("0.1")
    def test_no_turn_is_kept(self) -> None:
        """A part never keeps a turn: after the call it is over."""

        async def story(play: Play) -> list[str]:
            turns: list[tuple[str, weakref.ref[TrialTurn]]] = []
            known = [move for move in self.moves if move is not None]
            own = [(agent, spec.name, simplest(spec)) for agent in play.actors() for spec in play.offered(agent)]
            for agent, action, arguments in (*known, *own):
                turn = play.turn(agent)
                turns.append((action, weakref.ref(turn)))
                await play.settle([(ActionCall(agent, action, deepcopy(dict(arguments))), turn)])
                del turn
            gc.collect()
            return sorted({action for action, turn in turns if turn() is not None})

        keeping = self.played(story)
        self.promise(
            not keeping,
            seen=f"a turn lived on after {', '.join(keeping)}",
            change="keep what is wanted of a turn (its agent, its step, what it emitted), not the turn itself.",
        )

    # ── What comes about between two steps ───────────────────────────────────────────────────────────────────

    @added_in("0.1")
    def test_what_comes_between_two_steps_are_changes(self) -> None:
        """`advance` returns deliveries, arrivals and departures."""

        async def story(play: Play) -> list[Any]:
            await play.make(self.moves)
            for _ in range(3):
                await play.next_step()
            return [each for each in play.changes if not isinstance(each, Change)]

        strange = self.played(story)
        self.promise(
            not strange,
            seen=f"advance returned {shown(strange[:1])}",
            change="return a list of Delivery, Arrival and Departure; an empty one where nothing comes about.",
        )
