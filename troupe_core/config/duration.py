"""Durations as people write them: ``"10min"``, ``"1h 30min"``, ``"2d"``."""

import re
from datetime import timedelta

__all__ = ["DURATION", "read_duration", "written_duration"]

_UNITS = {
    "s": "seconds", "sec": "seconds", "second": "seconds", "seconds": "seconds",
    "min": "minutes", "m": "minutes", "minute": "minutes", "minutes": "minutes",
    "h": "hours", "hour": "hours", "hours": "hours",
    "d": "days", "day": "days", "days": "days",
    "w": "weeks", "week": "weeks", "weeks": "weeks",
}  # fmt: skip
DURATION = rf"^\s*([0-9]+(\.[0-9]+)?\s*({'|'.join(_UNITS)})\s*)+$"
"""What `read_duration` reads, as a pattern for editors."""

_PART = re.compile(r"\s*(\d+(?:\.\d+)?)\s*([a-z]+)\s*")


def read_duration(text: str) -> timedelta:
    """The duration in `text`. Raises `ValueError`."""
    total, end = timedelta(0), 0
    while end < len(text):
        part = _PART.match(text, end)
        if part is None or part[2] not in _UNITS:
            raise ValueError(text)
        total += timedelta(**{_UNITS[part[2]]: float(part[1])})
        end = part.end()
    if not end:
        raise ValueError(text)
    return total


def written_duration(duration: timedelta) -> str:
    """A text that `read_duration` reads as this duration: seconds, to the microsecond."""
    return f"{duration.total_seconds():.6f}".rstrip("0").rstrip(".") + "s"
