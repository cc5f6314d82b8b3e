"""The kit for memory backends: each sentence of `MemoryBackend`, as a test.

What is found *first* is each backend's own matter: a kit does not try how good it is, but that it is what was promised.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, ClassVar

from attrs import evolve
from hypothesis import strategies as st

from troupe_core.errors import MemoryBackendError
from troupe_core.testing.conformance import Conformance
from troupe_core.testing.kit_versions import added_in
from troupe_core.testing.memories import TEXTS, cue, memory
from troupe_core.testing.memory_deeds import try_deeds
from troupe_core.testing.resting import rests_on
from troupe_core.values.ids import AgentId
from troupe_core.values.memory import Hit, Marks, Memory

__all__ = ["MemoryBackendConformance"]

_ANN, _BOB = AgentId("Ann"), AgentId("Bob")


class MemoryBackendConformance(Conformance):
    """Derive a class whose name begins with ``Test``; set `component`, or `factory`; and `durable` where it is so."""

    kind = "memory_backend"

    durable: ClassVar[bool] = False
    """Whether what is kept in the context's folder, or elsewhere, outlives `close`."""

    async def exercise(self, part: Any) -> None:
        await part.store(_ANN, [memory("a"), memory("b", "it snows", step=1)])
        await part.search(_ANN, cue("it rains"))
        await part.get(_ANN, ["a"])
        await part.mark(_ANN, {"a": Marks(strength=0.5)})
        await part.forget(_ANN, ["b"])
        await _ids(part, _ANN)

    async def traces(self, part: Any) -> Any:
        return await _ids(part, _ANN), _found(await part.search(_ANN, cue("it rains")))

    # ── store and get ────────────────────────────────────────────────────────────────────────────────────────

    @added_in("0.1")
    def test_what_is_stored_is_got_back_whole(self) -> None:
        """A memory is kept as it is: text, kind, step, time, source, importance and vector."""
        kept = [memory(f"m{n}", text, step=n, importance=n / 7, source=_BOB) for n, text in enumerate(TEXTS)]
        kept.append(memory("of nobody", "the sun rises"))

        async def story(backend: Any) -> list[Memory]:
            await backend.store(_ANN, kept)
            return [each for one in kept for each in await backend.get(_ANN, [one.id])]

        got = self.tried(story)
        lost = [(was, now) for was, now in zip(kept, got, strict=False) if was != now]
        self.promise(
            got == kept,
            seen=f"of {len(kept)} memories {len(got)} came back; changed: {lost[:1]!r}",
            change="keep every field of `Memory`, floats as they are, times to the microsecond, None as None.",
        )

    @added_in("0.1")
    def test_get_sorts_by_id_and_leaves_out_what_is_unknown(self) -> None:
        """`get` gives memories sorted by id, each once; unknown ids are left out."""

        async def story(backend: Any) -> Sequence[Memory]:
            await backend.store(_ANN, [memory("c"), memory("a"), memory("b")])
            got: Sequence[Memory] = await backend.get(_ANN, ["b", "unknown", "c", "a", "b"])
            return got

        got = [each.id for each in self.tried(story)]
        self.promise(
            got == ["a", "b", "c"],
            seen=f"after store of c, a, b, get of b, unknown, c, a, b gave {got}",
            change="return [shelf[id] for id in sorted(set(ids)) if id in shelf].",
        )

    @added_in("0.1")
    def test_storing_twice_is_storing_once(self) -> None:
        """Storing twice is storing once, and what is kept stays as it was first."""
        first, second = memory("a"), memory("a", "it snows", step=3)

        async def story(backend: Any) -> tuple[Sequence[Memory], list[str]]:
            await backend.store(_ANN, [first, second])
            await backend.store(_ANN, [second, memory("b")])
            await backend.store(_ANN, [])
            return await backend.get(_ANN, ["a"]), sorted(await _ids(backend, _ANN))

        got, ids = self.tried(story)
        self.promise(
            (list(got), ids) == ([first], ["a", "b"]),
            seen=f"a, stored as {first.text!r} and then as {second.text!r}, is {[m.text for m in got]}; the ids: {ids}",
            change="pass over a memory whose id is kept already: after a crash the core stores again what it is not "
            "sure of.",
        )

    @added_in("0.1")
    def test_each_agent_has_a_shelf_of_its_own(self) -> None:
        """There is one shelf for each agent, whatever it is called."""
        people = [AgentId(name) for name in ("Ann", "ann", "Ann ", "Änn", "安", "A/n.n", "n" * 300, "-", "a:b")]

        async def story(backend: Any) -> list[tuple[AgentId, list[str], list[str]]]:
            for number, name in enumerate(people):
                await backend.store(name, [memory("shared id", f"secret {number}"), memory(f"m{number}")])
            return [
                (name, sorted(await _ids(backend, name)), [m.text for m in await backend.get(name, ["shared id"])])
                for name in people
            ]

        told = self.tried(story)
        wanted = [(name, sorted([f"m{n}", "shared id"]), [f"secret {n}"]) for n, name in enumerate(people)]
        mixed = [got for got, want in zip(told, wanted, strict=True) if got != want]
        self.promise(
            not mixed,
            seen=f"(agent, ids, text of its own): {mixed[:2]!r}",
            change="make the agent's whole name part of the key, by a hash where the store is particular about names.",
        )

    @added_in("0.1")
    def test_a_memory_without_a_vector_is_kept_or_refused(self) -> None:
        """A memory may come without a vector: a backend that cannot do without raises `MemoryBackendError`."""
        bare = evolve(memory("a"), vector=None)

        async def story(backend: Any) -> Sequence[Memory] | None:
            with suppress(MemoryBackendError):
                await backend.store(_ANN, [bare])
                got: Sequence[Memory] = await backend.get(_ANN, ["a"])
                return got
            return None

        got = self.tried(story)
        self.promise(
            got is None or list(got) == [bare],
            seen=f"a memory without a vector was taken, and is {got!r} now",
            change="keep it without a vector, or raise MemoryBackendError: then the journal says what was lost.",
        )

    @added_in("0.1")
    def test_long_and_strange_texts_are_kept(self) -> None:
        """Texts and ids may be long, and of any script; memories may be many."""
        strange = ["\u202eright to left", "\x00 a zero", "e\u0301 é", "𝒜" * 100, "'); drop table x; --", "w " * 100_000]
        kept = [memory(f"9.{n}.ü/{n} '\"%", text) for n, text in enumerate(strange)]
        kept += [memory(f"m{n:04}", f"thing {n}") for n in range(300)]

        async def story(backend: Any) -> list[Memory]:
            await backend.store(_ANN, kept)
            return [each for one in kept for each in await backend.get(_ANN, [one.id])]

        got = self.tried(story)
        self.promise(
            got == kept,
            seen=f"of {len(kept)} memories, {len(strange)} of them strange, {len(got)} came back; not the same: "
            f"{[was.text[:30] for was in kept if was not in got][:3]}",
            change="hand values to the store as parameters, never as part of a query; write large batches in pieces.",
        )

    # ── search ───────────────────────────────────────────────────────────────────────────────────────────────

    @added_in("0.1")
    def test_search_gives_the_best_first_with_ties_by_id(self) -> None:
        """`search` gives at most `cue.count` memories that are kept, best first, ties by id."""
        kept = [memory(f"m{n:02}", TEXTS[n % 3], step=n) for n in range(30)]

        async def story(backend: Any) -> list[Sequence[Hit]]:
            await backend.store(_ANN, kept)
            return [await backend.search(_ANN, cue("it rains", count)) for count in (0, 1, 7, 100)]

        hits = self.tried(story)
        found = _found(hits[-1])
        self.promise(
            [len(each) for each in hits] == [0, 1, 7, 30]
            and found == sorted(found, key=lambda pair: (-pair[1], pair[0]))
            and all(hit.memory in kept for hit in hits[-1]),
            seen=f"of 30 memories, counts of 0, 1, 7 and 100 gave {[len(each) for each in hits]}; in this order: "
            f"{found[:6]}",
            change="sort by (-score, id) and cut at cue.count; fewer only where fewer are kept.",
        )

    @added_in("0.1")
    def test_search_leaves_out_what_the_agent_has_in_mind(self) -> None:
        """What stands in `cue.exclude` is not found, and others come in its place."""
        kept = [memory(f"m{n}", TEXTS[n % 3], step=n) for n in range(8)]

        async def story(backend: Any) -> list[Sequence[Hit]]:
            await backend.store(_ANN, kept)
            excluded: list[list[str]] = [["m1", "m7"], [each.id for each in kept]]
            return [await backend.search(_ANN, cue("it rains", 6, each)) for each in excluded]

        some, none = ([hit.memory.id for hit in hits] for hits in self.tried(story))
        self.promise(
            sorted(some) == ["m0", "m2", "m3", "m4", "m5", "m6"] and not none,
            seen=f"of m0 to m7 without m1 and m7, 6 wanted: {some}; without any: {none}",
            change="leave out excluded ids before the best are chosen, not after.",
        )

    @added_in("0.1")
    def test_who_has_nothing_in_mind_recalls_the_newest(self) -> None:
        """Without a vector and a text in the cue, a search gives the newest."""

        async def story(backend: Any) -> Sequence[Hit]:
            await backend.store(_ANN, [memory(f"m{n}", step=n) for n in (0, 1, 2, 3)])
            hits: Sequence[Hit] = await backend.search(_ANN, cue("", 2))
            return hits

        found = [hit.memory.id for hit in self.tried(story)]
        self.promise(
            found == ["m3", "m2"],
            seen=f"m0 to m3 were stored in this order; two are wanted by a cue without vector and text: {found}",
            change="where `cue.vector` is None, score by the order in which memories came.",
        )

    @added_in("0.1")
    @rests_on("test_what_is_forgotten_is_gone_and_may_come_again")
    def test_search_depends_on_what_is_kept_and_on_nothing_else(self) -> None:
        """A search depends on what is kept and the order in which it came: neither on how it was grouped into calls,
        nor on what was forgotten since, nor on time.
        """
        numbers = st.lists(st.integers(0, 40), min_size=1, max_size=30, unique=True)
        cues = [cue("it rains", 9), cue("good morning!", 9, ["m03"]), cue("it pours", 60)]

        def check(wanted: list[int], passing: set[int], groups: list[int]) -> None:
            kept = [memory(f"m{n:02}", TEXTS[n % len(TEXTS)], step=place) for place, n in enumerate(wanted)]

            async def straight(backend: Any) -> list[list[tuple[str, float]]]:
                await backend.store(_ANN, kept)
                return [_found(await backend.search(_ANN, each)) for each in cues]

            async def by_detours(backend: Any) -> list[list[tuple[str, float]]]:
                rest, sizes = list(kept), iter(groups)
                while rest:
                    size = next(sizes, len(rest))
                    group, rest = rest[:size], rest[size:]
                    beside = [memory(f"{each.id} passing", "it rains") for n, each in enumerate(group) if n in passing]
                    await backend.store(_ANN, [*group, *beside])
                    await backend.search(_ANN, cues[0])
                    await backend.forget(_ANN, [each.id for each in beside])
                return [_found(await backend.search(_ANN, each)) for each in cues]

            one, other = self.tried(straight), self.tried(by_detours)
            self.promise(
                one == other,
                seen=f"the same {len(kept)} memories in the same order, stored in one call: {one[0]}; stored in "
                f"{len(groups) + 1} with others that were forgotten: {other[0]}",
                change="score by what a memory holds and its place among those that came: no counters that go on, no "
                "clock, no batch; and drop what is forgotten from every index.",
            )

        self.for_all(check, numbers, st.sets(st.integers(0, 5)), st.lists(st.integers(1, 5), max_size=6), examples=10)

    # ── mark, forget, ids ────────────────────────────────────────────────────────────────────────────────────

    @added_in("0.1")
    def test_marks_leave_the_memory_as_it_is(self) -> None:
        """`mark` changes marks, not memories; a mark that is None stays as it is."""

        async def story(backend: Any) -> Sequence[Memory]:
            await backend.store(_ANN, [memory("a"), memory("b")])
            marks = Marks(strength=0.25, recalled=memory("a").at, tier="long")
            await backend.mark(_ANN, {"a": marks, "b": Marks()})
            await backend.mark(_ANN, {"a": Marks(tier="short")})
            got: Sequence[Memory] = await backend.get(_ANN, ["a", "b"])
            return got

        got = list(self.tried(story))
        self.promise(
            got == [memory("a"), memory("b")],
            seen=f"after marking, a and b are {got!r}",
            change="keep marks beside the memory: importance, text and vector are given by the core alone.",
        )

    @added_in("0.1")
    def test_unknown_ids_are_passed_over(self) -> None:
        """`mark` and `forget` pass over ids that they do not know, and agents that have nothing yet."""

        async def story(backend: Any) -> tuple[list[str], list[str]]:
            await backend.forget(_ANN, ["x", ""])
            await backend.mark(_ANN, {"x": Marks(strength=0.5)})
            await backend.store(_ANN, [memory("a")])
            await backend.forget(_ANN, ["x"])
            await backend.mark(_ANN, {"x": Marks(strength=0.5)})
            return await _ids(backend, _ANN), await _ids(backend, _BOB)

        ids = self.tried(story)
        self.promise(
            ids == (["a"], []),
            seen=f"after forgetting and marking x, which nobody has, Ann has {ids[0]} and Bob {ids[1]}",
            change="pass over what is not there, and make nothing of a mark for it.",
        )

    @added_in("0.1")
    def test_what_is_forgotten_is_gone_and_may_come_again(self) -> None:
        """`forget` drops memories: no search and no `get` gives them, until they are stored again."""

        async def story(backend: Any) -> tuple[list[str], list[str], list[str]]:
            await backend.store(_ANN, [memory("a"), memory("b")])
            await backend.forget(_ANN, ["a"])
            hits = [hit.memory.id for hit in await backend.search(_ANN, cue("it rains"))]
            got = [each.id for each in await backend.get(_ANN, ["a"])]
            await backend.store(_ANN, [memory("a", "it snows")])
            return hits, got, [each.text for each in await backend.get(_ANN, ["a"])]

        told = self.tried(story)
        self.promise(
            told == (["b"], [], ["it snows"]),
            seen=f"a and b were stored, a forgotten: search gives {told[0]}, get {told[1]}; stored again with another "
            f"text, a is {told[2]}",
            change="drop it from the shelf and from every index, and keep no note that the id was there.",
        )

    @added_in("0.1")
    def test_ids_gives_every_id_once(self) -> None:
        """`ids` gives every id that is kept for this agent: the core compares it with the journal."""

        async def story(backend: Any) -> list[str]:
            await backend.store(_ANN, [memory(f"m{n:03}", step=n) for n in range(250)])
            await backend.forget(_ANN, ["m003"])
            return await _ids(backend, _ANN)

        ids = self.tried(story)
        self.promise(
            sorted(ids) == [f"m{n:03}" for n in range(250) if n != 3],
            seen=f"250 were stored and one forgotten; ids gives {len(ids)}, {len(set(ids))} of them different",
            change="yield all of them, page by page where there are many, each once.",
        )

    # ── several at once, broken off, closed ──────────────────────────────────────────────────────────────────

    @added_in("0.1")
    def test_many_agents_remember_at_once(self) -> None:
        """Deciding is concurrent: calls of many agents may be under way at the same time."""
        people = [AgentId(f"agent {n}") for n in range(20)]

        async def one(backend: Any, name: AgentId) -> list[str]:
            await backend.store(name, [memory(f"{name}:{n}") for n in range(5)])
            hits = await backend.search(name, cue("it rains", 2))
            return [hit.memory.id.partition(":")[0] for hit in hits]

        async def story(backend: Any) -> list[list[str]]:
            return await asyncio.gather(*(one(backend, name) for name in people))

        found = self.tried(story)
        mixed = [(name, own) for name, own in zip(people, found, strict=True) if own != [name, name]]
        self.promise(
            not mixed,
            seen=f"of 20 agents who stored and searched at once, these found what is not theirs: {mixed[:2]}",
            change="keep nothing of a call on `self` across an await; guard what is not made for it with a lock.",
        )

    @added_in("0.1")
    def test_a_call_that_was_broken_off_can_be_made_again(self) -> None:
        """`CancelledError` passes through, and what a cancelled call was for can be asked for again."""
        kept = [memory(f"m{n}") for n in range(20)]

        async def story(backend: Any) -> tuple[bool, list[str]]:
            storing = asyncio.create_task(backend.store(_ANN, kept))
            await asyncio.sleep(0)
            under_way = not storing.done()
            storing.cancel()
            await asyncio.gather(storing, return_exceptions=True)
            swallowed = under_way and not storing.cancelled()
            await backend.store(_ANN, kept)
            return swallowed, sorted(await _ids(backend, _ANN))

        swallowed, ids = self.tried(story)
        self.promise(
            not swallowed and ids == sorted(each.id for each in kept),
            seen="the cancelled store went on as if nothing had been" if swallowed else f"stored again, there is {ids}",
            change="let CancelledError pass (no bare except, no except BaseException), and leave no lock or half a "
            "batch behind.",
        )

    @added_in("0.1")
    def test_what_is_kept_outlives_closing_where_the_backend_says_so(self) -> None:
        """What is kept outlives `close` where the backend is durable, and is gone where it is not."""
        folder = self.new_folder()

        async def first(backend: Any) -> None:
            await backend.store(_ANN, [memory("a"), memory("b")])
            await backend.forget(_ANN, ["b"])

        async def then(backend: Any) -> list[str]:
            return await _ids(backend, _ANN)

        self.tried(first, context=self.context(folder))
        ids = self.tried(then, context=self.context(folder))
        self.promise(
            ids == (["a"] if self.durable else []),
            seen=f"a and b were stored, b forgotten, and all closed; opened again in the same folder, there is {ids}",
            change="write what is kept to the context's folder before `close` ends and set durable = True in the test "
            "class; or keep it in memory alone and leave durable as it is.",
        )

    @added_in("0.1")
    @rests_on()
    def test_any_deeds_in_any_order_leave_what_they_should(self) -> None:
        """Whatever is stored, marked, forgotten and sought in whatever order: a shelf holds what it should."""
        self.explained(lambda: try_deeds(self, self.sentence))


async def _ids(backend: Any, agent: AgentId) -> list[str]:
    return [each async for each in backend.ids(agent)]


def _found(hits: Sequence[Hit]) -> list[tuple[str, float]]:
    return [(hit.memory.id, hit.score) for hit in hits]
