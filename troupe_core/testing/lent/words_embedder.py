"""An embedder for tests, without any model: which words a text has."""

from collections.abc import Sequence
from hashlib import blake2b
from math import sqrt
from typing import Literal

from troupe_core.contracts.embedder import Embedder
from troupe_core.values.vectors import Vectors

__all__ = ["WordsEmbedder", "vector_of_words"]

_DIMENSIONS = 24


class WordsEmbedder(Embedder):
    """Texts with the same words have the same vector; enough to find them by it."""

    fingerprint = f"words-1:{_DIMENSIONS}"
    dimensions = _DIMENSIONS

    async def embed(self, texts: Sequence[str], role: Literal["query", "document"]) -> Vectors:
        return Vectors.of([vector_of_words(text) for text in texts], _DIMENSIONS)


def vector_of_words(text: str) -> tuple[float, ...]:
    """The unit vector, in float32, of a text."""
    counts = [0] * _DIMENSIONS
    for word in text.lower().split() or [""]:
        place = blake2b(word.encode("utf-8", "surrogatepass"), digest_size=1).digest()[0] % _DIMENSIONS
        counts[place] += 1
    length = sqrt(sum(each * each for each in counts))
    (row,) = Vectors.of([[each / length for each in counts]], _DIMENSIONS).rows()
    return row
