"""What turns text into vectors."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import Literal

from troupe_core.contracts.part import Part
from troupe_core.values.vectors import Vectors

__all__ = ["Embedder"]


class Embedder(Part):
    """Turns text into vectors."""

    fingerprint: str
    """Names model, version and settings: vectors of different fingerprints do not mix."""
    dimensions: int
    """How many numbers a vector has. Both are known after `open` at the latest."""

    @abstractmethod
    async def embed(self, texts: Sequence[str], role: Literal["query", "document"]) -> Vectors:
        """One unit vector for each text, in order. Raises `EmbedderError`."""
