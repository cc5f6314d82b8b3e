"""What everything promises that offers actions: tools, worlds and faculties; each sentence of `ActionProvider`."""

import asyncio
import gc
import json
import weakref
from collections.abc import Awaitable, Callable, Mapping, Sequence
from copy import deepcopy
from math import isfinite
from typing import Any, ClassVar, TypeVar

from hypothesis import strategies as st

from troupe_core.contracts.action_provider import ActionProvider
from troupe_core.errors import EffectUncertain, Refusal
from troupe_core.testing.arguments import LONG_AND_STRANGE, arguments_of, texts_among
from troupe_core.testing.conformance import Conformance
from troupe_core.testing.kit_versions import added_in
from troupe_core.testing.play import NOBODY, Move, Play
from troupe_core.testing.resting import rests_on
from troupe_core.testing.schema_subset import outside_the_subset
from troupe_core.testing.trial_context import TrialContext
from troupe_core.testing.trial_turn import TrialTurn
from troupe_core.values.action import ActionCall, ActionSpec, Outcome
from troupe_core.values.canonical import canonical
from troupe_core.values.change import Change
from troupe_core.values.ids import AgentId

__all__ = ["ActionTests", "difference", "shown", "simplest"]

T = TypeVar("T")


class ActionTests(Conformance):
    """What is tried with people who act: with arguments that fit the schemas, and with those that an author gives."""

    people: ClassVar[Sequence[str]] = ("Ann", "Bob Lee", "Änne 安")
    """Who is there and holds the part, in order of rank."""

    calls: ClassVar[Sequence[tuple[Any, ...]]] = ()
    """Calls that succeed, in this order: ``("action", {arguments})``, by the first of `people`, or
    ``("action", {arguments}, "Bob Lee")``; ``()`` for the next step. Without them, all arguments are made up."""

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

    # ── What is offered ──────────────────────────────────────────────────────────────────────────────────────

    @added_in("0.1")
    def test_each_action_has_a_name_of_its_own_and_says_what_it_does(self) -> None:
        """An action has a name that no other has here, and a sentence for the agent."""

        async def story(play: Play) -> tuple[list[str], list[str]]:
            offers = [play.part.actions(agent) for agent in play.people]
            silent = sorted({spec.name for specs in offers for spec in specs if not spec.summary.strip()})
            names = [[spec.name for spec in specs] for specs in offers]
            return silent, sorted({name for own in names for name in own if own.count(name) > 1})

        silent, twice = self.played(story)
        self.promise(
            not silent and not twice,
            seen=f"without a sentence: {silent}; offered twice to one agent: {twice}",
            change="write a docstring under each @action method, or give ActionSpec a summary; and a name= of its own.",
        )

    @added_in("0.1")
    def test_parameters_keep_to_what_providers_enforce(self) -> None:
        """The parameters of an action are a JSON Schema of the subset that model providers enforce."""

        async def story(play: Play) -> list[str]:
            specs = [spec for agent in play.people for spec in play.part.actions(agent)]
            told = (f"{spec.name}: {what}" for spec in specs for what in outside_the_subset(spec.parameters))
            return list(dict.fromkeys(told))

        outside = self.played(story)
        self.promise(
            not outside,
            seen="; ".join(outside[:4]),
            change="use type, enum, const, anyOf, items and properties, all of them required, with "
            "additionalProperties false; an optional one takes null. What else is wanted, check in the action and "
            "raise Refusal.",
        )

    @added_in("0.1")
    def test_the_same_offer_is_the_same_objects(self) -> None:
        """Specs compare by identity: as long as nothing has changed, the same objects are handed out."""

        async def story(play: Play) -> list[str]:
            offers = [(play.part.actions(agent), play.part.actions(agent)) for agent in play.people]
            pairs = [pair for one, other in offers for pair in zip(one, other, strict=False)]
            return sorted({one.name for one, other in pairs if one is not other})

        anew = self.played(story)
        self.promise(
            not anew,
            seen=f"made anew at each call: {', '.join(anew)}",
            change="make the specs once, in __init__ or where something changes, and return those from `actions`: the "
            "core compares them for every agent in every turn.",
        )

    @added_in("0.1")
    def test_what_its_actions_ask_for_is_declared(self) -> None:
        """A component declares every capability that one of its actions may need to be granted."""
        declared = self._declared

        async def story(play: Play) -> list[str]:
            specs = [spec for agent in play.people for spec in play.part.actions(agent)]
            asked = {spec.capability for spec in specs if spec.capability is not None}
            return sorted(asked - set(declared))

        missing = self.played(story)
        self.promise(
            not missing,
            seen=f"actions ask for {', '.join(missing)}, the component declares {', '.join(declared) or 'nothing'}",
            change="name it in the Component: capabilities=(…,). People decide by that what they install.",
        )

    # ── What is done ─────────────────────────────────────────────────────────────────────────────────────────

    @added_in("0.1")
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
            seen=f"{_call(spec.name, arguments)} came to {shown(answer)}",
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
                            seen=f"{_call(spec.name, arguments)} of {agent} changed {difference(before, after)}",
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
            return [_call(action, arguments) for _, action, arguments in calls], alone, list(together)

        calls, alone, together = self.played(story)
        differing = [call for call, one, other in zip(calls, alone, together, strict=True) if one != other]
        self.promise(
            not differing,
            seen=f"alone and together, these came to different things: {', '.join(differing)}",
            change="keep nothing of a call on `self` across an await.",
        )

    @added_in("0.1")
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
                return f"{_call(*move[1:])} went on as if it had not been cancelled"
            after = play.kept()
            return None if before == after else f"{_call(*move[1:])}, cancelled, left {difference(before, after)}"

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

    # ── What is kept ─────────────────────────────────────────────────────────────────────────────────────────

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
                        seen=f"the state of {whose or 'nobody in particular'} holds {at}",
                        change="return text, numbers, true, false, None, and lists, and tables with text for keys.",
                    )

            self.played(story)

        self.for_all(check, st.data(), examples=10)

    @added_in("0.1")
    @rests_on("test_its_state_is_json", "test_the_same_calls_come_to_the_same")
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
                return before, kept, [*moves, *later], (made, seen, play.kept())

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
                return again, (made, seen, play.kept())

            again, gone_on = self.tried(restored)
            self.promise(
                _through_json(again) == stored and gone_on == straight,
                seen=f"the state as it was kept and as it is once restored: {difference(kept, again)}; what came "
                f"after {len(moves)} more moves: {difference(straight, gone_on)}",
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
                    deed = "advance" if move is None else f"{_call(*move[1:])} of {move[0]}"
                    self.promise(
                        not changed,
                        seen=f"{deed} changed the state of {', '.join(changed)}",
                        change="return it from snapshot(None): the core keeps an agent's state only where that agent "
                        "has had a turn.",
                    )

            self.played(story)

        self.for_all(check, st.data(), examples=12)

    def seen(self, play: Play) -> Any:
        """What people perceive now, where the kit's kind shows them anything."""
        return None


def simplest(spec: ActionSpec) -> dict[str, Any]:
    """Arguments that fit the spec: the first of each choice, a word for a text, nothing in a list."""
    properties: Any = spec.parameters.get("properties", {})
    return {name: _simplest(schema) for name, schema in properties.items()}


def _simplest(schema: Any) -> Any:
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return schema["enum"][0]
    if "anyOf" in schema:
        return _simplest(schema["anyOf"][0])
    kind = schema.get("type", "string")
    kind = kind if isinstance(kind, str) else kind[0]
    if kind == "object":
        return {name: _simplest(each) for name, each in schema.get("properties", {}).items()}
    values: dict[str, Any] = {"string": "word", "integer": 1, "number": 1.0, "boolean": True, "array": [], "null": None}
    return values[kind]


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


def _call(action: str, arguments: Mapping[str, Any]) -> str:
    return f"{action}({', '.join(f'{name}={shown(value)}' for name, value in arguments.items())})"


def shown(value: Any) -> str:
    """A value, cut to a readable length."""
    text = repr(value)
    return text if len(text) <= 160 else f"{text[:160]}…"


def difference(one: Any, other: Any) -> str:
    """Where two values differ, as shortly as it can be said."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        keys = [key for key in {**one, **other} if one.get(key) != other.get(key)]
        return f"[{keys[0]!r}] " + difference(one.get(keys[0]), other.get(keys[0])) if keys else "nothing"
    if isinstance(one, list | tuple) and isinstance(other, list | tuple) and len(one) == len(other):
        places = [place for place, pair in enumerate(zip(one, other, strict=True)) if pair[0] != pair[1]]
        return f"[{places[0]}] " + difference(one[places[0]], other[places[0]]) if places else "nothing"
    return "nothing" if one == other else f"{shown(one)} and {shown(other)}"
