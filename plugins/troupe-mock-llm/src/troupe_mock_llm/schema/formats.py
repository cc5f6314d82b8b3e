"""Texts of the formats that JSON Schema names."""

from collections.abc import Callable, Mapping
from uuid import UUID

from troupe_mock_llm.schema.chooser import Chooser

__all__ = ["FORMATS"]


def _date(chooser: Chooser) -> str:
    return f"{chooser.whole(2024, 2027)}-{chooser.whole(1, 12):02}-{chooser.whole(1, 28):02}"


def _time(chooser: Chooser) -> str:
    return f"{chooser.whole(8, 20):02}:{chooser.whole(0, 59):02}:00Z"


def _host(chooser: Chooser) -> str:
    return f"{_word(chooser)}.example"


def _word(chooser: Chooser) -> str:
    return ("north", "harbour", "meadow", "lantern", "orchard", "bridge")[chooser.index(6)]


def _uuid(chooser: Chooser) -> str:
    return str(UUID(int=chooser.whole(0, 2**122 - 1), version=4))


FORMATS: Mapping[str, Callable[[Chooser], str]] = {
    "date": _date,
    "time": _time,
    "date-time": lambda chooser: f"{_date(chooser)}T{_time(chooser)}",
    "duration": lambda chooser: f"PT{chooser.whole(1, 90)}M",
    "email": lambda chooser: f"{_word(chooser)}@{_host(chooser)}",
    "idn-email": lambda chooser: f"{_word(chooser)}@{_host(chooser)}",
    "hostname": _host,
    "idn-hostname": _host,
    "uri": lambda chooser: f"https://{_host(chooser)}/{_word(chooser)}",
    "uri-reference": lambda chooser: f"/{_word(chooser)}",
    "iri": lambda chooser: f"https://{_host(chooser)}/{_word(chooser)}",
    "iri-reference": lambda chooser: f"/{_word(chooser)}",
    "uri-template": lambda chooser: f"https://{_host(chooser)}/{{id}}",
    "ipv4": lambda chooser: f"192.0.2.{chooser.whole(1, 254)}",
    "ipv6": lambda chooser: f"2001:db8::{chooser.whole(1, 65535):x}",
    "uuid": _uuid,
    "json-pointer": lambda chooser: f"/{_word(chooser)}",
    "relative-json-pointer": lambda chooser: f"{chooser.whole(0, 2)}/{_word(chooser)}",
    "regex": lambda chooser: f"^{_word(chooser)}$",
}
"""Each format with a way to write one. All hosts are ones that nobody can have (RFC 2606, RFC 5737, RFC 3849)."""
