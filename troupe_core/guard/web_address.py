"""What somebody wrote as the address of a page, read strictly and written in one way."""

import re
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from troupe_core.errors import Refusal
from troupe_core.guard.untrusted import clipped, plain_text

__all__ = ["LONGEST_ADDRESS", "WebAddress", "host_name", "web_address"]

LONGEST_ADDRESS = 2000
"""In characters: longer addresses are refused unread."""

_PORTS = {"http": 80, "https": 443}
_EXAMPLE = "Write a whole address, such as https://example.com/page."
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_NOT_IN_ADDRESSES = re.compile(r"[\x00-\x20\x7f\\]|[^\S ]")
_IN_TARGETS = "/?%:@!$&'()*+,;=~-._[]"


class WebAddress(NamedTuple):
    """The address of a page: what is asked, whom, and at which door. `str` writes it, in ASCII alone."""

    scheme: str
    """``http`` or ``https``."""
    host: str
    """A name in ASCII and lower case without a final dot, or a number in its usual notation, without brackets."""
    port: int
    target: str
    """Path and query. What stands behind ``#`` is the reader's own matter and is left away."""

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        door = "" if self.port == _PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{door}{self.target}"


def web_address(text: str) -> WebAddress:
    """The address that `text` is. Raises `Refusal` for anything but a whole http or https address without a name in it.

    Hosts are read as browsers read them: ``0x7f.1`` and ``2130706433`` are 127.0.0.1, and so is ``１２７.０.０.１``.
    """
    written = text.strip()
    if len(written) > LONGEST_ADDRESS:
        raise _refused(written, f"is longer than {LONGEST_ADDRESS} characters")
    if _NOT_IN_ADDRESSES.search(written):
        raise _refused(written, "has spaces, control characters or backslashes in it")
    try:
        parts = urlsplit(written)
        name, port = parts.hostname, parts.port
    except ValueError:
        raise _refused(written, "is no web address") from None
    if parts.scheme not in _PORTS or not name:
        raise _refused(written, "is no address that begins with http:// or https:// and names a host")
    if "@" in parts.netloc:
        raise Refusal("an address with a user name or a password in it is not read", remedy=_EXAMPLE)
    if port == 0:
        raise _refused(written, "names port 0, which nothing can answer at")
    target = quote(f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}", safe=_IN_TARGETS)
    return WebAddress(parts.scheme, host_name(name), port or _PORTS[parts.scheme], target)


def host_name(written: str) -> str:
    """The one way to write a host: a number in its usual notation, or a name in ASCII. Raises `Refusal`."""
    if ":" in written:
        return str(_ipv6(written))
    name = _ascii(written).removesuffix(".")
    labels = name.split(".")
    if _NUMBER.fullmatch(labels[-1]):
        return str(_ipv4(written, labels))
    if len(name) > 253 or not all(map(_LABEL.fullmatch, labels)):
        raise _refused(written, "is no name that a host can have")
    return name


def _ascii(written: str) -> str:
    if written.isascii():
        return written.lower()
    try:
        return written.encode("idna").decode("ascii").lower()
    except UnicodeError:
        raise _refused(written, "is no name that a host can have") from None


def _ipv6(written: str) -> IPv4Address | IPv6Address:
    try:
        if "%" in written:
            raise ValueError
        return ip_address(written)
    except ValueError:
        raise _refused(written, "is no number that a host can have") from None


def _ipv4(written: str, labels: list[str]) -> IPv4Address:
    """A number as ``inet_aton`` reads it: one to four parts, decimal, octal (``0…``) or hexadecimal (``0x…``)."""
    try:
        *first, last = [_part(label) for label in labels]
        if len(first) > 3 or any(part > 255 for part in first) or last >= 256 ** (4 - len(first)):
            raise ValueError
    except ValueError:
        raise _refused(written, "is no number that a host can have") from None
    return IPv4Address(sum(part << 8 * (3 - place) for place, part in enumerate(first)) + last)


def _part(label: str) -> int:
    if not _NUMBER.fullmatch(label):
        raise ValueError(label)
    if label.startswith("0x"):
        return int(label[2:] or "0", 16)
    return int(label, 8 if label.startswith("0") else 10)


def _refused(written: str, why: str) -> Refusal:
    shown = clipped(plain_text(" ".join(written.split())), 100)
    return Refusal(f'"{shown}" {why}', remedy=_EXAMPLE)
