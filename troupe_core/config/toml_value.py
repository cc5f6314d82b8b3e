"""A value as it would stand in a TOML file."""

import json
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from enum import Enum
from pathlib import PurePath
from typing import Any

from attrs import asdict, has

from troupe_core.config.duration import written_duration

__all__ = ["toml_value"]


def toml_value(value: Any) -> str:
    """One line of TOML for a default value; ``none`` for None, which TOML does not have."""
    if value is None:
        return "none"
    if isinstance(value, Enum):
        return toml_value(value.value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return json.dumps(written_duration(value))
    if isinstance(value, str | PurePath):
        return json.dumps(str(value), ensure_ascii=False)
    if has(type(value)):
        return toml_value(asdict(value))
    if isinstance(value, Mapping):
        pairs = ", ".join(f"{_key(str(key))} = {toml_value(each)}" for key, each in value.items() if each is not None)
        return f"{{ {pairs} }}" if pairs else "{}"
    if isinstance(value, list | tuple | set | frozenset):
        members = sorted(value, key=str) if isinstance(value, set | frozenset) else value
        return f"[{', '.join(map(toml_value, members))}]"
    return json.dumps(str(value), ensure_ascii=False)


def _key(text: str) -> str:
    return (
        text if text and all(char.isascii() and (char.isalnum() or char in "-_") for char in text) else json.dumps(text)
    )
