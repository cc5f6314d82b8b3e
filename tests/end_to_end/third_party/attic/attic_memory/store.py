"""A memory backend on diskcache: one small database for each agent, opened for each call."""

import json
from collections.abc import AsyncIterator, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import attrs
from diskcache import Cache

from attic_memory.options import Options
from troupe_core.plugin import AgentId, Context, Cue, Hit, Marks, Memory, MemoryBackend, in_thread

COUNTER = "n"
ITEM = "item:"


class Attic(MemoryBackend):
    """Boxes of memories. Each box is a folder of the run, named for a hash of whose it is."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.folder: Path | None = None

    async def open(self, context: Context) -> None:
        self.folder = context.folder

    @contextmanager
    def box(self, agent: AgentId) -> Iterator[Any]:
        assert self.folder is not None, "the attic is not open"
        folder = self.folder / sha256(agent.encode()).hexdigest()[:24]
        with Cache(str(folder), eviction_policy="none") as cache, cache.transact():
            yield cache

    async def store(self, agent: AgentId, memories: Sequence[Memory]) -> None:
        def put() -> None:
            with self.box(agent) as box:
                for memory in memories:
                    if ITEM + memory.id in box:
                        continue
                    place = box.incr(COUNTER)
                    row = attrs.asdict(memory)
                    row["at"] = memory.at.isoformat()
                    box[ITEM + memory.id] = json.dumps([place, row])

        await in_thread(put)

    async def search(self, agent: AgentId, cue: Cue) -> Sequence[Hit]:
        rows = await in_thread(self.rows, agent)
        kept = enumerate((memory for _, memory in rows), start=1)
        candidates = [(place, memory) for place, memory in kept if memory.id not in cue.exclude]
        if not cue.text and cue.vector is None:
            hits = [Hit(memory, float(place)) for place, memory in candidates]
        else:
            weight = self.options.recency
            hits = [Hit(memory, memory.importance + weight * (1 - 1 / place)) for place, memory in candidates]
        hits.sort(key=lambda hit: (-hit.score, hit.memory.id))
        return hits[: cue.count]

    async def get(self, agent: AgentId, ids: Collection[str]) -> Sequence[Memory]:
        rows = await in_thread(self.rows, agent)
        return sorted((memory for _, memory in rows if memory.id in set(ids)), key=lambda memory: memory.id)

    async def mark(self, agent: AgentId, marks: Mapping[str, Marks]) -> None:
        return None

    async def forget(self, agent: AgentId, ids: Collection[str]) -> None:
        def drop() -> None:
            with self.box(agent) as box:
                for each in ids:
                    box.delete(ITEM + each)

        await in_thread(drop)

    async def ids(self, agent: AgentId) -> AsyncIterator[str]:
        for _, memory in await in_thread(self.rows, agent):
            yield memory.id

    def rows(self, agent: AgentId) -> list[tuple[int, Memory]]:
        """Every memory with its place, oldest first."""
        with self.box(agent) as box:
            texts = [box[key] for key in box if key.startswith(ITEM)]
        return sorted((_read(text) for text in texts), key=lambda row: row[0])


def _read(text: str) -> tuple[int, Memory]:
    place, row = json.loads(text)
    row["at"] = datetime.fromisoformat(row["at"])
    row["vector"] = tuple(row["vector"]) if row["vector"] is not None else None
    return place, Memory(**row)
