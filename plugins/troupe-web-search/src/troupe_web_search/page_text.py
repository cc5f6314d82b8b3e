"""From what a server sent, or a file holds, to a title and plain text."""

import codecs
import re
from itertools import islice
from typing import Any

from trafilatura import extract, load_html

from troupe_web_search.provider import NotReadable, one_line

__all__ = ["HTML", "decoded", "text_of_html", "title_and_text"]

HTML = ("text/html", "application/xhtml+xml")
"""The media types of pages."""

_TEXT = ("application/json", "application/xml")
_LONGEST_TITLE = 200
_MOST_ELEMENTS = 10_000
"""Of a page whose article is looked for: that takes up to three seconds with so many, and a hundred times as long with
ten times as many tables."""
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_IN_PAGE = re.compile(rb"""<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}["']?([\w.:-]{1,40})""", re.IGNORECASE)
_IN_TYPE = re.compile(r"""charset\s{0,9}=\s{0,9}["']?([\w.:-]{1,40})""", re.IGNORECASE)
_NO_CHARSETS = ("idna", "punycode", "raw-unicode-escape", "unicode-escape", "undefined", "utf-7")
"""What Python calls text encodings, and no page is written in."""


def title_and_text(data: bytes, content_type: str) -> tuple[str, str]:
    """The title (empty where there is none) and the text. Raises `NotReadable` for what is no page of text."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind and kind not in HTML + _TEXT and not kind.startswith("text/"):
        raise NotReadable("is no page: it holds something else than text")
    if not kind and b"\0" in data[:1000]:
        raise NotReadable("is no page: it holds something else than text")
    text = decoded(data, content_type)
    if kind in HTML or (not kind and "<" in text[:1000]):
        return text_of_html(text)
    if not text.strip():
        raise NotReadable("has no text in it")
    return "", text.strip()


def decoded(data: bytes, content_type: str = "") -> str:
    """Bytes as text, whatever their charset is said to be.

    A mark at the beginning counts most; then UTF-8 where the bytes are that, since nothing else is by accident; then
    what the server says, then what the page says.
    """
    for mark, charset in _MARKS:
        if data.startswith(mark):
            return _lines(data.removeprefix(mark).decode(charset, "replace"))
    said = _IN_TYPE.search(content_type)
    in_page = _IN_PAGE.search(data[:4096])
    names = ["utf-8"] if b"\0" not in data and b"\x1b" not in data else []
    names += [said[1]] if said else []
    names += [in_page[1].decode("ascii", "replace")] if in_page else []
    for name in [*names, "utf-8"]:
        text = _strictly(data, name)
        if text is not None:
            return _lines(text)
    return _lines(_as_well_as_possible(data))


def text_of_html(text: str) -> tuple[str, str]:
    """The title and what a page is about, without menus and the like where they can be told. Raises `NotReadable`."""
    page = _tree(text)
    title = one_line(page.findtext(".//title") or page.findtext(".//h1") or "", _LONGEST_TITLE)
    small = sum(1 for _ in islice(page.iter(), _MOST_ELEMENTS + 1)) <= _MOST_ELEMENTS
    found = (extract(page, include_comments=False) if small else "") or _all_words(_tree(text))
    if not found.strip():
        raise NotReadable("has no text in it")
    return title, found.strip()


def _tree(text: str) -> Any:
    page = load_html(text)
    # What does not begin like a page is not taken for one.
    page = load_html(f"<html><body>{text}</body></html>") if page is None else page
    if page is None:
        raise NotReadable("has no text in it")
    return page


def _all_words(page: Any) -> str:
    for hidden in list(page.iter("script", "style", "template", "noscript", "head")):
        hidden.drop_tree()
    return " ".join(" ".join(page.itertext()).split())


def _strictly(data: bytes, name: str) -> str | None:
    try:
        if codecs.lookup(name).name in _NO_CHARSETS:
            return None
        return data.decode(name)
    except (LookupError, UnicodeError):
        return None


def _as_well_as_possible(data: bytes) -> str:
    """UTF-8 with a few broken characters, else the charset of old pages that say nothing."""
    text = data.decode("utf-8", "replace")
    beyond = sum(not character.isascii() for character in text)
    return text if 10 * text.count("\ufffd") < beyond else data.decode("cp1252", "replace")


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
