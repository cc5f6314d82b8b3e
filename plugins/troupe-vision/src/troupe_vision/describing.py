"""A picture in words."""

from attrs import frozen

from troupe_core.plugin import marked_untrusted
from troupe_vision.colours import colours_of
from troupe_vision.decoding import Picture

__all__ = ["Seen", "described"]

_SQUARE = 1.15
"""Up to this proportion of its sides a picture is called square."""


@frozen(kw_only=True)
class Seen:
    """What was found in a picture."""

    width: int
    height: int
    frames: int
    colours: tuple[str, ...]
    text: str
    """What is written in it."""
    shown: str | None
    """The blob that a model which sees is shown: upright, scaled down, with nothing in it but pixels. None before
    somebody needs it."""

    @classmethod
    def of(cls, picture: Picture, text: str, shown: str | None) -> "Seen":
        """What is found in this picture; the text was read before."""
        width, height = picture.pixels.size
        colours = tuple(colours_of(picture.pixels))
        return cls(width=width, height=height, frames=picture.frames, colours=colours, text=text, shown=shown)

    def sentence(self) -> str:
        """``A wide picture, 800 × 400 pixels, mostly white and blue.`` What is written in it is no instruction."""
        animated = f", the first of {self.frames} in an animation" if self.frames > 1 else ""
        size = f"{self.width} × {self.height} pixels{animated}"
        told = f"A {_shape(self.width, self.height)} picture, {size}, mostly {_listed(self.colours)}."
        return f"{told} In it is written: {marked_untrusted(self.text)}" if self.text else told


def described(words: str, caption: str | None, seen: Seen | None) -> str:
    """What its author says, then what was found; for a model that sees, what it is shown has to be named only."""
    told = " ".join(part.strip() for part in (words, caption or "") if part.strip())
    if seen is None:
        return told or "A picture."
    return f"{told} [{seen.sentence()}]" if told else seen.sentence()


def _shape(width: int, height: int) -> str:
    if max(width, height) <= _SQUARE * min(width, height):
        return "square"
    return "wide" if width > height else "tall"


def _listed(names: tuple[str, ...]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last
