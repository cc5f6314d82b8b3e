"""For each test of the kit for embedders, an embedder that breaks this one promise."""

import asyncio
from array import array
from itertools import count

from kits.culprits import kits_of

from troupe_core.plugin import Embedder, Vectors
from troupe_core.testing import EmbedderConformance, vector_of_words

__all__ = ["BROKEN", "GOOD", "KIT"]

KIT = EmbedderConformance
_PARTS = count()


class GoodEmbedder(Embedder):
    """Knows which words a text has."""

    fingerprint = "good-1"
    dimensions = 24

    async def embed(self, texts, role):
        await asyncio.sleep(0)
        return Vectors.of([self.vector(text, role) for text in texts], self.dimensions)

    def vector(self, text, role):
        return vector_of_words(text)


GOOD = GoodEmbedder


def _turned(vector, places):
    return (*vector[places:], *vector[:places])


class MakesThemTwiceAsLong(GoodEmbedder):
    def vector(self, text, role):
        return [2 * each for each in super().vector(text, role)]


class UsesDoubles(GoodEmbedder):
    async def embed(self, texts, role):
        vectors = await super().embed(texts, role)
        return Vectors(array("d", vectors.data), vectors.dimensions) if texts else vectors


class SortsTexts(GoodEmbedder):
    async def embed(self, texts, role):
        return await super().embed(sorted(texts), role)


class LooksAtTheNeighbours(GoodEmbedder):
    async def embed(self, texts, role):
        vectors = await super().embed(texts, role)
        if len(texts) < 2 or len(texts) >= 5:
            return vectors
        return Vectors.of([_turned(each, 1) for each in vectors.rows()], self.dimensions)


class ChangesItsFingerprint(GoodEmbedder):
    async def embed(self, texts, role):
        self.fingerprint = "warm"
        return await super().embed(texts, role)


class IsAnotherEachTime(GoodEmbedder):
    def __init__(self):
        self.number = next(_PARTS)

    def vector(self, text, role):
        return _turned(super().vector(text, role), self.number % 24)


class CannotDoNothing(GoodEmbedder):
    async def embed(self, texts, role):
        return Vectors.of([self.vector(text, role) for text in texts or [""]], self.dimensions)


class HasAShorterSpaceForQuestions(GoodEmbedder):
    def vector(self, text, role):
        vector = super().vector(text, role)
        return [each / 2 for each in vector] if role == "query" else vector


class GivesNothingForSpaces(GoodEmbedder):
    def vector(self, text, role):
        return super().vector(text, role) if text != " \n\t" or role == "query" else [0.0] * 24


class ChokesOnHalfCharacters(GoodEmbedder):
    def vector(self, text, role):
        text.encode()
        return super().vector(text, role)


class MixesUp(GoodEmbedder):
    async def embed(self, texts, role):
        self.texts = texts
        await asyncio.sleep(0)
        return Vectors.of([self.vector(text, role) for text in self.texts], self.dimensions)


class IsNeverCancelled(GoodEmbedder):
    async def embed(self, texts, role):
        try:
            return await super().embed(texts, role)
        except asyncio.CancelledError:
            return Vectors.of([], self.dimensions)


BROKEN = {
    "test_each_text_has_one_unit_vector_of_float32": MakesThemTwiceAsLong,
    "test_vectors_come_in_the_order_of_the_texts": SortsTexts,
    "test_a_text_has_the_same_vector_in_any_company": LooksAtTheNeighbours,
    "test_what_it_says_of_itself_is_fixed": ChangesItsFingerprint,
    "test_another_part_gives_the_same_vectors": IsAnotherEachTime,
    "test_nothing_to_embed_gives_no_vectors": CannotDoNothing,
    "test_a_question_and_a_document_have_vectors_of_one_space": HasAShorterSpaceForQuestions,
    "test_long_empty_and_strange_texts_have_vectors": ChokesOnHalfCharacters,
    "test_many_at_once_are_not_mixed_up": MixesUp,
    "test_being_cancelled_passes_through": IsNeverCancelled,
}

globals().update(kits_of(KIT, [GOOD, *BROKEN.values(), UsesDoubles, GivesNothingForSpaces]))
