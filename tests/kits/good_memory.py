"""A memory backend that keeps every promise, in as few lines as that takes."""

from troupe_core.plugin import Hit, MemoryBackend

__all__ = ["GoodMemory"]


class GoodMemory(MemoryBackend):
    """Finds what has most words in common."""

    def __init__(self):
        self.shelves = {}

    def shelf(self, agent):
        return self.shelves.setdefault(agent, {})

    async def store(self, agent, memories):
        for memory in memories:
            self.shelf(agent).setdefault(memory.id, memory)

    def scored(self, agent, cue):
        for place, memory in enumerate(self.shelf(agent).values()):
            if cue.vector is None or memory.vector is None:
                yield Hit(memory, place - len(self.shelf(agent)))
            else:
                yield Hit(memory, sum(a * b for a, b in zip(cue.vector, memory.vector, strict=True)))

    async def search(self, agent, cue):
        hits = [hit for hit in self.scored(agent, cue) if hit.memory.id not in cue.exclude]
        return sorted(hits, key=lambda hit: (-hit.score, hit.memory.id))[: cue.count]

    async def get(self, agent, ids):
        return [self.shelf(agent)[each] for each in sorted(set(ids)) if each in self.shelf(agent)]

    async def mark(self, agent, marks):
        pass

    async def forget(self, agent, ids):
        for each in ids:
            self.shelf(agent).pop(each, None)

    async def ids(self, agent):
        for each in list(self.shelf(agent)):
            yield each
