# mypy: allow-untyped-defs, allow-incomplete-defs, allow-untyped-calls
"""What every memory backend promises, as tests: the seed of a conformance kit.

A backend is tried by a class of its own::

    pytest.register_assert_rewrite("memory.shared_memory_tests")  # in conftest.py: failures say what was there

    class TestMine(MemoryTests):
        durable = True  # whether what is kept outlives `close`

        def backend(self):
            return MyMemory(MyConfig())

Each method of the contract, and each sentence of it that all backends share, has a test here; what is found *first* is
each backend's own matter. `memory_machine` tries any order of deeds against a model of a few lines.
"""

import asyncio
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from hashlib import blake2b
from math import sqrt
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, ClassVar

from attrs import evolve, field, frozen
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from troupe_core.plugin import AgentId, Cue, Embedder, Marks, Memory, MemoryBackend, Vectors

__all__ = ["ANN", "BOB", "Lent", "MemoryTests", "WordsEmbedder", "cue", "everything", "memory", "memory_machine"]

NINE = datetime.fromisoformat("2026-03-02T09:00")
ANN, BOB = AgentId("Ann"), AgentId("Bob")
DIMENSIONS = 24
TEXTS = [
    "",
    "it rains",
    "it rains, it pours",
    "Good morning!",
    "早上好",
    "🦊 at the\ndoor",
    'she said "no"',
    "x" * 5000,
]


class WordsEmbedder(Embedder):
    """Which words a text has; enough to find it by them."""

    fingerprint = f"words-1:{DIMENSIONS}"
    dimensions = DIMENSIONS

    async def embed(self, texts, role):
        return Vectors.of([vector_of(text) for text in texts], DIMENSIONS)


def vector_of(text):
    """A unit vector of float32."""
    places = [0] * DIMENSIONS
    for word in text.lower().split() or [""]:
        places[blake2b(word.encode(), digest_size=1).digest()[0] % DIMENSIONS] += 1
    length = sqrt(sum(each * each for each in places))
    (row,) = Vectors.of([[each / length for each in places]], DIMENSIONS).rows()
    return row


@frozen
class Lent:
    """A context for tests."""

    folder: Path
    embedder: Embedder | None = field(factory=WordsEmbedder)

    async def ask(self, request: Any, *, purpose: str, agent: AgentId | None = None) -> Any:
        raise NotImplementedError

    async def build(self, kind: str, table: Any) -> Any:
        raise NotImplementedError

    def random(self, *key: str | int) -> Random:
        return Random(str(key))

    def granted(self, capability: str, agent: AgentId) -> bool:
        return False

    def holders(self) -> tuple[AgentId, ...]:
        return ()

    async def put_blob(self, data: bytes, media_type: str) -> str:
        raise NotImplementedError

    async def get_blob(self, ref: str) -> bytes:
        raise NotImplementedError


def memory(id_, text="it rains", *, step=0, **more):
    """A memory with a vector, as the core gives it."""
    at = NINE + timedelta(minutes=10 * step)
    return Memory(id=id_, text=text, kind="talk", step=step, at=at, vector=vector_of(text), **more)


def cue(text, count=5, exclude=()):
    """What an agent looks for, as the core says it."""
    return Cue(text=text, count=count, now=NINE, exclude=frozenset(exclude), vector=vector_of(text) if text else None)


async def everything(backend, agent):
    """Every id, as the backend gives them."""
    return [each async for each in backend.ids(agent)]


def found(hits):
    """Ids and scores."""
    return [(hit.memory.id, hit.score) for hit in hits]


class MemoryTests:
    """The tests; a subclass says how its backend is made."""

    durable: ClassVar[bool] = False

    def backend(self) -> MemoryBackend:
        """A backend that is not open yet."""
        raise NotImplementedError

    @asynccontextmanager
    async def opened(self, folder):
        backend = self.backend()
        await backend.open(Lent(folder))
        try:
            yield backend
        finally:
            await backend.close()

    def tried(self, folder, story):
        """What a story returns that is told to an open backend."""

        async def told():
            async with self.opened(folder) as backend:
                return await story(backend)

        return asyncio.run(told())

    def test_what_is_stored_is_got_back_whole_and_sorted(self, tmp_path):
        kept = [memory(f"m{n}", text, step=n, importance=n / 7, source=BOB) for n, text in enumerate(TEXTS)]
        kept.append(memory("of nobody", "the sun rises"))

        async def story(backend):
            await backend.store(ANN, kept[::-1])
            return await backend.get(ANN, ["unknown", *(each.id for each in kept)])

        assert self.tried(tmp_path, story) == kept

    def test_stored_twice_is_stored_once_and_stays_as_it_was(self, tmp_path):
        first, second = memory("a"), memory("a", "it snows", step=3)

        async def story(backend):
            await backend.store(ANN, [first, second])
            await backend.store(ANN, [second, memory("b")])
            await backend.store(ANN, [])
            return await backend.get(ANN, ["a", "a"]), sorted(await everything(backend, ANN))

        assert self.tried(tmp_path, story) == ([first], ["a", "b"])

    def test_each_agent_has_a_shelf_of_its_own(self, tmp_path):
        people = [AgentId(name) for name in ("Ann", "ann", "Ann ", "Änn", "安", "A/n.n", "n" * 300, "-")]

        async def story(backend):
            for number, name in enumerate(people):
                await backend.store(name, [memory("shared id", f"secret {number}"), memory(f"m{number}")])
            await backend.forget(people[0], ["shared id", "m1"])
            return [
                (sorted(await everything(backend, name)), [m.text for m in await backend.get(name, ["shared id"])])
                for name in people
            ]

        assert self.tried(tmp_path, story) == [
            (["m0"], []),
            *((sorted([f"m{n}", "shared id"]), [f"secret {n}"]) for n in range(1, len(people))),
        ]

    def test_search_gives_the_best_first_with_ties_by_id_and_nothing_that_is_excluded(self, tmp_path):
        kept = [memory(f"m{n:02}", TEXTS[n % 3], step=n) for n in range(30)]

        async def story(backend):
            await backend.store(ANN, kept)
            return [
                await backend.search(ANN, cue("it rains", count, exclude))
                for count, exclude in [(0, ()), (1, ()), (7, ["m01", "m29"]), (100, ["m00"]), (3, [m.id for m in kept])]
            ]

        none, one, seven, all_but_one, nothing = self.tried(tmp_path, story)
        assert [len(hits) for hits in (none, one, seven, all_but_one, nothing)] == [0, 1, 7, 29, 0]
        assert not {"m01", "m29"} & {hit.memory.id for hit in seven}
        assert len({hit.memory.id for hit in all_but_one}) == 29
        assert found(all_but_one) == sorted(found(all_but_one), key=lambda pair: (-pair[1], pair[0]))
        assert all(hit.memory in kept for hit in all_but_one)

    def test_who_perceives_nothing_recalls_something(self, tmp_path):
        async def story(backend):
            await backend.store(ANN, [memory(f"m{n}", step=n) for n in range(4)])
            return await backend.search(ANN, cue("", 2, ["m3"]))

        assert [hit.memory.id for hit in self.tried(tmp_path, story)] == ["m2", "m1"]

    def test_what_is_unknown_is_left_out_and_passed_over(self, tmp_path):
        async def story(backend):
            await backend.forget(ANN, ["x", ""])
            await backend.mark(ANN, {"x": Marks(strength=0.5)})
            await backend.store(ANN, [memory("a")])
            await backend.forget(ANN, ["x"])
            await backend.mark(ANN, {"x": Marks(strength=0.5)})
            return (
                await everything(backend, BOB),
                await backend.get(BOB, ["a"]),
                await backend.search(BOB, cue("it rains")),
                await backend.get(ANN, []),
                await everything(backend, ANN),
            )

        assert self.tried(tmp_path, story) == ([], [], [], [], ["a"])

    def test_marks_leave_the_memory_as_it_is(self, tmp_path):
        async def story(backend):
            await backend.store(ANN, [memory("a"), memory("b")])
            await backend.mark(ANN, {"a": Marks(strength=0.25, recalled=NINE, tier="long"), "b": Marks()})
            await backend.mark(ANN, {"a": Marks(tier="short")})
            return await backend.get(ANN, ["a", "b"])

        assert self.tried(tmp_path, story) == [memory("a"), memory("b")]

    def test_what_is_forgotten_is_gone_and_may_come_again(self, tmp_path):
        async def story(backend):
            await backend.store(ANN, [memory("a"), memory("b")])
            await backend.forget(ANN, ["a"])
            gone = found(await backend.search(ANN, cue("it rains"))), await backend.get(ANN, ["a"])
            await backend.store(ANN, [memory("a", "it snows")])
            return gone, await backend.get(ANN, ["a"])

        (hits, got), again = self.tried(tmp_path, story)
        assert [each for each, _ in hits] == ["b"]
        assert (got, again) == ([], [memory("a", "it snows")])

    def test_search_depends_on_the_contents_and_not_on_how_they_came(self, tmp_path):
        kept = [memory(f"m{n:03}", TEXTS[n % len(TEXTS)], step=n) for n in range(60)]
        cues = [cue("it rains", 9), cue("good morning!", 9, ["m003"]), cue("it pours", 60)]

        async def straight(backend):
            await backend.store(ANN, kept)
            return [found(await backend.search(ANN, each)) for each in cues]

        async def by_detours(backend):
            for each in kept:
                await backend.store(ANN, [each, memory(f"{each.id} passing")])
                await backend.search(ANN, cues[0])
            await backend.forget(ANN, [f"{each.id} passing" for each in kept])
            await backend.store(ANN, kept)
            return [found(await backend.search(ANN, each)) for each in cues]

        (tmp_path / "a").mkdir()
        (tmp_path / "b").mkdir()
        assert self.tried(tmp_path / "a", straight) == self.tried(tmp_path / "b", by_detours)

    def test_many_agents_remember_at_once(self, tmp_path):
        people = [AgentId(f"agent {n}") for n in range(20)]

        async def one(backend, name):
            await backend.store(name, [memory(f"{name}:{n}") for n in range(5)])
            hits = await backend.search(name, cue("it rains", 2))
            return [hit.memory.id.partition(":")[0] for hit in hits]

        async def story(backend):
            return await asyncio.gather(*(one(backend, name) for name in people))

        assert self.tried(tmp_path, story) == [[name, name] for name in people]

    def test_what_is_kept_outlives_closing_where_the_backend_says_so(self, tmp_path):
        async def first(backend):
            await backend.store(ANN, [memory("a"), memory("b")])
            await backend.forget(ANN, ["b"])

        async def then(backend):
            return await backend.get(ANN, ["a", "b"]), found(await backend.search(ANN, cue("it rains")))

        self.tried(tmp_path, first)
        got, hits = self.tried(tmp_path, then)
        assert got == ([memory("a")] if self.durable else [])
        assert [each for each, _ in hits] == (["a"] if self.durable else [])

    def test_any_deeds_in_any_order_leave_what_they_should(self):
        run_state_machine_as_test(
            memory_machine(self),
            settings=settings(
                max_examples=15,
                stateful_step_count=25,
                deadline=None,
                suppress_health_check=[HealthCheck.too_slow, HealthCheck.differing_executors],
            ),
        )


ids = st.sampled_from([f"{letter}{number}" for letter in "abc" for number in range(4)])
who = st.sampled_from([ANN, BOB])


def memory_machine(tests: MemoryTests) -> type[RuleBasedStateMachine]:
    """Any deeds in any order, against a dictionary for each agent."""

    class Deeds(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.loop = asyncio.Runner()
            self.folder = TemporaryDirectory(prefix="troupe-memory-")
            self.shelves: dict[AgentId, dict[str, Memory]] = {ANN: {}, BOB: {}}
            self.open()

        def open(self) -> None:
            self.backend = tests.backend()
            self.done(self.backend.open(Lent(Path(self.folder.name))))

        def done(self, deed: Any) -> Any:
            return self.loop.run(deed)

        @rule(agent=who, chosen=st.lists(st.tuples(ids, st.sampled_from(TEXTS)), max_size=6))
        def store(self, agent, chosen) -> None:
            memories = [evolve(memory(key, text), importance=0.1) for key, text in chosen]
            self.done(self.backend.store(agent, memories))
            for each in memories:
                self.shelves[agent].setdefault(each.id, each)

        @rule(agent=who, chosen=st.lists(ids, max_size=4))
        def forget(self, agent, chosen) -> None:
            self.done(self.backend.forget(agent, chosen))
            for each in chosen:
                self.shelves[agent].pop(each, None)

        @rule(agent=who, chosen=st.dictionaries(ids, st.builds(Marks, strength=st.none() | st.floats(0, 1))))
        def mark(self, agent, chosen) -> None:
            self.done(self.backend.mark(agent, chosen))

        @rule(agent=who, text=st.sampled_from(TEXTS), count=st.integers(0, 14), exclude=st.sets(ids, max_size=4))
        def search(self, agent, text, count, exclude) -> None:
            hits = self.done(self.backend.search(agent, cue(text, count, exclude)))
            wanted = self.shelves[agent].keys() - exclude
            assert len(hits) == min(count, len(wanted))
            assert {hit.memory.id for hit in hits} <= wanted
            assert found(hits) == sorted(found(hits), key=lambda pair: (-pair[1], pair[0]))

        @rule()
        def reopen(self) -> None:
            if tests.durable:
                self.done(self.backend.close())
                self.open()

        @invariant()
        def the_shelves_hold_what_they_should(self) -> None:
            for agent, shelf in self.shelves.items():
                assert sorted(self.done(everything(self.backend, agent))) == sorted(shelf)
                assert self.done(self.backend.get(agent, list(shelf))) == [shelf[each] for each in sorted(shelf)]

        def teardown(self) -> None:
            self.done(self.backend.close())
            self.loop.close()
            self.folder.cleanup()

    return Deeds
