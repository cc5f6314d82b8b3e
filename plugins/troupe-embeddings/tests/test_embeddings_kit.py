"""The embedders keep what every embedder promises."""

from troupe_core.testing import EmbedderConformance


class TestHashing(EmbedderConformance):
    component = "hashing"


class TestWordLlama(EmbedderConformance):
    component = "wordllama"


class TestMiniLM(EmbedderConformance):
    component = "minilm"
