# mypy: allow-untyped-defs, allow-incomplete-defs, allow-untyped-calls
"""What the memory `chroma` finds: what fits the words, all of it, whatever the index overlooks."""

import asyncio
from contextlib import asynccontextmanager
from random import Random

import pytest
from chroma_serving import looked_into
from troupe_chroma.config import Config
from troupe_chroma.memory import ChromaMemory
from troupe_embeddings.config import HashingConfig
from troupe_embeddings.hashing import HashingEmbedder

from troupe_core.plugin import AgentId, Cue, Marks, Memory
from troupe_core.testing import TrialContext, WordsEmbedder, cue, memory, vector_of_words

ANN = AgentId("Ann")

SAID = [
    "Lisa: The bakery on the corner closes early on Mondays.",
    "Oscar: The tram to the harbour was late again.",
    "Marta: Somebody repaired the coffee machine in the kitchen.",
    "Jonas: A fox was seen in the schoolyard this morning.",
    "Priya: My brother plays the cello in the cathedral.",
    "Ahmed: The rent will rise in spring, they say.",
    "Wei: The photograph on the desk shows an old lighthouse.",
    "Greta: The cashiers were replaced by machines.",
    "Lisa: I like my new bicycle better than the car.",
    "Oscar: The library has a garden on its roof now.",
]


@asynccontextmanager
async def opened(folder, embedder=None, **settings):
    backend = ChromaMemory(Config(**settings))
    await backend.open(TrialContext(folder=folder, embedder=embedder or WordsEmbedder()))
    try:
        yield backend
    finally:
        await backend.close()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("When does the bakery close?", 0),
        ("Are trams ever late?", 1),
        ("Who repairs coffee machines?", 2),
        ("Did anybody see a fox?", 3),
        ("Does anybody play the cello?", 4),
        ("an old lighthouse in a photo", 6),
        ("What became of the cashier?", 7),
        ("the library's gardens", 9),
    ],
)
def test_a_memory_is_found_by_its_words_among_many(tmp_path, asked, found):
    embedder = HashingEmbedder(HashingConfig())
    others = [f"{name}: Good morning, {other}! {n}" for n, name in enumerate("ABCDEFGHIJ") for other in "KLMNOPQRST"]

    async def story():
        async with opened(tmp_path, embedder) as backend:
            texts = [*SAID, *others]
            vectors = await embedder.embed(texts, "document")
            kept = [
                Memory(id=str(n), text=text, kind="talk", step=n, at=cue("").now, vector=row)
                for n, (text, row) in enumerate(zip(texts, vectors.rows(), strict=True))
            ]
            await backend.store(ANN, kept)
            (sought,) = (await embedder.embed([asked], "query")).rows()
            return await backend.search(ANN, Cue(text=asked, count=3, now=cue("").now, vector=sought))

    assert asyncio.run(story())[0].memory.text == SAID[found]


def test_scores_are_the_cosines(tmp_path):
    async def story():
        async with opened(tmp_path) as backend:
            await backend.store(ANN, [memory("same", "it rains"), memory("half", "it snows")])
            return await backend.search(ANN, cue("it rains"))

    same, half = asyncio.run(story())
    assert (same.memory.id, same.score) == ("same", pytest.approx(1.0))
    assert (half.memory.id, half.score) == ("half", pytest.approx(0.5))


def test_nothing_is_overlooked_where_most_memories_say_the_same(tmp_path):
    """Many equal vectors and many deletions tear Chroma's index apart: by itself it finds a part only."""
    random = Random(4)
    texts = ["Good morning!", "Good night!", "it rains", "it snows"]
    kept: dict[str, str] = {}

    async def story():
        async with opened(tmp_path) as backend:
            for round_ in range(30):
                new = {f"{round_}-{n}": random.choice(texts[: 1 + round_ % 4]) for n in range(40)}
                await backend.store(ANN, [memory(each, text) for each, text in new.items()])
                kept.update(new)
                if round_ % 4 == 3:
                    gone = random.sample(sorted(kept), len(kept) // 3)
                    await backend.forget(ANN, gone)
                    for each in gone:
                        del kept[each]
                for text in texts:
                    hits = await backend.search(ANN, cue(text, 2000))
                    assert {hit.memory.id for hit in hits} == kept.keys()
                    same = sorted(each for each, said in kept.items() if said == text)
                    assert [hit.memory.id for hit in hits][: len(same)] == same

    asyncio.run(story())


def test_of_equals_the_first_by_id_are_found_though_only_some_are_wanted(tmp_path):
    async def story(folder, **settings):
        folder.mkdir()
        async with opened(folder, **settings) as backend:
            ids = [f"m{n:03}" for n in range(300)]
            Random(1).shuffle(ids)
            await backend.store(ANN, [memory(each, "Good morning!") for each in ids])
            hits = await backend.search(ANN, cue("Good morning!", 3, ["m001"]))
            return [hit.memory.id for hit in hits]

    assert asyncio.run(story(tmp_path / "all")) == ["m000", "m002", "m003"]
    assert asyncio.run(story(tmp_path / "some", exact_up_to=10)) == ["m000", "m002", "m003"]


def test_who_perceives_nothing_recalls_the_newest_by_simulated_time(tmp_path):
    async def story():
        async with opened(tmp_path) as backend:
            await backend.store(ANN, [memory("b", step=2), memory("old", step=0), memory("a", step=2)])
            return [(hit.memory.id, hit.score) for hit in await backend.search(ANN, cue("", 2))]

    assert asyncio.run(story()) == [("a", 1.0), ("b", pytest.approx(2 / 3))]


def test_vectors_come_back_as_they_were(tmp_path):
    async def story():
        async with opened(tmp_path) as backend:
            await backend.store(ANN, [memory("a", "it rains cats and dogs")])
            return (await backend.get(ANN, ["a"]))[0].vector

    assert asyncio.run(story()) == vector_of_words("it rains cats and dogs")


def test_marks_are_kept_beside_their_memory(tmp_path):
    nine = cue("").now

    async def story():
        async with opened(tmp_path) as backend:
            await backend.store(ANN, [memory("a")])
            await backend.mark(ANN, {"a": Marks(strength=0.5, recalled=nine), "x": Marks(tier="long")})
            await backend.mark(ANN, {"a": Marks(tier="long")})

    asyncio.run(story())

    with looked_into(tmp_path / "store") as client:
        (collection,) = client.list_collections()
        (metadata,) = collection.get(include=["metadatas"])["metadatas"]
    assert metadata["strength"] == 0.5
    assert metadata["recalled"] == nine.isoformat()
    assert metadata["tier"] == "long"
    assert metadata["kind"] == "talk"


def test_more_than_chroma_takes_at_once_is_stored_in_parts(tmp_path):
    async def story():
        async with opened(tmp_path) as backend:
            ids = [f"m{n:05}" for n in range(6000)]
            await backend.store(ANN, [memory(each, f"said {n}") for n, each in enumerate(ids)])
            await backend.forget(ANN, ids[:5500])
            return ids[5500:], [each async for each in backend.ids(ANN)], await backend.get(ANN, ids)

    left, ids, got = asyncio.run(story())
    assert ids == left == [each.id for each in got]
