"""Events as a table for analysts: a data frame of pandas or of polars, whichever is installed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Literal, TypeAlias, get_args

import orjson

from troupe_core.errors import TroupeError, nearest
from troupe_core.values.event import Event

__all__ = ["EVENT_COLUMNS", "LibraryName", "event_rows", "frame"]

LibraryName: TypeAlias = Literal["pandas", "polars"]

EVENT_COLUMNS: dict[str, type] = {
    "id": str,
    "step": int,
    "time": datetime,
    "agent": str,
    "kind": str,
    "action": str,
    "status": str,
    "to": str,
    "text": str,
    "causes": str,
    "data": str,
}
"""The columns of `Run.to_frame` and what they hold."""

_TEXT_OF = {"stimulus": "text", "answer": "text", "refusal": "why", "failure": "problem", "note": "problem"}


def event_rows(events: Iterable[Event], times: Mapping[int, datetime]) -> Iterator[Sequence[Any]]:
    """A row for each event; `times` says when, in the simulation, each step was."""
    for event in events:
        data: Any = event.data
        arguments = data.get("arguments") if event.kind == "outcome" else None
        said = arguments if isinstance(arguments, dict) else {}
        text = said.get("text") if event.kind == "outcome" else data.get(_TEXT_OF.get(event.kind, ""))
        yield (
            event.id,
            event.step,
            times.get(event.step),
            event.agent,
            event.kind,
            _text(data.get("action")),
            _text(data.get("status", "done")) if event.kind == "outcome" else None,
            _text(said.get("to") if event.kind == "outcome" else data.get("to")),
            _text(text),
            " ".join(event.causes) or None,
            orjson.dumps(data).decode(),
        )


def frame(columns: Mapping[str, type], rows: Iterable[Sequence[Any]], library: LibraryName | None = None) -> Any:
    """A data frame with these columns, typed also where it is empty.

    `library` chooses; without it pandas comes first. Raises `TroupeError` where there is none.
    """
    values: list[list[Any]] = [[] for _ in columns]
    add = [column.append for column in values]
    make = _maker(library)
    for row in rows:
        for append, value in zip(add, row, strict=True):
            append(value)
    for kind, column in zip(columns.values(), values, strict=True):
        if kind is datetime:  # a frame has one zone a column, and simulated time is the clock on the wall
            column[:] = [each and each.replace(tzinfo=None) for each in column]
    return make({name: (kind, each) for (name, kind), each in zip(columns.items(), values, strict=True)})


def _maker(library: str | None) -> Any:
    """The function that makes a frame. Raises `TroupeError`: better before the rows are read than after."""
    makers = {"pandas": _pandas, "polars": _polars}
    if library is None:
        there = next((name for name in makers if find_spec(name)), None)
        if there is None:
            raise TroupeError(
                "a data frame needs pandas or polars, and neither is installed",
                remedy="Install one of them: python -m pip install pandas",
            )
        return makers[there]
    if library not in makers:
        close = nearest(library, makers)
        hint = f'Did you mean "{close}"?' if close else f"There are: {', '.join(get_args(LibraryName))}."
        raise TroupeError(f'there are no frames of "{library}"', remedy=hint)
    if find_spec(library) is None:
        raise TroupeError(f"{library} is not installed", remedy=f"Install it: python -m pip install {library}")
    return makers[library]


def _pandas(columns: Mapping[str, tuple[type, list[Any]]]) -> Any:
    pd: Any = import_module("pandas")
    types = {int: "int64", datetime: "datetime64[us]", str: "string"}
    return pd.DataFrame({name: pd.Series(values, dtype=types[kind]) for name, (kind, values) in columns.items()})


def _polars(columns: Mapping[str, tuple[type, list[Any]]]) -> Any:
    pl: Any = import_module("polars")
    types = {int: pl.Int64, datetime: pl.Datetime("us"), str: pl.String}
    return pl.DataFrame([pl.Series(name, values, types[kind]) for name, (kind, values) in columns.items()])


def _text(value: Any) -> str | None:
    """What stands in a cell: text as it is, names with commas between, anything else as JSON."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, list | tuple) and all(isinstance(each, str) for each in value):
        return ", ".join(value) or None
    return orjson.dumps(value).decode()
