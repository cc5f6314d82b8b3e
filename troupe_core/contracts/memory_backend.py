"""Where agents keep what they remember."""

from abc import abstractmethod
from collections.abc import AsyncIterator, Collection, Mapping, Sequence

from troupe_core.contracts.part import Part
from troupe_core.values.ids import AgentId
from troupe_core.values.memory import Cue, Hit, Marks, Memory

__all__ = ["MemoryBackend"]


class MemoryBackend(Part):
    """An index of memories, one shelf for each agent. The journal is the truth: there is no snapshot.

    Raises `MemoryBackendError` where it cannot do what it was asked.
    """

    @abstractmethod
    async def store(self, agent: AgentId, memories: Sequence[Memory]) -> None:
        """Keep these. Ids are given; storing twice is storing once, and what is kept stays as it was first.

        Vectors are given where the run has an embedder. Where that broke down, a memory comes without: a backend that
        cannot do without raises, and the journal says what was lost.
        """

    @abstractmethod
    async def search(self, agent: AgentId, cue: Cue) -> Sequence[Hit]:
        """At most `cue.count` memories, best first, ties by id.

        Depends on what is kept and the order in which it came, and on nothing else: neither on how it was grouped into
        calls, nor on what was forgotten since, nor on time.
        """

    @abstractmethod
    async def get(self, agent: AgentId, ids: Collection[str]) -> Sequence[Memory]:
        """These memories, sorted by id; unknown ids are left out."""

    @abstractmethod
    async def mark(self, agent: AgentId, marks: Mapping[str, Marks]) -> None:
        """Change the marks of these memories; unknown ids are passed over."""

    @abstractmethod
    async def forget(self, agent: AgentId, ids: Collection[str]) -> None:
        """Drop these; unknown ids are passed over."""

    @abstractmethod
    def ids(self, agent: AgentId) -> AsyncIterator[str]:
        """Every id that is kept for this agent."""
