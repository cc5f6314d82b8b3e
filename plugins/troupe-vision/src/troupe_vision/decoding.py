"""From the bytes of a picture to pixels: nothing is decoded that could fill the memory, nothing hidden is kept."""

from io import BytesIO
from warnings import catch_warnings, simplefilter

from attrs import frozen
from PIL import Image, ImageOps, UnidentifiedImageError

from troupe_core.plugin import ModalityError
from troupe_vision.config import Config

__all__ = ["FORMATS", "Picture", "as_png", "decoded", "opened"]

FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF")
"""What is decoded: no formats that are programs or documents."""

_BROKEN = "the picture is broken, or breaks off"
"""Without the decoder's own words, which change with its version: this stands in the journal."""


@frozen(eq=False)
class Picture:
    """A decoded picture, upright, without transparency."""

    pixels: Image.Image
    """RGB."""
    format: str
    frames: int
    """How many pictures the file holds: more than one where it is animated."""


def opened(data: bytes, config: Config) -> Image.Image:
    """The picture's head, read and checked: its format and its size. Raises `ModalityError`.

    It is quick and decodes nothing, so it is called where nobody else runs: warnings are everybody's.
    """
    if len(data) > config.max_bytes:
        raise ModalityError(f"the picture's file has {len(data):,} bytes, at most {config.max_bytes:,} are looked at")
    try:
        with catch_warnings():
            simplefilter("ignore")  # a large picture is judged below, by the study's own limit
            image = Image.open(BytesIO(data), formats=FORMATS)
    except Image.DecompressionBombError:
        raise ModalityError(_too_large("more than 178 million", config)) from None
    except UnidentifiedImageError:
        raise ModalityError(f"this is no picture of a kind that is known here ({', '.join(FORMATS)})") from None
    except Exception:  # a decoder that meets nonsense may raise anything
        raise ModalityError(_BROKEN) from None
    if image.width * image.height > config.max_pixels:
        raise ModalityError(_too_large(f"{image.width} × {image.height}", config))
    return image


def decoded(image: Image.Image) -> Picture:
    """The first frame, turned as its camera was held, on white where it is transparent. Raises `ModalityError`."""
    try:
        frames = int(getattr(image, "n_frames", 1))
        image.seek(0)
        image.load()
        upright = ImageOps.exif_transpose(image)
        return Picture(_without_transparency(upright), str(image.format), frames)
    except Exception:
        raise ModalityError(_BROKEN) from None


def as_png(picture: Picture, longest_side: int) -> bytes:
    """The picture as PNG, no larger than that, with nothing in it but pixels."""
    pixels = picture.pixels
    scale = longest_side / max(pixels.size)
    if scale < 1:
        size = (max(round(pixels.width * scale), 1), max(round(pixels.height * scale), 1))
        pixels = pixels.resize(size, Image.Resampling.LANCZOS)
    bare = Image.new("RGB", pixels.size)
    bare.paste(pixels)
    written = BytesIO()
    bare.save(written, "PNG")
    return written.getvalue()


def _without_transparency(image: Image.Image) -> Image.Image:
    if image.has_transparency_data:
        layered = image.convert("RGBA")
        ground = Image.new("RGBA", layered.size, "white")
        return Image.alpha_composite(ground, layered).convert("RGB")
    return image.convert("RGB")


def _too_large(size: str, config: Config) -> str:
    return f"the picture is too large: {size} pixels, at most {config.max_pixels:,} are decoded"
