"""The kit for faculties: each sentence of `Faculty`, and of what every `ActionProvider` promises."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any, ClassVar

from attrs import asdict

from troupe_core.testing.lent.memories import cue, memory
from troupe_core.testing.lent.trial_turn import TrialTurn
from troupe_core.testing.promised.acting import ActionTests
from troupe_core.testing.trying.kit_versions import added_in
from troupe_core.testing.trying.llm_forms import form
from troupe_core.testing.trying.play import Play
from troupe_core.testing.trying.resting import rests_on
from troupe_core.testing.trying.schema_subset import outside_the_subset
from troupe_core.testing.trying.simplest import simplest
from troupe_core.testing.trying.telling import difference
from troupe_core.values.action import ActionSpec, Outcome
from troupe_core.values.canonical import canonical
from troupe_core.values.ids import AgentId
from troupe_core.values.memory import Cue, Memory
from troupe_core.values.percept import Percept
from troupe_core.values.stimulus import Stimulus

__all__ = ["FacultyConformance"]

_HOOKS = ("attend", "encode", "cue", "prompt", "asks")
_OUTCOMES = (Outcome(text="Nobody answers."), Outcome(status="refused", text="Not here."), Outcome())


class FacultyConformance(ActionTests):
    """Derive a class whose name begins with ``Test``; set `component`, or `factory`.

    `answers` are answers of the model to what it `asks`: without them, the simplest that fit are made up.
    """

    kind: ClassVar[str] = "faculty"

    answers: ClassVar[Sequence[Mapping[str, Any]]] = ()
    """What the model told, one table a turn, used in turn."""

    async def exercise(self, part: Any) -> None:
        await super().exercise(part)
        play = self.play(part)
        for agent in play.people:
            turn = play.turn(agent)
            _all_hooks(part, turn)
            await part.after(turn, self.told(part, turn), _OUTCOMES)

    async def traces(self, part: Any) -> Any:
        play = self.play(part)
        return play.kept(), [_all_hooks(part, play.turn(agent)) for agent in play.people]

    def seen(self, play: Play) -> Any:
        """What the faculty makes of a turn of each, now."""
        return {str(agent): _all_hooks(play.part, play.turn(agent)) for agent in play.people}

    def told(self, part: Any, turn: TrialTurn) -> dict[str, Any]:
        """The model's answer to what is asked in this turn."""
        if self.answers:
            return dict(self.answers[turn.step % len(self.answers)])
        return simplest(ActionSpec(name="told", summary="All that was asked.", parameters=form(part.asks(turn))))

    async def live(self, play: Play, people: Sequence[str], steps: int) -> list[Any]:
        """Some turns of these people; returns what `after` gave, turn by turn."""
        made = []
        for _ in range(steps):
            for agent in map(AgentId, people):
                turn = play.turn(agent)
                made.append(await play.part.after(turn, self.told(play.part, turn), _OUTCOMES))  # type: ignore[attr-defined]
            await play.next_step()
        return made

    # ── Until `after` ────────────────────────────────────────────────────────────────────────────────────────

    @added_in("0.1")
    def test_until_after_it_only_reads(self) -> None:
        """Until `after`, a faculty only reads: `attend`, `encode`, `cue`, `prompt` and `asks` change nothing, and
        called once more they give the same.
        """

        async def story(play: Play) -> tuple[list[str], list[str]]:
            await self.live(play, self.people, 2)
            changing, other = [], []
            for name in _HOOKS:
                turn = play.turn(AgentId(self.people[0]))
                kept = play.kept()
                one, again = _hook(play.part, name, turn), _hook(play.part, name, turn)
                if play.kept() != kept:
                    changing.append(name)
                elif one != again:
                    other.append(name)
            return changing, other

        changing, other = self.played(story)
        self.promise(
            not changing and not other,
            seen=f"changed its state: {', '.join(changing) or 'none'}; gave something else when it was called again: "
            f"{', '.join(other) or 'none'}",
            change="do in `after` whatever changes something: deciding is concurrent, and may be done again. Draw from "
            "turn.random(…) alone.",
        )

    @added_in("0.1")
    def test_attend_chooses_and_orders_what_was_perceived(self) -> None:
        """`attend` says what of the percepts reaches the mind, and in which order: percepts, none of them twice, each
        of a stimulus that was there.
        """

        async def story(play: Play) -> list[Any]:
            return [list(play.part.attend(play.turn(agent), _percepts())) for agent in play.people]  # type: ignore[attr-defined]

        told = self.played(story)
        there = [each.stimulus for each in _percepts()]
        wrong = [
            each
            for kept in told
            for place, each in enumerate(kept)
            if not isinstance(each, Percept) or each.stimulus not in there or each in kept[:place]
        ]
        self.promise(
            not wrong,
            seen=f"not among what was perceived, or there twice: {wrong[:1]!r}",
            change="return some of the percepts, in another order if need be; change a text with attrs.evolve(percept, "
            "text=…). What an agent thinks up is for `prompt`, or a memory from `after`.",
        )

    @added_in("0.1")
    def test_encode_keeps_the_id(self) -> None:
        """`encode` says how something is kept, its importance and its wording; the id stays."""

        async def story(play: Play) -> list[tuple[Memory, Any]]:
            turn, kept = play.turn(play.people[0]), [memory(f"m{n}", text) for n, text in enumerate(_SAID)]
            return [(each, play.part.encode(turn, each)) for each in kept]  # type: ignore[attr-defined]

        wrong = [(was, now) for was, now in self.played(story) if not isinstance(now, Memory) or was.id != now.id]
        self.promise(
            not wrong,
            seen=f"{wrong[:1]!r}",
            change="return attrs.evolve(memory, importance=…, text=…), or the memory as it is.",
        )

    @added_in("0.1")
    def test_cue_gives_a_cue(self) -> None:
        """`cue` says what is looked for in memory: a `Cue`, of which at least none are wanted."""

        async def story(play: Play) -> list[Any]:
            turn = play.turn(play.people[0])
            return [play.part.cue(turn, each) for each in (cue("it rains"), cue("", 0), cue("x", 3, ["m1"]))]  # type: ignore[attr-defined]

        told = self.played(story)
        wrong = [each for each in told if not isinstance(each, Cue) or type(each.count) is not int or each.count < 0]
        self.promise(
            not wrong,
            seen=f"{wrong[:1]!r}",
            change="return attrs.evolve(cue, text=…, count=…), or the cue as it is.",
        )

    @added_in("0.1")
    def test_prompt_is_a_short_paragraph_or_nothing(self) -> None:
        """`prompt` is what the model is told besides, a short paragraph of at most 2000 characters; or None."""

        async def story(play: Play) -> list[Any]:
            told = [play.part.prompt(play.turn(agent)) for agent in play.people]  # type: ignore[attr-defined]
            await self.live(play, self.people, 12)
            return [*told, *(play.part.prompt(play.turn(agent)) for agent in play.people)]  # type: ignore[attr-defined]

        wrong = [each for each in self.played(story) if each is not None and not _is_short(each)]
        self.promise(
            not wrong,
            seen=f"{len(str(wrong[0]))} characters: {str(wrong[0])[:100]!r}…" if wrong else "",
            change="return a few sentences, the same length after many turns as after one: what is longer is cut, and "
            "every request pays for it.",
        )

    @added_in("0.1")
    def test_asks_gives_schemas_that_providers_enforce(self) -> None:
        """`asks` gives further fields of the one answer, each with a JSON Schema of the subset that providers enforce;
        none of them is called ``actions``.
        """

        async def story(play: Play) -> list[str]:
            asked = play.part.asks(play.turn(play.people[0]))  # type: ignore[attr-defined]
            told = [problem for name, schema in asked.items() for problem in outside_the_subset(schema, name)]
            strange = [repr(name) for name in asked if not isinstance(name, str) or name == "actions"]
            return [*told, *(f"a field is called {name}" for name in strange)]

        told = self.played(story)
        self.promise(
            not told,
            seen="; ".join(told[:4]),
            change="use type, enum, const, anyOf, items and properties, all of them required, with "
            "additionalProperties false; and names of its own, such as mood_why.",
        )

    # ── after ────────────────────────────────────────────────────────────────────────────────────────────────

    @added_in("0.1")
    def test_after_gives_memories(self) -> None:
        """`after` gives what is remembered besides: memories that the journal can hold, each with an id of its own."""

        async def story(play: Play) -> list[list[Any]]:
            made = await self.live(play, self.people, 3)
            return [[each for turn in made[n :: len(self.people)] for each in turn] for n in range(len(self.people))]

        for kept in self.played(story):
            wrong = [problem for each in kept if (problem := _no_memory(each)) is not None]
            ids = [getattr(each, "id", None) for each in kept]
            twice = sorted({str(each) for each in ids if ids.count(each) > 1})
            self.promise(
                not wrong and not twice,
                seen=f"no memories: {wrong[:2]}; ids that one agent got twice in three turns: {twice[:3]}",
                change='return Memory(id=f"mood:{turn.step}", text=…, kind=…, step=turn.step, at=turn.now), or (): '
                "storing twice is storing once, so a second one of the same id would be lost.",
            )

    @added_in("0.1")
    @rests_on("test_after_gives_memories")
    def test_after_takes_an_answer_that_tells_nothing(self) -> None:
        """`told` holds the answers to `asks`: none of them, where the model gave no answer that could be used."""

        async def story(play: Play) -> None:
            for agent in play.people:
                await play.part.after(play.turn(agent), {}, ())  # type: ignore[attr-defined]

        self.played(story)

    @added_in("0.1")
    @rests_on("test_after_gives_memories", "test_until_after_it_only_reads", "test_the_same_calls_come_to_the_same")
    def test_the_state_of_one_agent_is_not_anothers(self) -> None:
        """One object serves all, with state by agent: what one lives through changes nothing for another."""

        async def story(play: Play) -> tuple[Any, Any]:
            first, *others = self.people
            before = [_all_hooks(play.part, play.turn(AgentId(name))) for name in others]
            turn = play.turn(AgentId(first))
            await play.part.after(turn, self.told(play.part, turn), _OUTCOMES)  # type: ignore[attr-defined]
            return before, [_all_hooks(play.part, play.turn(AgentId(name))) for name in others]

        before, after = self.played(story)
        self.promise(
            before == after,
            seen=f"after a turn of {self.people[0]} alone, others have: {difference(before, after)}",
            change="keep state in a table by agent: self._moods[turn.agent].",
        )

    @added_in("0.1")
    @rests_on(
        "test_after_gives_memories",
        "test_until_after_it_only_reads",
        "test_its_state_is_json",
        "test_two_parts_share_nothing",
        "test_a_restored_part_goes_on_as_the_first_would_have",
    )
    def test_what_was_lived_through_is_restored(self) -> None:
        """What `after` leaves behind is in `snapshot`, by agent: once it is put back, the agent goes on as before."""

        async def lived(play: Play) -> tuple[Any, Any, Any]:
            await self.live(play, self.people, 3)
            return play.where(), json.loads(canonical(play.kept())), self.seen(play)

        where, kept, before = self.played(lived)

        async def restored(part: Any) -> Any:
            play = self.play(part)
            play.open_at(where)
            play.restore(kept)
            return self.seen(play)

        after = self.tried(restored)
        self.promise(
            before == after,
            seen=f"after three turns, a snapshot and a restart, another: {difference(before, after)}",
            change="return from snapshot(agent) all that later turns depend on, and take it back in `restore`.",
        )

    @added_in("0.1")
    @rests_on("test_the_state_of_one_agent_is_not_anothers", "test_what_was_lived_through_is_restored")
    def test_after_may_be_cancelled(self) -> None:
        """`CancelledError` passes through `after`, and a turn that was broken off leaves the agent as it was."""

        async def story(play: Play) -> tuple[str, Any, Any]:
            agent = play.people[0]
            await self.live(play, [agent], 1)
            turn = play.turn(agent)
            told, before = self.told(play.part, turn), deepcopy(play.kept())
            task = asyncio.ensure_future(play.part.after(turn, told, _OUTCOMES))  # type: ignore[attr-defined]
            await asyncio.sleep(0)
            if task.done():
                return "was done", None, None
            task.cancel()
            await asyncio.wait([task], timeout=5)
            return ("was cancelled" if task.cancelled() else "went on all the same"), before, play.kept()

        came, before, after = self.played(story)
        self.promise(
            came.startswith("was") and before == after,
            seen=f"a turn that was cancelled {came}; changed: {difference(before, after)}",
            change="wait first, and write to `self` last; catch Exception, never BaseException.",
        )


_SAID = ("", "it rains", "Good morning!", "早上好", "x" * 20_000)


def _percepts() -> list[Percept]:
    stimuli = [Stimulus(text=text, kind="talk", source=AgentId("Bob"), id=f"s{n}") for n, text in enumerate(_SAID)]  # type: ignore[arg-type]
    return [Percept(each, each.text or "silence") for each in stimuli]


def _hook(part: Any, name: str, turn: TrialTurn) -> Any:
    given: dict[str, tuple[Any, ...]] = {
        "attend": (_percepts(),),
        "encode": (memory("m", "Good morning!"),),
        "cue": (cue("it rains"),),
    }
    return deepcopy(getattr(part, name)(turn, *given.get(name, ())))


def _all_hooks(part: Any, turn: TrialTurn) -> dict[str, Any]:
    return {name: _hook(part, name, turn) for name in _HOOKS}


def _is_short(told: Any) -> bool:
    return isinstance(told, str) and len(told) <= 2000


def _no_memory(told: Any) -> str | None:
    if not isinstance(told, Memory):
        return f"{type(told).__name__} came"
    try:
        canonical({**asdict(told), "at": told.at.isoformat()})
    except Exception as fault:
        return f"{told.id}: {fault}"
    return None
