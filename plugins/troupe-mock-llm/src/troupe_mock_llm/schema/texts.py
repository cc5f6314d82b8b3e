"""Texts within the bounds of a schema."""

from troupe_mock_llm.schema.chooser import Chooser, Place
from troupe_mock_llm.schema.formats import FORMATS
from troupe_mock_llm.schema.impossible import Impossible
from troupe_mock_llm.schema.merging import Schema
from troupe_mock_llm.schema.patterns import matching

__all__ = ["fitted", "text"]

_FILL = " and so on"
_TRIES = 30


def text(schema: Schema, place: Place, chooser: Chooser) -> str:
    """A text that fits. Raises `Impossible`."""
    least, most = schema.get("minLength", 0), schema.get("maxLength")
    if most is not None and most < least:
        raise Impossible(f"no text has {least} to {most} characters")
    if "pattern" in schema:
        return _within(schema["pattern"], int(least), most, chooser)
    if schema.get("format") in FORMATS:
        return FORMATS[schema["format"]](chooser)
    return fitted(chooser.text(place, most), int(least), None if most is None else int(most))


def fitted(words: str, least: int, most: int | None) -> str:
    """`words`, cut between words or drawn out until the length is right."""
    if most is not None and len(words) > most:
        cut = words[:most]
        shorter = cut.rpartition(" ")[0] if " " in cut and not words[most].isspace() else cut
        words = shorter if len(shorter.rstrip(" ,;:")) >= max(least, most // 2) else cut
        words = words.rstrip(" ,;:") if len(words.rstrip(" ,;:")) >= least else words
    while len(words) < least:
        words += _FILL if most is None or len(words) + len(_FILL) <= most else "."
    return words


def _within(pattern: str, least: int, most: int | None, chooser: Chooser) -> str:
    why = Impossible(f"found no text of {least} to {most} characters for {pattern!r}")
    for _ in range(_TRIES):
        found = matching(pattern, chooser)
        if len(found) < least and not pattern.endswith("$"):
            found = fitted(found, least, most)
        elif len(found) < least and not pattern.startswith("^"):
            found = "x" * (least - len(found)) + found
        if len(found) >= least and (most is None or len(found) <= most):
            return found
    raise why
