# mypy: allow-untyped-defs, allow-incomplete-defs, allow-untyped-calls
"""From any bytes to text: nothing that a server sends breaks the reading, and nothing grows beyond its bound."""

import gzip
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from troupe_web_search.page_text import decoded, title_and_text
from troupe_web_search.provider import NotReadable, one_line
from troupe_web_search.results import found_in
from troupe_web_search.unpacking import Unpacking

KINDS = st.sampled_from(["", "text/html", "text/plain; charset=utf-16", "text/html; charset=x", "image/png", ";;="])


@given(st.binary() | st.text().map(str.encode), KINDS | st.text())
def test_any_bytes_are_text_or_told_not_to_be(data, kind):
    try:
        _, text = title_and_text(data, kind)
    except NotReadable:
        return

    assert text.strip()


@given(st.text().map(lambda text: text.replace("\r\n", "\n").replace("\r", "\n")), KINDS)
def test_utf_8_is_read_as_what_it_is_whatever_is_said_of_it(text, kind):
    if "\0" not in text and "\x1b" not in text and not text.startswith("\ufeff"):
        assert decoded(text.encode(), kind) == text


@given(st.binary(max_size=500), st.integers(1, 50), st.sampled_from(["identity", "gzip", "deflate"]))
def test_what_is_unpacked_piece_by_piece_is_what_was_packed(data, size, encoding):
    ways: dict[str, Callable[[bytes], bytes]] = {"identity": bytes, "gzip": gzip.compress, "deflate": zlib.compress}
    body = ways[encoding](data)
    unpacking = Unpacking(encoding, len(data))

    for begin in range(0, len(body), size):
        unpacking.add(body[begin : begin + size])

    assert bytes(unpacking.data) == data


@given(st.integers(1, 1000), st.integers(1, 5000), st.sampled_from(["identity", "gzip"]))
def test_never_more_than_one_byte_too_many_is_unpacked(most, more, encoding):
    body = b"x" * (most + more)
    unpacking = Unpacking(encoding, most)

    with pytest.raises(NotReadable, match=f"is larger than {most} bytes"):
        unpacking.add(gzip.compress(body) if encoding == "gzip" else body)
    assert len(unpacking.data) == most + 1


@given(st.text(), st.integers(1, 50))
def test_a_line_is_one_line_within_its_bound(text, most):
    line = one_line(text, most)

    assert len(line) <= most
    assert len(line.splitlines()) <= 1


JSON = st.recursive(st.none() | st.integers() | st.text(), lambda inner: st.lists(inner, max_size=2), max_leaves=4)


@given(st.lists(st.dictionaries(st.sampled_from(["url", "title", "content"]), JSON | st.just("https://a.example/"))))
def test_whatever_a_search_engine_returns_is_bounded(results):
    found = found_in(results, 3, address="url", title="title", excerpt="content")

    assert len(found) <= 3
    assert len({each.address for each in found}) == len(found)
    assert all(each.title and len(each.title) <= 120 and len(each.excerpt) <= 300 for each in found)
