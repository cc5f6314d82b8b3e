"""What this plugin offers."""

from collections.abc import Sequence

from troupe_core.plugin import Component, hookimpl

__all__ = ["troupe_embedders"]


@hookimpl
def troupe_embedders() -> Sequence[Component]:
    """The embedders `hashing`, `wordllama` and `minilm`."""
    return [
        Component(
            name="hashing",
            summary="Words, pairs of words and pieces of words, hashed: no library, no model, the same on any machine.",
            factory="troupe_embeddings.hashing:HashingEmbedder",
            config="troupe_embeddings.config:HashingConfig",
        ),
        Component(
            name="wordllama",
            summary="WordLlama: small static word vectors with some meaning in them, offline.",
            factory="troupe_embeddings.word_llama:WordLlamaEmbedder",
            config="troupe_embeddings.config:WordLlamaConfig",
        ),
        Component(
            name="minilm",
            summary="all-MiniLM-L6-v2 as ONNX: the best of the three and by far the slowest, offline.",
            factory="troupe_embeddings.minilm:MiniLMEmbedder",
            config="troupe_embeddings.config:MiniLMConfig",
        ),
    ]
