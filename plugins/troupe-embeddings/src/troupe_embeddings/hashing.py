"""The embedder `hashing`: which words and pieces of words a text has, hashed into a vector."""

import re
from array import array
from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import pairwise
from math import sqrt
from typing import Literal
from unicodedata import normalize

from troupe_core.plugin import Embedder, Vectors
from troupe_embeddings.config import HashingConfig

__all__ = ["HashingEmbedder"]

_WORD = re.compile(r"\w+")
_SIZES = (3, 4, 5)
"""Pieces of a word, in characters; its two ends count as characters."""
_LONG_WORD = 6
"""Rare words are long: from this length on a word weighs double."""
_LONGEST_WORD = 64
"""Longer ones are no words; their pieces are what counts."""
_WORDS_KEPT = 20_000
"""Of how many words the features are remembered."""


class HashingEmbedder(Embedder):
    """Two texts are near each other if they share words, or words with the same stem.

    Feature hashing with signs (Weinberger et al., 2009). All sums are whole numbers, so that a text has the same
    vector in every process and on every machine. How often a word stands in a text does not matter.
    """

    def __init__(self, config: HashingConfig) -> None:
        self.dimensions = config.dimensions
        self.fingerprint = f"hashing-1:{config.dimensions}"
        self._features = lru_cache(maxsize=_WORDS_KEPT)(self._features_of)

    async def embed(self, texts: Sequence[str], role: Literal["query", "document"]) -> Vectors:
        data = array("f")
        for text in texts:
            data.extend(self._vector(text))
        return Vectors(data, self.dimensions)

    def _vector(self, text: str) -> Iterator[float]:
        words = _WORD.findall(normalize("NFKC", text).casefold())
        sums = [0] * self.dimensions
        for word in dict.fromkeys(words):
            for place, weight in self._features(word):
                sums[place] += weight
        for pair in dict.fromkeys(pairwise(words)):
            place, weight = self._hashed(f"pair {pair[0]} {pair[1]}", 1)
            sums[place] += weight
        squared = sum(each * each for each in sums)
        if not squared:
            # Text without words, such as nothing or an emoji, is what it is; so is what cancels itself out.
            place, _ = self._hashed(f"bare {text}", 1)
            sums[place] = squared = 1
        length = sqrt(squared)
        return (each / length for each in sums)

    def _features_of(self, word: str) -> tuple[tuple[int, int], ...]:
        bounded = f"<{word}>"
        pieces = {bounded[n : n + size] for size in _SIZES for n in range(len(bounded) - size + 1)}
        whole = [self._hashed(f"word {word[:_LONGEST_WORD]}", 2 if len(word) >= _LONG_WORD else 1)]
        return (*whole, *(self._hashed(f"piece {piece}", 1) for piece in sorted(pieces)))

    def _hashed(self, feature: str, weight: int) -> tuple[int, int]:
        digest = blake2b(feature.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        number = int.from_bytes(digest, "big")
        return (number >> 1) % self.dimensions, weight if number & 1 else -weight
