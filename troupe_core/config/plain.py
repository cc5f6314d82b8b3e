"""What somebody wrote, as nothing but what JSON can say: TOML and YAML have dates, sets and numbers that are none."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time
from itertools import count
from math import isfinite
from typing import Any

from attrs import define, field

from troupe_core.config.faults import Place, shown
from troupe_core.errors import ConfigError
from troupe_core.values.json import JSON

__all__ = ["plain"]

_DEEPEST = 100
_MOST = 1_000_000
"""So many values that no person writes them by hand; YAML can multiply a few lines into more than fit in memory."""
_WHOLE = range(-(2**63), 2**64)


def plain(value: Any, name: Callable[[Place], str]) -> Any:
    """`value` as JSON, dates as text. `name` says how errors call a place in it. Raises `ConfigError`."""
    return _Walk(name).plain(value, ())


@define
class _Walk:
    name: Callable[[Place], str]
    _seen: Iterator[int] = field(factory=count)

    def plain(self, value: Any, place: Place) -> JSON:
        if next(self._seen) >= _MOST:
            raise ConfigError(f"holds more than {_MOST:,} values", where=self.name(()))
        if len(place) > _DEEPEST:
            raise ConfigError(f"tables and lists are nested more than {_DEEPEST} deep", where=self.name(place[:1]))
        if isinstance(value, Mapping):
            return {self._text(str(key), place): self.plain(each, (*place, str(key))) for key, each in value.items()}
        if isinstance(value, list | tuple):
            return [self.plain(each, (*place, number)) for number, each in enumerate(value)]
        return self._single(value, place)

    def _single(self, value: Any, place: Place) -> JSON:
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, str):
            return self._text(value, place)
        if isinstance(value, int) and value in _WHOLE:
            return value
        if isinstance(value, float) and isfinite(value):
            return value
        if isinstance(value, datetime | date | time):
            return value.isoformat()
        raise self._wrong(_expected(value), value, place)

    def _text(self, value: str, place: Place) -> str:
        try:
            value.encode()
        except UnicodeEncodeError:
            raise self._wrong("a text of whole characters", value, place) from None
        return value

    def _wrong(self, expected: str, value: Any, place: Place) -> ConfigError:
        return ConfigError(f"expected {expected}, got {shown(value)}", where=self.name(place))


def _expected(value: Any) -> str:
    if isinstance(value, int):
        return "a whole number of at most 64 bits"
    return "a finite number" if isinstance(value, float) else "a text, a number, a list or a table"
