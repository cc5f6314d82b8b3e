"""What search engines return, as results."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from troupe_core.plugin import Refusal, web_address
from troupe_web_search.provider import Found, one_line

__all__ = ["EXCERPT", "TITLE", "found_in"]

TITLE, EXCERPT = 120, 300
"""In characters: how much of a title and of an excerpt is told."""


def found_in(
    results: Iterable[Mapping[str, Any]], most: int, *, address: str, title: str, excerpt: str
) -> Sequence[Found]:
    """The first results that have an address that can be read, each address once; the other words name their keys."""
    found: dict[str, Found] = {}
    for each in results:
        try:
            where = str(web_address(str(each.get(address) or "")))
        except Refusal:
            continue
        named = one_line(str(each.get(title) or ""), TITLE) or where
        found.setdefault(where, Found(where, named, one_line(str(each.get(excerpt) or ""), EXCERPT)))
        if len(found) == most:
            break
    return tuple(found.values())
