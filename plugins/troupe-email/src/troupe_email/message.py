"""A mail as it goes over the wire (RFC 5322): nothing that an agent writes becomes a header of its own."""

import re
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import localtime
from hashlib import sha256
from typing import Any

from troupe_core.plugin import Refusal

__all__ = ["ADDRESS", "as_bytes", "checked_address", "checked_subject", "message_id"]

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
ADDRESS = rf"{_ATOM}(\.{_ATOM})*@[A-Za-z0-9-]{{1,63}}(\.[A-Za-z0-9-]{{1,63}})*"
"""A plain address as in RFC 5321, in ASCII and without quotes: no other is written to or from."""

_POLICY = SMTP.clone(cte_type="7bit")
"""Seven bits, since not every server takes eight."""

_LINE_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_LONGEST_ADDRESS, _LONGEST_LOCAL_PART = 254, 64


def checked_address(word: str) -> str:
    """The address, plain. Raises `Refusal` for anything that is not one: a name, two of them, a line break."""
    address = word.strip(" ")
    fits = len(address) <= _LONGEST_ADDRESS and len(address.partition("@")[0]) <= _LONGEST_LOCAL_PART
    if not fits or not re.fullmatch(ADDRESS, address):
        raise Refusal(f'"{_shown(word)}" is no mail address: give one such as info@example.org.')
    return address


def checked_subject(subject: str) -> str:
    """The subject. Raises `Refusal` for one of several lines, which could become headers."""
    if _LINE_BREAKS.search(subject):
        raise Refusal("A subject is one line of text: the mail was not sent.")
    return subject.strip()


def message_id(key: str, run: str, sender: str) -> str:
    """The same for the same effect of the same run, and for nothing else (RFC 5322, section 3.6.4)."""
    readable = re.sub(r"[^A-Za-z0-9]+", ".", key.rpartition("/")[2]).strip(".")
    return f"<troupe.{readable}.{sha256(f'{run} {key}'.encode()).hexdigest()[:24]}@{sender.rpartition('@')[2]}>"


def as_bytes(arguments: Any, *, sender: str, identity: str) -> bytes:
    """The whole message: ``name`` of the writer, ``to``, ``subject`` and ``text``."""
    message = EmailMessage(policy=_POLICY)
    message["From"] = Address(display_name=_LINE_BREAKS.sub(" ", arguments["name"]), addr_spec=sender)
    message["To"] = [Address(addr_spec=address) for address in arguments["to"]]
    message["Subject"] = arguments["subject"]
    message["Date"] = localtime()
    message["Message-ID"] = identity
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody's holiday notice answers a machine
    message.set_content(arguments["text"], charset="utf-8")
    return message.as_bytes()


def _shown(word: str) -> str:
    return _LINE_BREAKS.sub(" ", word)[:60]
