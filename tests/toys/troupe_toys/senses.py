"""Toy senses and a toy embedder."""

from asyncio import sleep
from collections.abc import Sequence
from typing import ClassVar, Literal

from troupe_core.plugin import Context, Embedder, Modality, ModalityError, Perceiver, Percept, Stimulus, Vectors


class Eye(Modality):
    """Sees how many bytes a picture has."""

    accepts: ClassVar[tuple[str, ...]] = ("image/*",)

    async def open(self, context: Context) -> None:
        self._context = context

    async def perceive(self, stimulus: Stimulus, perceiver: Perceiver) -> Percept:
        assert stimulus.media is not None
        data = await self._context.get_blob(stimulus.media.ref)
        return Percept(stimulus, f"{perceiver.agent} sees a picture of {len(data)} bytes.", stimulus.media)


class BlindEye(Modality):
    """Sees nothing in anything."""

    accepts: ClassVar[tuple[str, ...]] = ("image/png",)

    async def perceive(self, stimulus: Stimulus, perceiver: Perceiver) -> Percept:
        raise ModalityError("this is no picture")


class LateEye(Modality):
    """Sees the same in everything, for everybody a little later."""

    accepts: ClassVar[tuple[str, ...]] = ("image/*",)

    def __init__(self) -> None:
        self._late = 0.0

    async def perceive(self, stimulus: Stimulus, perceiver: Perceiver) -> Percept:
        self._late += 0.02
        await sleep(self._late)
        return Percept(stimulus, "A cabbage.", None)


class Letters(Embedder):
    """How often each of the first eight letters occurs."""

    fingerprint = "letters, not open"
    dimensions = 8

    async def open(self, context: Context) -> None:
        self.fingerprint = "letters 1"

    async def embed(self, texts: Sequence[str], role: Literal["query", "document"]) -> Vectors:
        rows = [[text.lower().count(letter) + 1e-9 for letter in "abcdefgh"] for text in texts]
        return Vectors.of([[x / sum(y * y for y in row) ** 0.5 for x in row] for row in rows], 8)
