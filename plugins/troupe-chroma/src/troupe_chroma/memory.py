"""The memory `chroma`: a shelf for each agent, from open to close."""

from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from attrs import frozen
from chromadb.api import ClientAPI

from troupe_chroma.calls import Calls
from troupe_chroma.client import VERSION, checked, client_for, close, named, where
from troupe_chroma.config import Config
from troupe_chroma.made_with import MadeWith, made_with
from troupe_chroma.shelf import Shelf, shelf_of
from troupe_core.plugin import (
    AgentId,
    ConfigError,
    Context,
    Cue,
    Hit,
    Marks,
    Memory,
    MemoryBackend,
    MemoryBackendError,
)

__all__ = ["ChromaMemory"]

T = TypeVar("T")


@frozen
class _Opened:
    client: ClientAPI
    made: MadeWith
    place: str


class ChromaMemory(MemoryBackend):
    """Memories are found by the cosine between their vector and the cue's; the run's embedder makes both.

    A hit's score is that cosine. A cue without a vector, of an agent that perceives nothing, finds the newest.
    Marks are kept beside their memories, and change nothing about what is found.
    """

    def __init__(self, config: Config) -> None:
        self._config = checked(config)
        self._calls = Calls()
        self._shelves: dict[AgentId, Shelf] = {}
        self._opened: _Opened | None = None

    async def open(self, context: Context) -> None:
        embedder = context.embedder
        if embedder is None:
            raise ConfigError(
                "the memory chroma finds memories by vectors, and the study has no embedder to make them",
                where="[memory]",
                remedy='Add one: [embedder] use = "hashing" (pip install troupe-embeddings).',
            )
        await self._calls.make(self._open, context.folder, embedder.fingerprint, embedder.dimensions)

    async def close(self) -> None:
        await self._calls.end()
        opened, self._opened = self._opened, None
        self._shelves.clear()
        if opened is not None:
            await self._calls.make(named, opened.place, close, opened.client)

    async def store(self, agent: AgentId, memories: Sequence[Memory]) -> None:
        if memories:
            await self._on_shelf(agent, Shelf.store, memories)

    async def search(self, agent: AgentId, cue: Cue) -> Sequence[Hit]:
        return await self._on_shelf(agent, Shelf.search, cue)

    async def get(self, agent: AgentId, ids: Collection[str]) -> Sequence[Memory]:
        return await self._on_shelf(agent, Shelf.get, ids)

    async def mark(self, agent: AgentId, marks: Mapping[str, Marks]) -> None:
        await self._on_shelf(agent, Shelf.mark, marks)

    async def forget(self, agent: AgentId, ids: Collection[str]) -> None:
        await self._on_shelf(agent, Shelf.forget, ids)

    async def ids(self, agent: AgentId) -> AsyncIterator[str]:
        for each in await self._on_shelf(agent, Shelf.ids):
            yield each

    def _open(self, folder: Path, fingerprint: str, dimensions: int) -> None:
        """In its thread an opening goes on when it is cancelled: it is kept from there, so that `close` finds it."""
        made = made_with(folder, chroma=VERSION, embedder=fingerprint, dimensions=dimensions)
        client = client_for(self._config, folder / "store")
        self._opened = _Opened(client, made, where(self._config, folder))

    async def _on_shelf(self, agent: AgentId, deed: Callable[..., T], *arguments: object) -> T:
        opened = self._opened
        if opened is None:
            raise MemoryBackendError("the memory is not open", where="chroma")
        return await self._calls.make(named, opened.place, self._done, opened, agent, deed, *arguments)

    def _done(self, opened: _Opened, agent: AgentId, deed: Callable[..., T], *arguments: object) -> T:
        if agent not in self._shelves:
            self._shelves[agent] = shelf_of(
                opened.client,
                opened.made.run,
                agent,
                dimensions=opened.made.dimensions,
                exact_up_to=self._config.exact_up_to,
            )
        return deed(self._shelves[agent], *arguments)
