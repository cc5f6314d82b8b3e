"""The memories of one agent: a collection of its own. All methods block."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import blake2b
from math import isfinite
from typing import Any

import numpy as np
from attrs import frozen
from chromadb.api import ClientAPI
from chromadb.api.models.Collection import Collection as ChromaCollection

from troupe_chroma.ranking import Near, candidates, ranked, settled
from troupe_chroma.record import marks_as_metadata, memory_of, metadata_of
from troupe_core.plugin import AgentId, Cue, Hit, Marks, Memory, MemoryBackendError

__all__ = ["Shelf", "shelf_of"]

_HNSW: Any = {"space": "ip", "num_threads": 1}
"""Vectors are of unit length and come back as they went in; one thread builds the same index every time."""
_FIRST_REACH = 64
"""How many memories are compared at least, where not all are."""


def shelf_of(client: ClientAPI, run: str, agent: AgentId, *, dimensions: int, exact_up_to: int) -> "Shelf":
    """An agent's shelf; an empty one where there is none yet."""
    digest = blake2b(agent.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
    plain = "-".join(re.findall(r"[A-Za-z0-9]+", agent))[:40] or "agent"
    collection = client.get_or_create_collection(
        f"troupe-{run}-{plain}-{digest}",
        metadata={"agent": agent, "run": run},
        configuration={"hnsw": _HNSW},
        embedding_function=None,
    )
    return Shelf(collection, client.get_max_batch_size(), dimensions, exact_up_to)


@frozen
class Shelf:
    """What one agent keeps."""

    _collection: ChromaCollection
    _most_at_once: int
    _dimensions: int
    _exact_up_to: int

    def store(self, memories: Sequence[Memory]) -> None:
        """Keep these; what is kept already stays as it is."""
        first: dict[str, Memory] = {}
        for memory in memories:
            first.setdefault(memory.id, memory)
        new = list(first.values())
        vectors = [self._checked(memory) for memory in new]
        for start in range(0, len(new), self._most_at_once):
            part = slice(start, start + self._most_at_once)
            self._collection.add(
                ids=[memory.id for memory in new[part]],
                embeddings=np.array(vectors[part], dtype=np.float32),
                documents=[memory.text for memory in new[part]],
                metadatas=[metadata_of(memory) for memory in new[part]],
            )

    def search(self, cue: Cue) -> Sequence[Hit]:
        """The memories that are nearest to the cue's vector; without one the newest."""
        if cue.count < 1:
            return []
        if cue.vector is None:
            return self._newest(cue)
        near = self._near(cue, cue.vector)
        if not near:
            return []
        return ranked(self.get(candidates(near, cue.count)), cue.vector, cue.count)

    def get(self, ids: Collection[str]) -> Sequence[Memory]:
        """These, sorted by id."""
        return sorted((memory for part in self._parts(ids) for memory in self._got(part)), key=lambda each: each.id)

    def mark(self, marks: Mapping[str, Marks]) -> None:
        """Change these marks."""
        changed = {each: marks_as_metadata(marks[each]) for each in sorted(marks)}
        for part in self._parts([each for each, metadata in changed.items() if metadata]):
            known = self._collection.get(ids=part, include=[])["ids"]
            if known:
                self._collection.update(ids=known, metadatas=[changed[each] for each in known])

    def forget(self, ids: Collection[str]) -> None:
        """Drop these."""
        for part in self._parts(ids):
            self._collection.delete(ids=part)

    def ids(self) -> Sequence[str]:
        """Every id, sorted."""
        return sorted(self._collection.get(include=[])["ids"])

    def _parts(self, ids: Collection[str]) -> Iterator[list[str]]:
        # Chroma refuses empty ids, and requests for none.
        sought = sorted({each for each in ids if each})
        for start in range(0, len(sought), self._most_at_once):
            yield sought[start : start + self._most_at_once]

    def _got(self, ids: list[str]) -> Iterator[Memory]:
        got: Any = self._collection.get(ids=ids, include=["documents", "metadatas", "embeddings"])
        # A server writes float32 in as few digits as tell it apart from others.
        vectors = np.asarray(got["embeddings"], dtype=np.float32).tolist()
        for each, text, metadata, vector in zip(got["ids"], got["documents"], got["metadatas"], vectors, strict=True):
            yield memory_of(each, text, metadata, tuple(vector))

    def _near(self, cue: Cue, vector: Sequence[float]) -> Sequence[Near]:
        """Nearest first: all memories, or at least all that can matter."""
        total = self._collection.count()
        reach = total
        if total > self._exact_up_to:
            reach = min(total, max(_FIRST_REACH, 2 * (cue.count + len(cue.exclude))))
        while reach:
            found = self._asked(vector, reach)
            if reach == total:
                found += self._overlooked(vector, found, total)
            near = [each for each in found if each[1] not in cue.exclude]
            if reach == total or settled(near, cue.count):
                return near
            reach = min(total, 4 * reach)
        return []

    def _asked(self, vector: Sequence[float], count: int) -> list[Near]:
        sought = np.array([vector], dtype=np.float32)
        found: Any = self._collection.query(query_embeddings=sought, n_results=count, include=["distances"])
        return list(zip(found["distances"][0], found["ids"][0], strict=True))

    def _overlooked(self, vector: Sequence[float], found: Sequence[Near], total: int) -> list[Near]:
        """What Chroma's index cannot reach: it falls apart where many memories have the same vector."""
        if len(found) == total:
            return []
        missing = set(self._collection.get(include=[])["ids"]) - {each for _, each in found}
        kept = [memory for part in self._parts(missing) for memory in self._got(part)]
        distances = 1 - np.array([memory.vector for memory in kept]) @ np.array(vector)
        return list(zip(distances.tolist(), [memory.id for memory in kept], strict=True))

    def _newest(self, cue: Cue) -> Sequence[Hit]:
        kept: Any = self._collection.get(include=["metadatas"])
        times = {each: metadata["at"] for each, metadata in zip(kept["ids"], kept["metadatas"], strict=True)}
        wanted = sorted(times.keys() - cue.exclude)
        wanted.sort(key=lambda each: datetime.fromisoformat(times[each]), reverse=True)
        memories = {memory.id: memory for memory in self.get(wanted[: cue.count])}
        return [Hit(memories[each], 1 - place / len(times)) for place, each in enumerate(wanted[: cue.count])]

    def _checked(self, memory: Memory) -> Sequence[float]:
        if not memory.id:
            raise MemoryBackendError("a memory has no id", where="chroma")
        if memory.vector is None:
            raise MemoryBackendError(f'the memory "{memory.id}" has no vector: the embedder gave none', where="chroma")
        if len(memory.vector) != self._dimensions or not all(map(isfinite, memory.vector)):
            raise MemoryBackendError(
                f'the memory "{memory.id}" has a vector of {len(memory.vector)} numbers, '
                f"expected {self._dimensions} finite ones",
                where="chroma",
            )
        return memory.vector
