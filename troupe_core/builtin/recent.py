"""A memory of the latest things."""

from collections import OrderedDict
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from itertools import islice

from troupe_core.builtin.config import RecentConfig
from troupe_core.plugin import AgentId, Cue, Hit, Marks, Memory, MemoryBackend

__all__ = ["RecentMemory"]


class RecentMemory(MemoryBackend):
    """Keeps the last `max_items` memories of each agent, and recalls the newest first.

    A hit's score is 1 for the newest memory and falls by one part in `max_items` with each older one.
    """

    def __init__(self, config: RecentConfig) -> None:
        self._most = config.max_items
        self._shelves: dict[AgentId, OrderedDict[str, Memory]] = {}

    async def store(self, agent: AgentId, memories: Sequence[Memory]) -> None:
        shelf = self._shelves.setdefault(agent, OrderedDict())
        for memory in memories:
            shelf.setdefault(memory.id, memory)
        while len(shelf) > self._most:
            shelf.popitem(last=False)

    async def search(self, agent: AgentId, cue: Cue) -> Sequence[Hit]:
        newest_first = reversed(self._shelves.get(agent, OrderedDict()).values())
        wanted = ((place, memory) for place, memory in enumerate(newest_first) if memory.id not in cue.exclude)
        return [Hit(memory, 1.0 - place / self._most) for place, memory in islice(wanted, cue.count)]

    async def get(self, agent: AgentId, ids: Collection[str]) -> Sequence[Memory]:
        shelf = self._shelves.get(agent, OrderedDict())
        return [shelf[each] for each in sorted(set(ids)) if each in shelf]

    async def mark(self, agent: AgentId, marks: Mapping[str, Marks]) -> None:
        """Nothing: what is recent depends on no mark."""

    async def forget(self, agent: AgentId, ids: Collection[str]) -> None:
        shelf = self._shelves.get(agent, OrderedDict())
        for each in ids:
            shelf.pop(each, None)

    async def ids(self, agent: AgentId) -> AsyncIterator[str]:
        for each in list(self._shelves.get(agent, {})):
            yield each
