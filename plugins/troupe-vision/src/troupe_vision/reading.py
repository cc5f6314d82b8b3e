"""Reading the text in a picture, offline: RapidOCR, whose models lie inside its wheel."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from PIL import Image

from troupe_core.plugin import ConfigError

__all__ = ["LONGEST_READ", "text_reader"]

LONGEST_READ = 1_000
"""In characters: what is kept of the text in a picture."""

_SURE = 0.6
"""How sure the reader has to be of a line."""
_SAME_LINE = 0.6
"""Boxes whose tops are no further apart than this share of their height stand on one line."""


def text_reader() -> Callable[[Image.Image], str]:
    """What reads a picture; loading it takes seconds. Raises `ConfigError` where it is not installed."""
    try:
        asarray: Any = import_module("numpy").asarray
        engine: Any = import_module("rapidocr").RapidOCR(params={"Global.log_level": "critical"})
    except ImportError:
        raise ConfigError(
            "read_text = true needs a package that is not installed",
            where="[modalities.vision]",
            remedy="Install it: python -m pip install 'troupe-vision[ocr]', or set read_text = false.",
        ) from None

    def read(pixels: Image.Image) -> str:
        found: Any = engine(asarray(pixels)[:, :, ::-1])  # it wants blue, green, red
        if found.txts is None:
            return ""
        lines = [
            (float(box[0][1]), float(box[0][0]), float(box[3][1]) - float(box[0][1]), " ".join(text.split()))
            for text, score, box in zip(found.txts, found.scores, found.boxes, strict=True)
            if score >= _SURE and text.strip()
        ]
        return _in_reading_order(lines)[:LONGEST_READ]

    return read


def _in_reading_order(lines: list[tuple[float, float, float, str]]) -> str:
    """From top to bottom; what stands on one line from left to right, with spaces between."""
    rows: list[list[tuple[float, float, float, str]]] = []
    for line in sorted(lines):
        last = rows[-1][0] if rows else None
        if last is not None and line[0] - last[0] <= _SAME_LINE * last[2]:
            rows[-1].append(line)
        else:
            rows.append([line])
    return " / ".join(" ".join(text for _, _, _, text in sorted(row, key=lambda each: each[1])) for row in rows)
