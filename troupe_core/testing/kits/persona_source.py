"""The kit for persona sources: each sentence of `PersonaSource`, as a test."""

import asyncio
import tracemalloc
from random import Random
from typing import Any, ClassVar

from attrs import asdict
from hypothesis import strategies as st

from troupe_core.testing.conformance import Conformance
from troupe_core.testing.trying.kit_versions import added_in
from troupe_core.testing.trying.resting import rests_on
from troupe_core.testing.trying.telling import difference
from troupe_core.values.canonical import canonical
from troupe_core.values.persona import Persona
from troupe_core.values.streams import stream

__all__ = ["PersonaSourceConformance"]

_MANY = 1_000_000
_FEW = 3
_MOST_DRAWN = 5_000
"""So often may chance be asked for three people."""
_MOST_BYTES = 8_000_000
"""So much more memory may the first three of a million take than three alone."""


class PersonaSourceConformance(Conformance):
    """Derive a class whose name begins with ``Test``; set `component`, or `factory`; and `most`, where it is small."""

    kind = "persona_source"

    most: ClassVar[int] = 40
    """How many people it can give at least: a source that has only so many may end there."""

    async def exercise(self, part: Any) -> None:
        await _people(part, _FEW)

    async def traces(self, part: Any) -> Any:
        return _named(await _people(part, min(_FEW, self.most)))

    @added_in("0.1")
    def test_it_gives_as_many_people_as_are_asked_for(self) -> None:
        """`personas` gives `count` personas, one after the other, and never more."""

        async def story(source: Any) -> dict[int, list[Any]]:
            return {count: await _people(source, count) for count in (1, 2, self.most)}

        told = self.tried(story)
        strangers = [each for people in told.values() for each in people if not isinstance(each, Persona)]
        counts = {count: len(people) for count, people in told.items()}
        self.promise(
            not strangers and all(count == given for count, given in counts.items()),
            seen=f"asked for and given: {counts}; no personas: {strangers[:2]!r}",
            change="yield `count` objects of Persona. Where there are fewer, set `most` in the test class to how many "
            "there are.",
        )

    @added_in("0.1")
    @rests_on("test_it_gives_as_many_people_as_are_asked_for", "test_the_same_chance_gives_the_same_people")
    def test_the_first_do_not_depend_on_how_many_follow(self) -> None:
        """The first n do not depend on `count`: a study of ten can be made one of a thousand."""

        def check(few: int, more: int, seed: int) -> None:
            async def story(source: Any) -> tuple[list[Any], list[Any]]:
                count = min(few + more, self.most)
                return await _people(source, min(few, count), seed), await _people(source, count, seed)

            some, all_ = self.tried(story)
            self.promise(
                some == all_[: len(some)],
                seen=f"{len(some)} asked for alone and the first of {len(all_)}: {_apart(some, all_[: len(some)])}",
                change="draw for each person as it comes, with a stream of its own: Random(f'{random.random()}') made "
                "once, or quotas that are filled in a fixed order; nothing that is shared out by `count`.",
            )

        self.for_all(check, st.integers(1, 12), st.integers(0, 30), st.integers(0, 3), examples=15)

    @added_in("0.1")
    def test_the_same_chance_gives_the_same_people(self) -> None:
        """All chance is in `random`: the same stream gives the same people, in this part and in another."""

        async def story(source: Any) -> list[list[Any]]:
            return [await _people(source, min(12, self.most), 5) for _ in range(2)]

        told = [*self.tried(story), *self.tried(story)]
        other = next((each for each in told if each != told[0]), told[0])
        self.promise(
            other == told[0],
            seen=f"the same stream, and once more: {_apart(told[0], other)}",
            change="draw from `random` alone: no module `random`, no clock, no set order, no count that goes on.",
        )

    @added_in("0.1")
    def test_nobody_comes_twice(self) -> None:
        """Names are unique: two people of one name cannot take part in one simulation."""

        async def story(source: Any) -> list[str]:
            return [getattr(each, "name", repr(each)) for each in await _people(source, self.most)]

        names = self.tried(story)
        twice = sorted({name for name in names if names.count(name) > 1})
        self.promise(
            not twice,
            seen=f"of {len(names)} people, {len(twice)} names come more than once: {twice[:5]}",
            change="give whoever would have a taken name another: a second first name, a number.",
        )

    @added_in("0.1")
    def test_people_are_plain_data(self) -> None:
        """A persona is data that JSON can hold: the journal keeps it."""

        async def story(source: Any) -> list[str]:
            told = []
            for each in await _people(source, self.most):
                try:
                    canonical(asdict(each))
                except Exception as fault:
                    told.append(f"{getattr(each, 'name', each)}: {fault}")
            return told

        told = self.tried(story)
        self.promise(
            not told,
            seen="; ".join(told[:3]),
            change="put text, whole numbers, finite numbers, lists and tables into a Persona: no dates, no numpy.",
        )

    @added_in("0.1")
    def test_people_come_one_by_one(self) -> None:
        """People are streamed: whoever takes three of a million pays for three."""

        async def first(source: Any, count: int) -> tuple[int, int]:
            random = _Counting(7)
            tracemalloc.start()
            try:
                await _some(source, count, random)
                return random.drawn, tracemalloc.get_traced_memory()[1]
            finally:
                tracemalloc.stop()

        async def story(source: Any) -> tuple[tuple[int, int], tuple[int, int]]:
            await _some(source, _FEW, stream(7, "kit"))
            return await first(source, _FEW), await first(source, _MANY)

        few, many = self.tried(story)
        drawn, grown = many[0] - few[0], many[1] - few[1]
        self.promise(
            drawn <= _MOST_DRAWN and grown <= _MOST_BYTES,
            seen=f"taking {_FEW} of {_MANY:,} asked chance {drawn:,} times more, and took {grown / 1e6:,.1f} MB more, "
            f"than taking {_FEW} of {_FEW}",
            change="yield each person as soon as it is drawn: no list of all of them, no shuffle of all of them.",
        )

    @added_in("0.1")
    @rests_on("test_the_same_chance_gives_the_same_people", "test_it_gives_as_many_people_as_are_asked_for")
    def test_several_may_be_drawn_at_once_and_broken_off(self) -> None:
        """Two populations may be drawn from one part at the same time, and either may be broken off."""

        async def story(source: Any) -> tuple[list[Any], list[Any]]:
            count = min(8, self.most)
            alone = await _people(source, count, 1)
            one, other = (source.personas(count, stream(seed, "kit")) for seed in (1, 2))
            mixed = []
            for number in range(count):
                mixed.append(await anext(one))
                if number < _FEW:
                    await anext(other, None)
                    await anext(other, None)
                elif number == _FEW and hasattr(other, "aclose"):
                    await other.aclose()
            return alone, mixed

        alone, mixed = self.tried(story)
        self.promise(
            alone == mixed,
            seen=f"alone, and while another was drawn and broken off: {_apart(alone, mixed)}",
            change="keep where a population has come to in local names of the generator, not on `self`.",
        )


class _Counting(Random):
    """Counts how often it is asked."""

    drawn = 0

    def random(self) -> float:
        self.drawn += 1
        return super().random()

    def getrandbits(self, k: int, /) -> int:
        self.drawn += 1
        return super().getrandbits(k)


async def _people(source: Any, count: int, seed: int = 7) -> list[Any]:
    """All of them, or the first that are too many."""
    people: list[Any] = []
    async for each in source.personas(count, stream(seed, "kit")):
        people.append(each)
        if len(people) > count + 2:
            break
    return people


async def _some(source: Any, count: int, random: Random) -> None:
    """The first three of so many."""
    people = source.personas(count, random)
    try:
        for _ in range(_FEW):
            await anext(people, None)
    finally:
        if hasattr(people, "aclose"):
            await people.aclose()
        await asyncio.sleep(0)


def _apart(some: list[Any], others: list[Any]) -> str:
    """Whose the first difference is, and what it is."""
    if len(some) != len(others):
        return f"{len(some)} people and {len(others)}"
    differ = (pair for pair in zip(some, others, strict=True) if pair[0] != pair[1])
    one, other = next(differ, (None, None))
    if isinstance(one, Persona) and isinstance(other, Persona) and one.name == other.name:
        return f"{one.name} {difference(asdict(one), asdict(other))}"
    return f"{_named([one])[0]} and {_named([other])[0]}"


def _named(people: list[Any]) -> list[str]:
    return [getattr(each, "name", repr(each)) for each in people[:6]]
