"""What a table ``[plugins]`` may hold, in a study and in the files of a project or a user."""

from collections.abc import Mapping
from typing import Any

from troupe_core.errors import ConfigError

__all__ = ["KEYS", "names_in", "place_in"]

KEYS = ("disable", "paths", "require")


def names_in(table: Mapping[str, Any], key: str, where: str | None) -> tuple[str, ...]:
    """The list of texts under a key; empty where there is none. Raises `ConfigError`."""
    value = table.get(key, [])
    if not isinstance(value, list | tuple) or not all(isinstance(name, str) and name.strip() for name in value):
        raise ConfigError(
            f"expected a list of texts, got {value!r}",
            where=place_in(where, key),
            remedy=f'Write it like this: {key} = ["{"./my_rules.py" if key == "paths" else "troupe-chroma"}"]',
        )
    return tuple(name.strip() for name in value)


def place_in(where: str | None, key: str = "") -> str:
    """For errors: ``study.toml: [plugins] disable``."""
    return " ".join(filter(None, [f"{where}:" if where else "", "[plugins]", key]))
