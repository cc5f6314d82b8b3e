# mypy: allow-untyped-defs, allow-incomplete-defs, allow-untyped-calls
"""Real pictures, made here."""

from importlib.util import find_spec
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

HAS_OCR = find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


def saved(image, kind="PNG", **how):
    written = BytesIO()
    image.save(written, kind, **how)
    return written.getvalue()


def plain(size=(80, 40), colour="white", mode="RGB"):
    return Image.new(mode, size, colour)


def sign():
    """A white sign with two lines of text."""
    image = plain((600, 200))
    draw = ImageDraw.Draw(image)
    draw.text((30, 40), "CLOSED ON MONDAYS", fill="black", font=ImageFont.load_default(48))
    draw.text((30, 120), "Bakery Holm", fill="darkred", font=ImageFont.load_default(40))
    return saved(image)


def sideways():
    """A photograph whose camera was held on its side, and said so; and who took it, which is nobody's business."""
    image = plain((80, 40), "blue")
    exif = image.getexif()
    exif[0x0112] = 6  # orientation: turn it by 90 degrees
    exif[0x013B] = "Secret Photographer"
    return saved(image, "JPEG", exif=exif)


def animation():
    """Three frames, the first of them red."""
    frames = [plain((40, 40), colour) for colour in ("red", "green", "blue")]
    return saved(frames[0], "GIF", save_all=True, append_images=frames[1:])


def bomb():
    """Four hundred million pixels in a few kilobytes."""
    return saved(Image.new("1", (20_000, 20_000)), optimize=False)
