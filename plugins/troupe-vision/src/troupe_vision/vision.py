"""The sense `vision`."""

import asyncio
from collections.abc import Callable
from typing import ClassVar

from PIL import Image

from troupe_core.plugin import Context, Media, Modality, ModalityError, Perceiver, Percept, Stimulus, in_thread
from troupe_vision.config import Config
from troupe_vision.decoding import Picture, as_png, decoded, opened
from troupe_vision.describing import Seen, described
from troupe_vision.reading import text_reader

__all__ = ["Vision"]

_MOST_KEPT = 256
"""So many pictures are looked at only once, however many people see them."""


class Vision(Modality):
    """Looks at each picture once, whoever perceives it."""

    accepts: ClassVar[tuple[str, ...]] = ("image/*",)

    def __init__(self, config: Config) -> None:
        self._config = config
        self._seen: dict[str, Seen | ModalityError] = {}
        self._looking = asyncio.Lock()
        self._read: Callable[[Image.Image], str] | None = None

    async def open(self, context: Context) -> None:
        """Load what reads text, where it is wanted. Raises `ConfigError`."""
        self._context = context
        if self._config.read_text:
            self._read = await in_thread(text_reader)

    async def perceive(self, stimulus: Stimulus, perceiver: Perceiver) -> Percept:
        """What the picture shows, in words; and the picture itself for a model that sees. Raises `ModalityError`."""
        media = stimulus.media
        if media is None:
            raise ModalityError("there is no picture")
        seen = await self._look(media.ref, show=perceiver.sees_images)
        told = seen if not perceiver.sees_images or self._config.describe_to_all else None
        words = described(stimulus.text, media.caption, told)
        if seen.shown is None or not perceiver.sees_images:
            return Percept(stimulus, words)
        return Percept(stimulus, words, Media(ref=seen.shown, media_type="image/png", caption=media.caption))

    async def _look(self, ref: str, *, show: bool) -> Seen:
        """What is in the picture; for somebody whose model sees, ready to be shown."""
        async with self._looking:
            known = self._seen.get(ref)
            if known is None or (show and isinstance(known, Seen) and known.shown is None):
                if len(self._seen) >= _MOST_KEPT:
                    self._seen.clear()
                known = self._seen[ref] = await self._look_anew(ref, show=show)
        if isinstance(known, ModalityError):
            raise ModalityError(known.what)
        return known

    async def _look_anew(self, ref: str, *, show: bool) -> Seen | ModalityError:
        try:
            data = await self._context.get_blob(ref)
            picture = await in_thread(decoded, opened(data, self._config))
        except KeyError:
            return ModalityError("the picture is no longer in the run")
        except ModalityError as fault:
            return fault
        text = "" if self._read is None else await in_thread(self._read, picture.pixels)
        return Seen.of(picture, text, await self._shown(picture) if show else None)

    async def _shown(self, picture: Picture) -> str:
        png = await in_thread(as_png, picture, self._config.longest_side)
        return await self._context.put_blob(png, "image/png")
