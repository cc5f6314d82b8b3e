"""Which colours a picture mostly has, by the names that people use."""

from collections import Counter

from PIL import Image

__all__ = ["colours_of"]

_NAMED = {
    "black": (20, 20, 20),
    "dark grey": (80, 80, 80),
    "grey": (140, 140, 140),
    "light grey": (200, 200, 200),
    "white": (250, 250, 250),
    "red": (205, 40, 40),
    "dark red": (110, 20, 25),
    "orange": (235, 130, 40),
    "yellow": (240, 215, 60),
    "beige": (225, 205, 170),
    "brown": (120, 80, 45),
    "green": (60, 150, 70),
    "dark green": (25, 75, 40),
    "light green": (160, 215, 140),
    "turquoise": (70, 190, 190),
    "blue": (45, 95, 200),
    "dark blue": (20, 35, 95),
    "light blue": (150, 195, 235),
    "purple": (120, 60, 150),
    "pink": (235, 140, 180),
}
_GRID = 48
"""The picture is looked at in so many fields across and down."""
_MOST = 3
_SHARE = 0.12
"""A colour has at least this share of the fields to be named."""


def colours_of(pixels: Image.Image) -> list[str]:
    """Up to three names, the most frequent first; always at least one."""
    fields = pixels.resize((_GRID, _GRID), Image.Resampling.BOX).tobytes()
    triples = zip(fields[0::3], fields[1::3], fields[2::3], strict=True)
    counted = Counter(_nearest(*triple) for triple in triples)
    ranked = sorted(counted, key=lambda name: (-counted[name], name))
    named = [name for name in ranked[:_MOST] if counted[name] >= _SHARE * _GRID * _GRID]
    return named or ranked[:1]


def _nearest(red: int, green: int, blue: int) -> str:
    """The name whose colour looks most alike: a weighted distance ("redmean", T. Riemersma)."""

    def distance(name: str) -> float:
        r, g, b = _NAMED[name]
        mean = (red + r) / 2
        return (2 + mean / 256) * (red - r) ** 2 + 4 * (green - g) ** 2 + (2 + (255 - mean) / 256) * (blue - b) ** 2

    return min(_NAMED, key=distance)
