"""Changes to a study from the command line: ``--set a.b=v``, ``--llm NAME:MODEL``."""

import tomllib
from collections.abc import Iterable
from typing import Any

from troupe_core.errors import ConfigError

__all__ = ["with_llm", "with_settings"]


def with_settings(tables: dict[str, Any], settings: Iterable[str]) -> dict[str, Any]:
    """`tables` with each ``path=value`` put in place. A value is read as TOML, else as a text; lists count from 1.

    Raises `ConfigError` for a setting without ``=``, or a path that leads through something that is no table.
    """
    for setting in settings:
        path, equals, value = setting.partition("=")
        keys = [key.strip() for key in path.split(".")]
        if not equals or not all(keys):
            raise ConfigError(
                f'expected path=value, got "{setting}"', where="--set", remedy="For example: --set simulation.seed=8"
            )
        tables = _put(tables, keys, _value(value), setting)
    return tables


def with_llm(tables: dict[str, Any], choice: str | None) -> dict[str, Any]:
    """`tables` with the model of ``--llm NAME[:MODEL]``: a table of ``[llms]``, else a component."""
    if choice is None:
        return tables
    name, colon, model = choice.partition(":")
    named = tables.get("llms", {})
    table = dict(named[name]) if isinstance(named, dict) and isinstance(named.get(name), dict) else {"use": name}
    present = tables.get("llm")
    if isinstance(present, dict) and present.get("use") == table.get("use"):
        table = {**present, **table}
    return {**tables, "llm": {**table, "model": model} if colon else table}


def _value(text: str) -> Any:
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text


def _put(table: Any, keys: list[str], value: Any, setting: str) -> Any:
    key, *rest = keys
    if isinstance(table, list) and key.isdigit() and 1 <= int(key) <= len(table):
        place = int(key) - 1
        return [*table[:place], _put(table[place], rest, value, setting) if rest else value, *table[place + 1 :]]
    if not isinstance(table, dict):
        raise ConfigError(f'there is no table at "{key}"', where=f"--set {setting}")
    return {**table, key: _put(table.get(key, {}), rest, value, setting) if rest else value}
