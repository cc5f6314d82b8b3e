"""A sense that keeps every promise: it weighs pictures."""

from troupe_core.plugin import Modality, ModalityError, Percept

__all__ = ["GoodSense"]


class GoodSense(Modality):
    """Says how large a picture's file is."""

    accepts = ("image/png",)

    async def open(self, context):
        self.context = context

    async def perceive(self, stimulus, perceiver):
        data = await self.context.get_blob(stimulus.media.ref)
        if not data.startswith(b"\x89PNG") or not data.endswith(b"IEND\xae\x42\x60\x82"):
            raise ModalityError("this is no whole PNG")
        return Percept(stimulus, f"A picture of {len(data)} bytes.", stimulus.media if perceiver.sees_images else None)
