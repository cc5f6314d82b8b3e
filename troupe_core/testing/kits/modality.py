"""The kit for senses: each sentence of `Modality`."""

import asyncio
import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, ClassVar

from troupe_core.errors import ModalityError
from troupe_core.testing.conformance import Conformance
from troupe_core.testing.lent.pictures import tiny_png
from troupe_core.testing.trying.kit_versions import added_in
from troupe_core.testing.trying.resting import rests_on
from troupe_core.values.canonical import content_hash
from troupe_core.values.ids import AgentId
from troupe_core.values.percept import Perceiver, Percept
from troupe_core.values.stimulus import Media, Stimulus

__all__ = ["ModalityConformance"]

_MEDIA_TYPE = re.compile(r"\*/\*|[a-z]+/(\*|[a-z0-9][a-z0-9.+-]*)")
_ANN = AgentId("Ann")
_CAPTIONS = (None, "", "A photograph.", "早上好 🦊", "x" * 20_000, "\u202eright to left\n\n# heading")


class ModalityConformance(Conformance):
    """Derive a class whose name begins with ``Test``; set `component`, or `factory`, and `samples`."""

    kind: ClassVar[str] = "modality"

    samples: ClassVar[Sequence[tuple[bytes, str]]] = ((tiny_png(), "image/png"),)
    """What can be perceived: bytes, and their media type. Without others, a small picture."""

    unreadable: ClassVar[Sequence[bytes]] = (b"", b"\x00\xffno such thing" * 20)
    """What cannot be perceived, whatever its media type says; samples that were cut off come on top."""

    async def look(
        self, part: Any, data: bytes, media_type: str, *, sees: bool, text: str = "", caption: str | None = None
    ) -> Any:
        """What Ann makes of it: a stimulus with this medium, which lies in the run as `Context.get_blob` gives it."""
        stimulus = self._stimulus(data, media_type, text, caption)
        return await part.perceive(stimulus, Perceiver(_ANN, sees_images=sees))

    def _stimulus(self, data: bytes, media_type: str, text: str, caption: str | None) -> Stimulus:
        ref = content_hash(data)
        self._blobs[ref] = data
        return Stimulus(text=text, media=Media(ref=ref, media_type=media_type, caption=caption))

    def context(self, folder: Any = None) -> Any:
        context = super().context(folder)
        context.blobs = self._blobs
        return context

    @cached_property
    def _blobs(self) -> dict[str, bytes]:
        """What lies in the run: all parts of one test see the same."""
        return {}

    async def exercise(self, part: Any) -> None:
        for data, media_type in self.samples:
            await self.look(part, data, media_type, sees=False)
            await self.look(part, data, media_type, sees=True)

    async def traces(self, part: Any) -> Any:
        (data, media_type), *_ = self.samples
        return self._told([await self.look(part, data, media_type, sees=False)])

    # ── What it takes ────────────────────────────────────────────────────────────────────────────────────────

    @added_in("0.1")
    def test_it_says_which_media_types_it_takes(self) -> None:
        """`accepts` holds media types, ``image/png`` or ``image/*``, and the kit's samples are among them."""
        accepts = self.make().accepts
        strange = [each for each in accepts if not (isinstance(each, str) and _MEDIA_TYPE.fullmatch(each))]
        self.promise(
            isinstance(accepts, tuple) and bool(accepts) and not strange,
            seen=f"accepts = {accepts!r}",
            change='say what it takes as a tuple: accepts = ("image/png", "image/jpeg").',
        )
        foreign = [media_type for _, media_type in self.samples if not _accepted(media_type, accepts)]
        self.promise(
            not foreign,
            seen=f"accepts = {accepts!r}, and the samples are {foreign}",
            change="set `samples` in the test class: ((the bytes, the media type), …).",
        )

    # ── What it makes of it ──────────────────────────────────────────────────────────────────────────────────

    @added_in("0.1")
    def test_there_is_always_text(self) -> None:
        """A percept has text always, also for a model that sees, and for what its author gave no words."""
        for sees in (False, True):
            for percept in self._percepts(sees=sees):
                text = getattr(percept, "text", None)
                self.promise(
                    isinstance(text, str) and bool(text.strip()),
                    seen=f"for a model that {'sees' if sees else 'does not see'}, the text was {text!r}",
                    change="describe what is there as well as it can be done offline, if only its kind and size: it is "
                    "what is remembered.",
                )

    @added_in("0.1")
    def test_it_makes_a_percept_of_the_stimulus(self) -> None:
        """`perceive` gives a `Percept` of the stimulus that it was given."""

        async def story(part: Any) -> list[tuple[Stimulus, Any]]:
            given = [self._stimulus(data, kind, "Look!", "A caption.") for data, kind in self.samples]
            return [(each, await part.perceive(each, Perceiver(_ANN, sees_images=False))) for each in given]

        for stimulus, percept in self.tried(story):
            self.promise(
                isinstance(percept, Percept) and percept.stimulus == stimulus,
                seen=f"it gave {str(percept)[:160]}",
                change="return Percept(stimulus, text, media) with the stimulus as it came.",
            )

    @added_in("0.1")
    def test_media_stay_attached_for_a_model_that_sees(self) -> None:
        """Media stay attached for a model that sees, as bytes that the run holds."""

        async def story(part: Any) -> list[str]:
            told = []
            for data, media_type in self.samples:
                percept = await self.look(part, data, media_type, sees=True)
                media = getattr(percept, "media", None)
                if media is None:
                    told.append(f"nothing was attached to the percept of {media_type}")
                elif media.ref not in self._blobs:
                    told.append(f"what was attached ({media.ref[:12]}…) does not lie in the run")
            return told

        told = [each for each in self.tried(story) if "image/" in each or "does not lie" in each]
        self.promise(
            not told,
            seen="; ".join(told),
            change="pass stimulus.media on where perceiver.sees_images; what is made smaller first, keep with "
            "context.put_blob.",
        )

    @added_in("0.1")
    @rests_on("test_two_parts_share_nothing")
    def test_the_same_is_perceived_alike(self) -> None:
        """The same stimulus gives the same percept, in another part too."""
        for sees in (False, True):
            one, other = (self._told(self._percepts(sees=sees)) for _ in range(2))
            self.promise(
                one == other,
                seen=f"of the same media: {str(one)[:120]} and {str(other)[:120]}",
                change="draw from context.random(key), take no clock, and keep nothing of what was seen before.",
            )

    @added_in("0.1")
    @rests_on("test_the_same_is_perceived_alike")
    def test_many_may_look_at_once(self) -> None:
        """Agents perceive at the same time: what one makes of it depends on nobody else."""

        async def story(part: Any) -> tuple[list[Any], list[Any]]:
            looks = [(data, kind, sees) for data, kind in self.samples for sees in (False, True)] * 4
            together = await asyncio.gather(*(self.look(part, d, k, sees=sees) for d, k, sees in looks))
            return self._told(list(together)), self._told([await self.look(part, d, k, sees=s) for d, k, s in looks])

        together, alone = self.tried(story)
        self.promise(
            together == alone,
            seen=f"together: {str(together)[:120]}, one after the other: {str(alone)[:120]}",
            change="keep nothing of a call on `self` across an await.",
        )

    # ── What it cannot perceive ──────────────────────────────────────────────────────────────────────────────

    @added_in("0.1")
    def test_what_cannot_be_perceived_is_said_so(self) -> None:
        """`perceive` raises `ModalityError` for what it cannot read: what is something else, half of it, nothing."""
        for what, data, media_type in self._broken():
            told = self._came_of(data, media_type)
            self.promise(
                told is None,
                seen=f"{what} came to {told}",
                change="catch what the decoding library raises, look whether all is there that the file announces, and "
                "raise ModalityError with a sentence that says what is wrong: the author's words are perceived in its "
                "place.",
            )

    @added_in("0.1")
    def test_words_of_any_kind_stand_beside_it(self) -> None:
        """What its author says of a medium may be long, of any script, or nothing."""

        async def story(part: Any) -> None:
            for data, media_type in self.samples:
                for words in _CAPTIONS:
                    await self.look(part, data, media_type, sees=False, text=words or "", caption=words)

        self.tried(story)

    @added_in("0.1")
    def test_perceiving_can_be_broken_off(self) -> None:
        """`CancelledError` passes through, and what comes next is perceived as ever."""

        async def story(part: Any) -> bool:
            data, media_type = self.samples[0]
            looking = asyncio.create_task(self.look(part, data, media_type, sees=False))
            await asyncio.sleep(0)
            under_way = not looking.done()
            looking.cancel()
            await asyncio.gather(looking, return_exceptions=True)
            await self.look(part, data, media_type, sees=False)
            return not under_way or looking.cancelled()

        self.promise(
            self.tried(story),
            seen="a cancelled look went on as if nothing had been",
            change="catch Exception at most: CancelledError is none.",
        )

    def _percepts(self, *, sees: bool) -> list[Any]:
        async def story(part: Any) -> list[Any]:
            return [await self.look(part, data, media_type, sees=sees) for data, media_type in self.samples]

        return self.tried(story)

    def _broken(self) -> Iterator[tuple[str, bytes, str]]:
        """In words, and as bytes: what cannot be perceived."""
        for data, media_type in self.samples:
            half = len(data) // 2
            yield f"the first {half} of the {len(data)} bytes of a sample of {media_type}", data[:half], media_type
        for data in self.unreadable:
            for _, media_type in self.samples:
                yield f"{len(data)} bytes that are no {media_type}", data, media_type

    def _came_of(self, data: bytes, media_type: str) -> str | None:
        """What came of it in place of a `ModalityError`."""

        async def story(part: Any) -> str | None:
            try:
                percept = await self.look(part, data, media_type, sees=False)
            except ModalityError as refusal:
                return None if str(refusal).strip() else "a ModalityError without words"
            except Exception as fault:
                return f"{type(fault).__name__}: {fault}"
            return f"the percept {getattr(percept, 'text', percept)!r}"

        return self.tried(story)

    @staticmethod
    def _told(percepts: Sequence[Any]) -> list[Any]:
        return [(getattr(each, "text", each), getattr(each, "media", None)) for each in percepts]


def _accepted(media_type: str, accepts: Any) -> bool:
    return media_type in accepts or f"{media_type.partition('/')[0]}/*" in accepts or "*/*" in accepts
