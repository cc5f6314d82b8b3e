"""What is wrong with a table, in words: file, place, key, value, what was expected, the nearest valid key."""

import json
from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

from attrs import fields, has
from cattrs import BaseValidationError, ClassValidationError, ForbiddenExtraKeysError, IterableValidationError

from troupe_core.config.expected import expected
from troupe_core.errors import ConfigError, nearest

__all__ = ["Place", "Unfit", "at", "config_error", "shown"]

Place: TypeAlias = tuple[str | int, ...]
"""Where in a file: section, keys, and places in lists from 0."""


class Unfit(ValueError):
    """A value that is not what was expected."""

    def __init__(self, expected: str, value: Any, *, key: str | None = None) -> None:
        super().__init__(f"expected {expected}, got {shown(value)}")
        self.key = key
        """The key below the place where it was found, where that is not told by cattrs."""


def config_error(fault: BaseValidationError, table: Any, *, file: str, place: Place) -> ConfigError:
    """One error with a line for each thing that is wrong below `place` of `file`."""
    return ConfigError(
        "\n".join(dict.fromkeys(f"{at(file, path)}: {what}" for path, what in _problems(fault, table, place)))
    )


def at(file: str, place: Place) -> str:
    """``study.toml: [tools.email] grants``, ``study.toml: [[agents]] 2, persona``."""
    if not place:
        return file
    section, *rest = place
    if rest and isinstance(rest[0], int):
        header, rest = f"[[{section}]] {rest[0] + 1},", rest[1:]
    elif section in ("tools", "llms", "faculties", "modalities") and rest:
        header, rest = f"[{section}.{rest[0]}]", rest[1:]
    else:
        header = f"[{section}]"
    keys = ".".join(f"{each + 1}" if isinstance(each, int) else each for each in rest)
    return f"{file}: {header} {keys}".rstrip(" ,")


def shown(value: Any) -> str:
    """A value as somebody wrote it, cut to a readable length."""
    if value is None:
        return "nothing"
    try:
        text = json.dumps(value, ensure_ascii=False)
    except (TypeError, ValueError):
        text = str(value)
    text = text.encode(errors="backslashreplace").decode()  # half a character could not be printed
    return text if len(text) <= 60 else f"{text[:59]}…"


def _problems(fault: BaseException, raw: Any, place: Place) -> Iterator[tuple[Place, str]]:
    if isinstance(fault, ClassValidationError):
        attributes, whole = fault.group_exceptions()
        for inner, note in attributes:
            if isinstance(inner, KeyError) and note.name not in _keys(raw):
                yield (*place, note.name), f"missing, expected {_expected(fault.cl, note.name)}"
            else:
                yield from _problems(inner, _below(raw, note.name), (*place, note.name))
        for inner in whole:
            yield from _problems(inner, raw, place)
    elif isinstance(fault, IterableValidationError):
        elements, whole = fault.group_exceptions()
        for inner, element in elements:
            yield from _problems(inner, _below(raw, element.index), (*place, element.index))
        for inner in whole:
            yield from _problems(inner, raw, place)
    elif isinstance(fault, ForbiddenExtraKeysError):
        for key in sorted(fault.extra_fields):
            yield _unknown(key, fault.cl, place, _below(raw, key))
    elif isinstance(fault, Unfit):
        yield (*place, fault.key) if fault.key else place, str(fault)
    else:
        yield place, f"{fault}" or type(fault).__name__


def _unknown(key: str, shape: type[Any], place: Place, value: Any) -> tuple[Place, str]:
    known = [attribute.name for attribute in fields(shape)]
    close = nearest(key, known)
    hint = f"did you mean {close}?" if close else f"valid here: {', '.join(sorted(known)) or 'none'}"
    if place:
        return (*place, key), f"unknown key, {hint}"
    if isinstance(value, dict | list):
        return (key,), f"unknown section, {hint}"
    sections = [each.name for each in fields(shape) if has(each.type or Any) and key in _names(each.type)]
    below = f"did you mean [{sections[0]}] {key}?" if sections else "write it below the section that it belongs to"
    return (), f'the key "{key}" stands above all sections, {below}'


def _names(shape: Any) -> list[str]:
    return [attribute.name for attribute in fields(shape)]


def _expected(shape: type[Any], key: str) -> str:
    return next((expected(each) for each in fields(shape) if each.name == key), "a value")


def _keys(raw: Any) -> Sequence[str]:
    return list(raw) if isinstance(raw, dict) else []


def _below(raw: Any, key: str | int) -> Any:
    try:
        return raw[key]
    except (KeyError, IndexError, TypeError):
        return None
