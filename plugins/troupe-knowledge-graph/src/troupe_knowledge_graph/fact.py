"""One fact."""

from attrs import frozen

from troupe_core.plugin import clipped, plain_text

__all__ = ["LONGEST_NAME", "Fact", "named"]

LONGEST_NAME = 200
"""In characters: what a thing or a predicate can be called; longer names end in an ellipsis."""


@frozen
class Fact:
    """Something that is said of a thing, and who says it."""

    subject: str
    predicate: str
    object: str
    source: str


def named(text: str) -> str:
    """A name as it is kept: one plain line."""
    if len(text) <= LONGEST_NAME and text.isascii() and text.isprintable() and _is_trim(text):
        return text  # as nearly all of a million names are
    return clipped(" ".join(plain_text(text).split()), LONGEST_NAME)


def _is_trim(text: str) -> bool:
    return "  " not in text and text == text.strip()
