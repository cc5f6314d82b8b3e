"""Days and months by their English names: `strftime` would name them as the locale says, which a plugin may change."""

from datetime import datetime

__all__ = ["day_and_time"]

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def day_and_time(at: datetime) -> tuple[str, str]:
    """``("Monday", "2 March 2026, 09:00")``: the same on every machine."""
    return _DAYS[at.weekday()], f"{at.day} {_MONTHS[at.month - 1]} {at.year:04}, {at.hour:02}:{at.minute:02}"
