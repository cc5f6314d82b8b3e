"""Triples in columns: subject, predicate, object, and where each comes from."""

import csv
from collections.abc import Iterator, Sequence
from io import TextIOBase
from pathlib import Path

from troupe_core.plugin import nearest
from troupe_knowledge_graph.fact import Fact, named
from troupe_knowledge_graph.reading.unreadable import unreadable

__all__ = ["csv_facts"]

_NEEDED = ("subject", "predicate", "object")
_HEAD = "Its first line has to be: subject,predicate,object,source"


def csv_facts(file: Path, source: str, _most: int) -> Iterator[Fact]:
    """The facts of a file, line by line. Commas, semicolons or tabs lie between the columns. Raises `ConfigError`."""
    with file.open(encoding="utf-8-sig", newline="") as text:
        rows = csv.reader(text, delimiter=_delimiter(text))
        try:
            places = _places(file, next(rows, []))
            for row in rows:
                if any(row):
                    yield _fact(file, rows.line_num, row, places, source)
        except csv.Error as fault:
            raise unreadable(file, f"it is no CSV: {fault}", _HEAD, rows.line_num) from None


def _delimiter(text: TextIOBase) -> str:
    head = text.readline(10_000)
    text.seek(0)
    return max(",;\t", key=head.count)


def _places(file: Path, head: Sequence[str]) -> tuple[int, int, int, int | None]:
    columns = [each.strip().lower() for each in head]
    for column in _NEEDED:
        if column not in columns:
            close = nearest(column, [each for each in columns if each and each not in _NEEDED])
            hint = f'; is it "{close}"?' if close else ""
            there = ", ".join(each[:40] for each in columns[:8]) or "none"
            raise unreadable(file, f"there is no column {column}{hint}", f"{_HEAD}. There are: {there}.", 1)
    subject, predicate, target = (columns.index(each) for each in _NEEDED)
    return subject, predicate, target, columns.index("source") if "source" in columns else None


def _fact(file: Path, line: int, row: Sequence[str], places: tuple[int, int, int, int | None], source: str) -> Fact:
    cells = [named(row[place]) if place is not None and place < len(row) else "" for place in places]
    for name, cell in zip(_NEEDED, cells, strict=False):
        if not cell:
            raise unreadable(file, f"this fact has no {name}", "Fill it in, or delete the line.", line)
    return Fact(cells[0], cells[1], cells[2], cells[3] or source)
