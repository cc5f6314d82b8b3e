"""Which plugin did what, and how long, as a table."""

from collections.abc import Mapping, Sequence
from typing import Any

__all__ = ["plugin_times"]

_HEADINGS = ("plugin", "place", "call", "calls", "total ms", "max ms")
_NUMBERS = 3
"""How many columns are numbers, at the end."""


def plugin_times(rows: Sequence[Mapping[str, Any]]) -> str:
    """The rows of `Run.stats` under ``plugins``, in their order, with a word on what the times are."""
    cells = [_HEADINGS, *map(_cells, rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(_HEADINGS))]
    lines = ["  ".join(map(_aligned, row, widths, range(len(row)))).rstrip() for row in cells]
    note = (
        "Times of async methods include waiting, also for others; a call inside another counts in both.\n"
        "import is that of the entry module; make imports and calls the factory, also while the study was checked."
    )
    return "\n".join([*lines, note])


def _cells(row: Mapping[str, Any]) -> tuple[str, ...]:
    component = None if row["component"] is None else f"{row['kind'].replace('_', ' ')} {row['component']}"
    return (
        f"{row['distribution']} {row['version']}",
        row["place"] or component or "-",
        row["call"],
        f"{row['calls']:,}",
        f"{row['total_ms']:,.2f}",
        f"{row['max_ms']:,.2f}",
    )


def _aligned(text: str, width: int, column: int) -> str:
    return text.rjust(width) if column >= len(_HEADINGS) - _NUMBERS else text.ljust(width)
