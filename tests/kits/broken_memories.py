"""For each test of the kit for memory backends, a backend that breaks this one promise."""

import asyncio
from contextlib import suppress
from typing import Any

from attrs import evolve
from kits.culprits import kits_of
from kits.good_memory import GoodMemory

from troupe_core.plugin import Hit
from troupe_core.testing import MemoryBackendConformance

__all__ = ["BROKEN", "GOOD", "KIT"]

KIT = MemoryBackendConformance
GOOD = GoodMemory


class ForgetsTheSource(GoodMemory):
    async def store(self, agent, memories):
        await super().store(agent, [evolve(each, source=None) for each in memories])


class GetsInTheOrderOfAsking(GoodMemory):
    async def get(self, agent, ids):
        return [self.shelf(agent)[each] for each in dict.fromkeys(ids) if each in self.shelf(agent)]


class KeepsTheLast(GoodMemory):
    async def store(self, agent, memories):
        self.shelf(agent).update({each.id: each for each in memories})


class TakesNamesForTheSame(GoodMemory):
    def shelf(self, agent):
        return super().shelf(agent.strip().lower())


class MakesUpVectors(GoodMemory):
    async def store(self, agent, memories):
        await super().store(agent, [evolve(each, vector=each.vector or (0.0,) * 24) for each in memories])


class CutsTexts(GoodMemory):
    async def store(self, agent, memories):
        await super().store(agent, [evolve(each, text=each.text[:6000]) for each in memories])


class GivesTheWorstFirst(GoodMemory):
    async def search(self, agent, cue):
        hits = await super().search(agent, evolve(cue, count=10_000))
        return (hits if cue.vector is None else hits[::-1])[: cue.count]


class ExcludesTooLate(GoodMemory):
    async def search(self, agent, cue):
        hits = await super().search(agent, evolve(cue, exclude=frozenset()))
        return [hit for hit in hits if hit.memory.id not in cue.exclude]


class GivesTheOldest(GoodMemory):
    def scored(self, agent, cue):
        hits = super().scored(agent, cue)
        return (Hit(hit.memory, -hit.score) for hit in hits) if cue.vector is None else hits


class LikesLaterCalls(GoodMemory):
    def __init__(self):
        super().__init__()
        self.calls, self.call_of = 0, {}

    async def store(self, agent, memories):
        self.calls += 1
        for each in memories:
            self.call_of.setdefault((agent, each.id), self.calls)
        await super().store(agent, memories)

    def scored(self, agent, cue):
        return (Hit(h.memory, h.score + self.call_of[agent, h.memory.id] / 10) for h in super().scored(agent, cue))


class MarksTheMemory(GoodMemory):
    async def mark(self, agent, marks):
        for key, each in marks.items():
            if key in self.shelf(agent) and each.strength is not None:
                self.shelf(agent)[key] = evolve(self.shelf(agent)[key], importance=each.strength)


class WantsToKnowWhatItForgets(GoodMemory):
    async def forget(self, agent, ids):
        for each in ids:
            del self.shelf(agent)[each]


class ForgetsForGood(GoodMemory):
    def __init__(self):
        super().__init__()
        self.gone = set()

    async def store(self, agent, memories):
        await super().store(agent, [each for each in memories if (agent, each.id) not in self.gone])

    async def forget(self, agent, ids):
        self.gone.update((agent, each) for each in ids if each in self.shelf(agent))
        await super().forget(agent, ids)


class NamesTheFirst200(GoodMemory):
    async def ids(self, agent):
        for each in list(self.shelf(agent))[:200]:
            yield each


class MixesUpAgents(GoodMemory):
    async def store(self, agent, memories):
        self.agent = agent
        await asyncio.sleep(0)
        await super().store(self.agent, memories)


class CannotBeStopped(GoodMemory):
    async def store(self, agent, memories):
        with suppress(asyncio.CancelledError):
            await asyncio.sleep(0)
        await super().store(agent, memories)


ELSEWHERE: dict[str, Any] = {}


class IsThereAgain(GoodMemory):
    async def open(self, context):
        self.folder = str(context.folder)
        self.shelves = ELSEWHERE.get(self.folder, {})

    async def close(self):
        ELSEWHERE[self.folder] = self.shelves

    folder = ""


class ForgetsNothingOnceItMarked(GoodMemory):
    def __init__(self):
        super().__init__()
        self.marked = set()

    async def mark(self, agent, marks):
        self.marked.update(agent for each in marks if each in self.shelf(agent))

    async def forget(self, agent, ids):
        if agent not in self.marked:
            await super().forget(agent, ids)


BROKEN = {
    "test_what_is_stored_is_got_back_whole": ForgetsTheSource,
    "test_get_sorts_by_id_and_leaves_out_what_is_unknown": GetsInTheOrderOfAsking,
    "test_storing_twice_is_storing_once": KeepsTheLast,
    "test_each_agent_has_a_shelf_of_its_own": TakesNamesForTheSame,
    "test_a_memory_without_a_vector_is_kept_or_refused": MakesUpVectors,
    "test_long_and_strange_texts_are_kept": CutsTexts,
    "test_search_gives_the_best_first_with_ties_by_id": GivesTheWorstFirst,
    "test_search_leaves_out_what_the_agent_has_in_mind": ExcludesTooLate,
    "test_who_has_nothing_in_mind_recalls_the_newest": GivesTheOldest,
    "test_search_depends_on_what_is_kept_and_on_nothing_else": LikesLaterCalls,
    "test_marks_leave_the_memory_as_it_is": MarksTheMemory,
    "test_unknown_ids_are_passed_over": WantsToKnowWhatItForgets,
    "test_what_is_forgotten_is_gone_and_may_come_again": ForgetsForGood,
    "test_ids_gives_every_id_once": NamesTheFirst200,
    "test_many_agents_remember_at_once": MixesUpAgents,
    "test_a_call_that_was_broken_off_can_be_made_again": CannotBeStopped,
    "test_what_is_kept_outlives_closing_where_the_backend_says_so": IsThereAgain,
    "test_any_deeds_in_any_order_leave_what_they_should": ForgetsNothingOnceItMarked,
}

globals().update(kits_of(KIT, [GOOD, *BROKEN.values()]))
