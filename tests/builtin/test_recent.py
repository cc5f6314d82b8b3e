"""The memory `recent`, against a model of a few lines: a list without doubles, of which the end is kept."""

import asyncio
from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from troupe_core.builtin.config import RecentConfig
from troupe_core.builtin.recent import RecentMemory
from troupe_core.plugin import AgentId, Cue, Marks, Memory

NINE = datetime.fromisoformat("2026-03-02T09:00")
ANN, BOB = AgentId("Ann"), AgentId("Bob")

ids = st.sampled_from("abcdefgh")
who = st.sampled_from([ANN, BOB])
stores = st.tuples(st.just("store"), who, st.lists(ids, max_size=4))
deeds = st.lists(stores | st.tuples(st.just("forget"), who, st.lists(ids, max_size=2)), max_size=12)


def memory(id_, text="it rains"):
    return Memory(id=id_, text=text, kind="event", step=0, at=NINE)


async def everything(backend, agent):
    return [each async for each in backend.ids(agent)]


async def tried(most, deeds, count, exclude):
    backend = RecentMemory(RecentConfig(max_items=most))
    shelves: dict[AgentId, list[str]] = {ANN: [], BOB: []}
    for deed, agent, chosen in deeds:
        if deed == "store":
            await backend.store(agent, [memory(each) for each in chosen])
            shelves[agent] += [each for each in dict.fromkeys(chosen) if each not in shelves[agent]]
            shelves[agent] = shelves[agent][-most:]
        else:
            await backend.forget(agent, chosen)
            shelves[agent] = [each for each in shelves[agent] if each not in chosen]
    for agent, shelf in shelves.items():
        assert await everything(backend, agent) == shelf
        hits = await backend.search(agent, Cue(text="", count=count, now=NINE, exclude=frozenset(exclude)))
        newest = list(reversed(shelf))
        assert [hit.memory.id for hit in hits] == [each for each in newest if each not in exclude][:count]
        assert [hit.score for hit in hits] == [1 - newest.index(hit.memory.id) / most for hit in hits]
        assert [each.id for each in await backend.get(agent, list("hgfaz"))] == sorted(set("hgfa") & set(shelf))


@given(st.integers(1, 6), deeds, st.integers(0, 5), st.sets(ids, max_size=3))
def test_the_newest_are_kept_once_and_found_first(most, deeds, count, exclude):
    asyncio.run(tried(most, deeds, count, exclude))


def test_what_is_stored_twice_stays_as_it_was_and_marks_change_nothing():
    async def twice():
        backend = RecentMemory(RecentConfig())
        await backend.store(ANN, [memory("a"), memory("b")])
        await backend.store(ANN, [memory("a", text="it snows")])
        await backend.mark(ANN, {"a": Marks(strength=1.0), "z": Marks()})
        return await backend.get(ANN, ["a"]), await everything(backend, ANN)

    assert asyncio.run(twice()) == ([memory("a")], ["a", "b"])
