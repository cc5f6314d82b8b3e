"""The kit for memory backends: each sentence of `MemoryBackend`, as a test.

What is found *first* is each backend's own matter: a kit does not try how good it is, but that it is what was promised.
"""

import asyncio
from typing import Any, ClassVar

from troupe_core.testing.lent.memories import ANN, cue, ids_of, memory, scores_of
from troupe_core.testing.promised.memory_deeds import try_deeds
from troupe_core.testing.promised.memory_keeping import KeepingTests
from troupe_core.testing.promised.memory_searching import SearchingTests
from troupe_core.testing.trying.kit_versions import added_in
from troupe_core.testing.trying.resting import rests_on
from troupe_core.values.ids import AgentId
from troupe_core.values.memory import Marks

__all__ = ["MemoryBackendConformance"]


class MemoryBackendConformance(KeepingTests, SearchingTests):
    """Derive a class whose name begins with ``Test``; set `component`, or `factory`; and `durable` where it is so."""

    kind = "memory_backend"

    durable: ClassVar[bool] = False
    """Whether what is kept in the context's folder, or elsewhere, outlives `close`."""

    async def exercise(self, part: Any) -> None:
        await part.store(ANN, [memory("a"), memory("b", "it snows", step=1)])
        await part.search(ANN, cue("it rains"))
        await part.get(ANN, ["a"])
        await part.mark(ANN, {"a": Marks(strength=0.5)})
        await part.forget(ANN, ["b"])
        await ids_of(part, ANN)

    async def traces(self, part: Any) -> Any:
        return await ids_of(part, ANN), scores_of(await part.search(ANN, cue("it rains")))

    # ── several at once, broken off, closed ──────────────────────────────────────────────────────────────────

    @added_in("0.1")
    @rests_on("test_search_gives_the_best_first_with_ties_by_id")
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
            storing = asyncio.create_task(backend.store(ANN, kept))
            await asyncio.sleep(0)
            under_way = not storing.done()
            storing.cancel()
            await asyncio.gather(storing, return_exceptions=True)
            swallowed = under_way and not storing.cancelled()
            await backend.store(ANN, kept)
            return swallowed, sorted(await ids_of(backend, ANN))

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
            await backend.store(ANN, [memory("a"), memory("b")])
            await backend.forget(ANN, ["b"])

        async def then(backend: Any) -> list[str]:
            return await ids_of(backend, ANN)

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
