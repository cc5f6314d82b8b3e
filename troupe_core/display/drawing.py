"""Figures drawn as pictures, where a library for that is installed: nothing is fetched for them."""

from base64 import b64encode
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from troupe_core.values.findings import Figure

__all__ = ["LIBRARY", "as_picture", "can_draw"]

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
    if not can_draw():
        return None
    converter: Any = import_module("vl_convert")
    try:
        svg: str = converter.vegalite_to_svg(dict(figure.vega_lite), config=_CONFIG, allowed_base_urls=[])
    except (ValueError, TypeError):
        return None
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
