"""Reading TOML, with errors that name line and column; and writing it."""

import re
import tomllib
from pathlib import Path
from typing import Any

from troupe_core.errors import ConfigError, nearest

__all__ = ["LARGEST_FILE", "parse_toml", "read_text", "read_toml", "remedy_for_missing"]

LARGEST_FILE = 16 * 1024 * 1024
"""In bytes: what a file that people write can hold."""

_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


def read_toml(path: Path) -> dict[str, Any]:
    """The tables of a TOML file. Raises `ConfigError`: no such file, not text, not TOML (with line and column)."""
    return parse_toml(read_text(path), str(path))


def parse_toml(text: str, where: str) -> dict[str, Any]:
    """The tables in `text`. Raises `ConfigError` with line and column."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        message = str(fault)
        place = _PLACE.search(message)
        line, column = _line_and_column(place, text)
        what = _PLACE.sub("", message)
        raise ConfigError(
            f"not TOML: {what}",
            where=f"{where}, line {line}, column {column}",
            remedy=f"The line reads: {_line(text, line)!r}",
        ) from None
    except RecursionError:
        raise ConfigError("not TOML: nested too deeply", where=where) from None


def read_text(path: Path) -> str:
    """The text of a file that somebody wrote. Raises `ConfigError`."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise ConfigError(f"the file is larger than {LARGEST_FILE // 1024 // 1024} MB", where=str(path))
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ConfigError("there is no such file", where=str(path), remedy=remedy_for_missing(path)) from None
    except IsADirectoryError:
        raise ConfigError("this is a folder, expected a file", where=str(path)) from None
    except UnicodeDecodeError as fault:
        raise ConfigError(f"not UTF-8 text (byte {fault.start})", where=str(path)) from None
    except OSError as fault:
        raise ConfigError(f"cannot be read: {fault.strerror}", where=str(path)) from None


def remedy_for_missing(path: Path) -> str | None:
    """What can be said about a file that is not there: one of nearly the same name, or not even a folder."""
    try:
        there = [each.name for each in path.parent.iterdir()]
    except OSError:
        return f"There is no folder {path.parent} either."
    close = nearest(path.name, there)
    return f"Did you mean {path.with_name(close)}?" if close else None


def _line_and_column(place: re.Match[str] | None, text: str) -> tuple[int, int]:
    if place is not None and place[1] is not None:
        return int(place[1]), int(place[2])
    lines = text.splitlines() or [""]
    return len(lines), len(lines[-1]) + 1


def _line(text: str, number: int) -> str:
    lines = text.splitlines() or [""]
    return lines[min(number, len(lines)) - 1].strip()[:100]
