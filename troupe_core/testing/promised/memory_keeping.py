"""What a memory backend keeps: each sentence about `store`, `get`, `mark`, `forget` and `ids`."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from attrs import evolve

from troupe_core.errors import MemoryBackendError
from troupe_core.testing.conformance import Conformance
from troupe_core.testing.lent.memories import ANN, BOB, TEXTS, cue, ids_of, memory
from troupe_core.testing.trying.kit_versions import added_in
from troupe_core.values.ids import AgentId
from troupe_core.values.memory import Marks, Memory

__all__ = ["KeepingTests"]


class KeepingTests(Conformance):
    """Part of the kit for memory backends."""

    # ── store and get ────────────────────────────────────────────────────────────────────────────────────────

    @added_in("0.1")
    def test_what_is_stored_is_got_back_whole(self) -> None:
        """A memory is kept as it is: text, kind, step, time, source, importance and vector."""
        kept = [memory(f"m{n}", text, step=n, importance=n / 7, source=BOB) for n, text in enumerate(TEXTS)]
        kept.append(memory("of nobody", "the sun rises"))

        async def story(backend: Any) -> list[Memory]:
            await backend.store(ANN, kept)
            return [each for one in kept for each in await backend.get(ANN, [one.id])]

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
            await backend.store(ANN, [memory("c"), memory("a"), memory("b")])
            got: Sequence[Memory] = await backend.get(ANN, ["b", "unknown", "c", "a", "b"])
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
            await backend.store(ANN, [first, second])
            await backend.store(ANN, [second, memory("b")])
            await backend.store(ANN, [])
            return await backend.get(ANN, ["a"]), sorted(await ids_of(backend, ANN))

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
                (name, sorted(await ids_of(backend, name)), [m.text for m in await backend.get(name, ["shared id"])])
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
                await backend.store(ANN, [bare])
                got: Sequence[Memory] = await backend.get(ANN, ["a"])
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
            await backend.store(ANN, kept)
            return [each for one in kept for each in await backend.get(ANN, [one.id])]

        got = self.tried(story)
        self.promise(
            got == kept,
            seen=f"of {len(kept)} memories, {len(strange)} of them strange, {len(got)} came back; not the same: "
            f"{[was.text[:30] for was in kept if was not in got][:3]}",
            change="hand values to the store as parameters, never as part of a query; write large batches in pieces.",
        )

    # ── mark, forget, ids ────────────────────────────────────────────────────────────────────────────────────

    @added_in("0.1")
    def test_marks_leave_the_memory_as_it_is(self) -> None:
        """`mark` changes marks, not memories; a mark that is None stays as it is."""

        async def story(backend: Any) -> Sequence[Memory]:
            await backend.store(ANN, [memory("a"), memory("b")])
            marks = Marks(strength=0.25, recalled=memory("a").at, tier="long")
            await backend.mark(ANN, {"a": marks, "b": Marks()})
            await backend.mark(ANN, {"a": Marks(tier="short")})
            got: Sequence[Memory] = await backend.get(ANN, ["a", "b"])
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
            await backend.forget(ANN, ["x", ""])
            await backend.mark(ANN, {"x": Marks(strength=0.5)})
            await backend.store(ANN, [memory("a")])
            await backend.forget(ANN, ["x"])
            await backend.mark(ANN, {"x": Marks(strength=0.5)})
            return await ids_of(backend, ANN), await ids_of(backend, BOB)

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
            await backend.store(ANN, [memory("a"), memory("b")])
            await backend.forget(ANN, ["a"])
            hits = [hit.memory.id for hit in await backend.search(ANN, cue("it rains"))]
            got = [each.id for each in await backend.get(ANN, ["a"])]
            await backend.store(ANN, [memory("a", "it snows")])
            return hits, got, [each.text for each in await backend.get(ANN, ["a"])]

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
            await backend.store(ANN, [memory(f"m{n:03}", step=n) for n in range(250)])
            await backend.forget(ANN, ["m003"])
            return await ids_of(backend, ANN)

        ids = self.tried(story)
        self.promise(
            sorted(ids) == [f"m{n:03}" for n in range(250) if n != 3],
            seen=f"250 were stored and one forgotten; ids gives {len(ids)}, {len(set(ids))} of them different",
            change="yield all of them, page by page where there are many, each once.",
        )
