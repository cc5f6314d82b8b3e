"""What a memory backend finds: each sentence about `search`."""

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from troupe_core.testing.conformance import Conformance
from troupe_core.testing.lent.memories import ANN, TEXTS, cue, memory, scores_of
from troupe_core.testing.trying.kit_versions import added_in
from troupe_core.testing.trying.resting import rests_on
from troupe_core.values.memory import Hit

__all__ = ["SearchingTests"]


class SearchingTests(Conformance):
    """Part of the kit for memory backends."""

    @added_in("0.1")
    def test_search_gives_the_best_first_with_ties_by_id(self) -> None:
        """`search` gives at most `cue.count` memories that are kept, best first, ties by id."""
        kept = [memory(f"m{n:02}", TEXTS[n % 3], step=n) for n in range(30)]

        async def story(backend: Any) -> list[Sequence[Hit]]:
            await backend.store(ANN, kept)
            return [await backend.search(ANN, cue("it rains", count)) for count in (0, 1, 7, 100)]

        hits = self.tried(story)
        found = scores_of(hits[-1])
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
            await backend.store(ANN, kept)
            excluded: list[list[str]] = [["m1", "m7"], [each.id for each in kept]]
            return [await backend.search(ANN, cue("it rains", 6, each)) for each in excluded]

        some, none = ([hit.memory.id for hit in hits] for hits in self.tried(story))
        self.promise(
            sorted(some) == ["m0", "m2", "m3", "m4", "m5", "m6"] and not none,
            seen=f"of m0 to m7 without m1 and m7, 6 wanted: {some}; without any: {none}",
            change="leave out excluded ids before the best are chosen, not after.",
        )

    @added_in("0.1")
    @rests_on("test_search_gives_the_best_first_with_ties_by_id")
    def test_who_has_nothing_in_mind_recalls_the_newest(self) -> None:
        """Without a vector and a text in the cue, a search gives the newest."""

        async def story(backend: Any) -> Sequence[Hit]:
            await backend.store(ANN, [memory(f"m{n}", step=n) for n in (0, 1, 2, 3)])
            hits: Sequence[Hit] = await backend.search(ANN, cue("", 2))
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
                await backend.store(ANN, kept)
                return [scores_of(await backend.search(ANN, each)) for each in cues]

            async def by_detours(backend: Any) -> list[list[tuple[str, float]]]:
                rest, sizes = list(kept), iter(groups)
                while rest:
                    size = next(sizes, len(rest))
                    group, rest = rest[:size], rest[size:]
                    beside = [memory(f"{each.id} passing", "it rains") for n, each in enumerate(group) if n in passing]
                    await backend.store(ANN, [*group, *beside])
                    await backend.search(ANN, cues[0])
                    await backend.forget(ANN, [each.id for each in beside])
                return [scores_of(await backend.search(ANN, each)) for each in cues]

            one, other = self.tried(straight), self.tried(by_detours)
            self.promise(
                one == other,
                seen=f"the same {len(kept)} memories in the same order, stored in one call: {one[0]}; stored in "
                f"{len(groups) + 1} with others that were forgotten: {other[0]}",
                change="score by what a memory holds and its place among those that came: no counters that go on, no "
                "clock, no batch; and drop what is forgotten from every index.",
            )

        self.for_all(check, numbers, st.sets(st.integers(0, 5)), st.lists(st.integers(1, 5), max_size=6), examples=10)
