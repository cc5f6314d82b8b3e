"""The eye."""

from kit_eyes.config import EyeConfig
from troupe_core.plugin import Modality, ModalityError, Percept


class Eye(Modality):
    """Says how large a picture's file is."""

    accepts = ("image/png",)

    def __init__(self, config: EyeConfig) -> None:
        self.least = config.least

    async def open(self, context):
        self.context = context

    async def perceive(self, stimulus, perceiver):
        data = await self.context.get_blob(stimulus.media.ref)
        if len(data) < self.least or not data.endswith(b"IEND\xae\x42\x60\x82"):
            raise ModalityError("this is no whole PNG")
        return Percept(stimulus, f"A picture of {len(data)} bytes.", stimulus.media if perceiver.sees_images else None)


class HeavyEye(Eye):
    """The same without settings."""

    def __init__(self) -> None:
        super().__init__(EyeConfig())
