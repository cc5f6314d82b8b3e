"""Addresses of pages, as people, models and hostile servers write them."""

import string
from collections.abc import Callable
from ipaddress import IPv4Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from troupe_core.errors import Refusal
from troupe_core.plugin import web_address


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("https://example.com", "https://example.com/"),
        ("  HTTP://Example.COM:80/A?b=c#d ", "http://example.com/A?b=c"),
        ("https://example.com:8443/", "https://example.com:8443/"),
        ("https://example.com./", "https://example.com/"),
        ("https://bücher.example/straße?q=ä", "https://xn--bcher-kva.example/stra%C3%9Fe?q=%C3%A4"),
        ("http://faß。example/", "http://fass.example/"),
        ("https://example.com/a%20b", "https://example.com/a%20b"),
        ("http://0x7f.1/", "http://127.0.0.1/"),
        ("http://2130706433/", "http://127.0.0.1/"),
        ("http://0177.0.0.01/", "http://127.0.0.1/"),
        ("http://127.1./", "http://127.0.0.1/"),
        ("http://0x/", "http://0.0.0.0/"),
        ("http://１２７.０.０.１/", "http://127.0.0.1/"),
        ("http://①②⑦。0.0.1/", "http://127.0.0.1/"),
        ("http://[0:0:0:0:0:0:0:1]:8080/x", "http://[::1]:8080/x"),
    ],
)
def test_an_address_is_read_as_a_browser_reads_it(written, read):
    assert str(web_address(written)) == read


@pytest.mark.parametrize(
    "written",
    ["", "example.com", "file:///etc/passwd", "ftp://example.com/", "javascript:alert(1)", "//example.com/", "http://"],
)
def test_only_whole_http_and_https_addresses_are_read(written):
    with pytest.raises(Refusal, match="is no address that begins with http:// or https:// and names a host") as refused:
        web_address(written)

    assert refused.value.remedy == "Write a whole address, such as https://example.com/page."


@pytest.mark.parametrize(
    "written",
    ["http://user@example.com/", "http://user:secret@example.com/", "http://8.8.8.8@127.0.0.1/", "http://@a/"],
)
def test_names_and_passwords_in_addresses_are_refused_and_not_repeated(written):
    with pytest.raises(Refusal, match="a user name or a password") as refused:
        web_address(written)

    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    "written",
    [
        "http://256.1.1.1/",
        "http://1.2.3.4.5/",
        "http://1.2.3.08/",
        "http://4294967296/",
        "http://a.0x7g.1/",
        "http://[fe80::1%25eth0]/",
        "http://[::1.2.3]/",
    ],
)
def test_what_looks_like_a_number_and_is_none_is_refused(written):
    with pytest.raises(Refusal, match=r"is no number that a host can have|is no web address"):
        web_address(written)


@pytest.mark.parametrize(
    "written",
    ["http://a..b/", "http://.a/", "http://-a.b/", "http://127%2e0.0.1x/", f"http://{'a' * 64}.b/", "http://a,b/"],
)
def test_names_that_no_host_can_have_are_refused(written):
    with pytest.raises(Refusal, match="is no name that a host can have"):
        web_address(written)


@pytest.mark.parametrize(
    "written", ["http://a.b/\nc", "http://a\t.b/", "http://a.b\\@c/", "http://a.b/x y", "http://a\u2028b/"]
)
def test_spaces_and_control_characters_are_refused(written):
    with pytest.raises(Refusal, match="has spaces, control characters or backslashes in it"):
        web_address(written)


def test_an_endless_address_is_refused_and_shown_in_part():
    with pytest.raises(Refusal, match="is longer than 2000 characters") as refused:
        web_address(f"https://example.com/{'a' * 2000}")

    assert len(str(refused.value)) < 250


@pytest.mark.parametrize("written", ["http://a.b:0/", "http://a.b:65536/", "http://a.b:x/", "http://[::1/"])
def test_doors_and_brackets_that_do_not_exist_are_refused(written):
    with pytest.raises(Refusal, match=r"names port 0|is no web address"):
        web_address(written)


@given(st.integers(0, 2**32 - 1), st.integers(1, 4), st.lists(st.sampled_from("dox"), min_size=4, max_size=4))
def test_every_notation_of_a_number_is_the_same_host(number, parts, notations):
    whole = [number >> 8 * (3 - place) & 255 for place in range(parts - 1)]
    values = [*whole, number & (256 ** (5 - parts) - 1)]
    forms: dict[str, Callable[[int], str]] = {"d": str, "o": lambda value: f"0{value:o}", "x": hex}
    written = ".".join(forms[notation](value) for value, notation in zip(values, notations, strict=False))

    assert web_address(f"http://{written}/").host == str(IPv4Address(number))


@given(st.text() | st.text(string.printable).map("http://{}".format) | st.text().map("https://{}/".format))
def test_any_text_is_refused_or_read_once_and_for_all(text):
    try:
        address = web_address(text)
    except Refusal:
        return

    assert str(address).isascii()
    assert web_address(str(address)) == address
