"""The embedder `wordllama`: the mean of static word vectors."""

import logging
from array import array
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Literal

from troupe_core.plugin import Context, Embedder, EmbedderError, Vectors, in_thread
from troupe_embeddings.config import WordLlamaConfig
from troupe_embeddings.installed import folder_of, needed, version_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from wordllama.inference import WordLlamaInference  # type: ignore[import-untyped]

__all__ = ["WordLlamaEmbedder"]

_BATCH_CHARACTERS = 32_768
"""In one batch all texts take the room of the longest."""
_MODEL_DIMENSIONS = 256


class WordLlamaEmbedder(Embedder):
    """Two texts are near each other if their words are, in meaning too: a doctor is near a nurse.

    The vectors and the tokenizer lie in the package `wordllama`; nothing is downloaded. The order of words does not
    matter.
    """

    def __init__(self, config: WordLlamaConfig) -> None:
        needed("wordllama", "wordllama", "numpy")
        self.dimensions = config.dimensions
        self.fingerprint = f"wordllama-{version_of('wordllama')}:l2_supercat:{config.dimensions}"
        self._model: WordLlamaInference | None = None

    async def open(self, context: Context) -> None:
        self._model = await in_thread(_loaded, self.dimensions)

    async def close(self) -> None:
        self._model = None

    async def embed(self, texts: Sequence[str], role: Literal["query", "document"]) -> Vectors:
        return await in_thread(self._embedded, texts)

    def _embedded(self, texts: Sequence[str]) -> Vectors:
        if self._model is None:
            raise EmbedderError("the embedder wordllama is not open")
        data = array("f")
        for batch in _batches(texts):
            data.frombytes(_of_unit_length(self._model.embed(batch, norm=False)).tobytes())
        return Vectors(data, self.dimensions)


def _loaded(dimensions: int) -> "WordLlamaInference":
    """The model. Importing it turns on messages of the whole process, unless somebody has a handler for them."""
    root, quiet = logging.getLogger(), logging.NullHandler()
    root.addHandler(quiet)
    try:
        from wordllama import WordLlama  # type: ignore[import-untyped]
    finally:
        root.removeHandler(quiet)
    shorter = None if dimensions == _MODEL_DIMENSIONS else dimensions
    return WordLlama.load(cache_dir=folder_of("wordllama"), disable_download=True, trunc_dim=shorter)


def _batches(texts: Sequence[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    longest = 0
    for text in texts:
        plain = text.encode("utf-8", "replace").decode("utf-8")
        longest = max(longest, len(plain))
        if batch and longest * (len(batch) + 1) > _BATCH_CHARACTERS:
            yield batch
            batch, longest = [], len(plain)
        batch.append(plain)
    if batch:
        yield batch


def _of_unit_length(rows: "NDArray[np.float32]") -> "NDArray[np.float32]":
    """Each row scaled to length 1; where there is no direction, such as of no text, the first axis is taken."""
    import numpy as np

    lengths = np.linalg.norm(rows.astype(np.float64), axis=1, keepdims=True)
    bare = lengths[:, 0] == 0
    lengths[bare] = 1.0
    scaled: NDArray[np.float32] = (rows / lengths).astype(np.float32)
    scaled[bare, 0] = 1.0
    return scaled
