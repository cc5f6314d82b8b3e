"""Figures drawn as pictures, where a library for that is installed: nothing is fetched for them."""

from base64 import b64encode
from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from troupe_core.values.findings import Figure

__all__ = ["LIBRARY", "as_picture", "as_png", "can_draw"]

LIBRARY = "vl-convert-python"
"""What has to be installed for figures to be drawn."""

_GREY = "#808080"
"""Readable on white and on black: a picture does not know the page that it stands on."""

_CONFIG = {
    "background": "transparent",
    "axis": {"labelColor": _GREY, "titleColor": _GREY, "tickColor": _GREY, "domainColor": _GREY, "gridOpacity": 0.2},
    "legend": {"labelColor": _GREY, "titleColor": _GREY},
    "header": {"labelColor": _GREY, "titleColor": _GREY},
    "title": {"color": _GREY, "subtitleColor": _GREY},
    "text": {"color": _GREY},
}


def can_draw() -> bool:
    """Whether the library is there."""
    return find_spec("vl_convert") is not None


def as_picture(figure: Figure) -> str | None:
    """The figure as an SVG in a ``data:`` address; None where it cannot be drawn.

    A picture that is shown so runs no script, follows no link and fetches nothing, whatever its specification says.
    """
    svg = _converted(figure, "vegalite_to_svg", _CONFIG)
    return None if svg is None else f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"


def as_png(figure: Figure) -> bytes | None:
    """The figure as a PNG on white, two pixels for each of its units; None where it cannot be drawn."""
    png: bytes | None = _converted(figure, "vegalite_to_png", {"background": "white"}, scale=2)
    return png


def _converted(figure: Figure, into: str, config: Mapping[str, object], **options: object) -> Any:
    """What the library makes of a figure, fetching nothing for it."""
    if not can_draw():
        return None
    convert = getattr(import_module("vl_convert"), into)
    try:
        return convert(dict(figure.vega_lite), config=dict(config), allowed_base_urls=[], **options)
    except (ValueError, TypeError):
        return None
