"""Changes to a study from the command line: ``--set a.b=v``, ``--llm NAME:MODEL``."""

import tomllib
from collections.abc import Iterable
from typing import Any

from troupe_core.config.faults import shown
from troupe_core.config.use import Use
from troupe_core.errors import ConfigError

__all__ = ["with_llm", "with_settings"]


def with_settings(tables: dict[str, Any], settings: Iterable[str]) -> dict[str, Any]:
    """`tables` with each ``path=value`` put in place. A value is read as TOML, else as a text; lists count from 1.

    Raises `ConfigError` for a setting without ``=``, or a path that leads through something that is no table, or to
    a place that a list does not have.
    """
    for setting in settings:
        path, equals, value = setting.partition("=")
        keys = [key.strip() for key in path.split(".")]
        if not equals or not all(keys):
            raise ConfigError(
                f'expected path=value, got "{setting}"', where="--set", remedy="For example: --set simulation.seed=8"
            )
        tables = _put(tables, keys, _value(value), f"--set {setting}", ())
    return tables


def with_llm(tables: dict[str, Any], choice: str | Use | None) -> dict[str, Any]:
    """`tables` with the model of ``--llm NAME[:MODEL]``: a table of ``[llms]``, else a component; or that of `use`.

    Raises `ConfigError` where there is no name, or nothing behind the colon.
    """
    if choice is None:
        return tables
    if isinstance(choice, Use):
        return {**tables, "llm": choice.table()}
    name, colon, model = choice.partition(":")
    if not name or (colon and not model):
        raise ConfigError(
            f'expected NAME or NAME:MODEL, got "{choice}"', where="--llm", remedy="For example: --llm mock"
        )
    named = tables.get("llms", {})
    present = tables.get("llm")
    if isinstance(named, dict) and isinstance(named.get(name), dict):
        table = dict(named[name])
    elif isinstance(present, dict) and present.get("use") == name:
        table = dict(present)
    else:
        table = {"use": name}
    return {**tables, "llm": {**table, "model": model} if colon else table}


def _value(text: str) -> Any:
    try:
        table = tomllib.loads(f"value = {text}")
    except (tomllib.TOMLDecodeError, RecursionError):
        return text
    return table["value"] if len(table) == 1 else text  # a text of several lines may look like more keys


def _put(table: Any, keys: list[str], value: Any, setting: str, above: tuple[str, ...]) -> Any:
    key, *rest = keys
    if isinstance(table, list):
        place = _place_in(table, key, setting, above)
        new = _put(table[place], rest, value, setting, (*above, key)) if rest else value
        return [*table[:place], new, *table[place + 1 :]]
    if not isinstance(table, dict):
        raise ConfigError(f"{'.'.join(above)} is {shown(table)}, expected a table", where=setting)
    return {**table, key: _put(table.get(key, {}), rest, value, setting, (*above, key)) if rest else value}


def _place_in(entries: list[Any], key: str, setting: str, above: tuple[str, ...]) -> int:
    """From 0."""
    if key.isdecimal() and 1 <= int(key) <= len(entries):
        return int(key) - 1
    raise ConfigError(
        f"{'.'.join(above)} is a list of {len(entries)}, and has no {shown(key)}",
        where=setting,
        remedy="Lists count from 1.",
    )
