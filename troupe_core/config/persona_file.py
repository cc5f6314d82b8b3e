"""Personas from files: TOML, JSON, YAML, and TinyTroupe's ``.agent.json`` with its fragments."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from attrs import asdict, fields

from troupe_core.config.faults import Place, shown
from troupe_core.config.plain import plain
from troupe_core.config.toml_file import parse_toml, read_text
from troupe_core.config.use import as_toml
from troupe_core.errors import ConfigError
from troupe_core.guard.untrusted import plain_text
from troupe_core.values.persona import Persona

__all__ = ["merged", "persona_from", "persona_of", "persona_table", "read_fragment", "read_persona"]

_KNOWN = {attribute.name for attribute in fields(Persona)} - {"facts"}
_AS_TEXT = ("gender", "nationality", "residence")
_TYPES = ("TinyPerson", "Fragment")
"""No set: what stands there may be anything, a list too."""


def read_persona(path: Path, fragments: Sequence[Path] = (), *, name: str | None = None) -> Persona:
    """The persona in a file, with fragments laid over it in their order. Raises `ConfigError`."""
    table = _read_table(path)
    for fragment in fragments:
        table = merged(table, read_fragment(fragment))
    return persona_of({**table, "name": name} if name is not None else table, str(path))


def read_fragment(path: Path) -> dict[str, Any]:
    """The table in a fragment file: some of a persona's fields, no name. Raises `ConfigError`."""
    return _read_table(path)


def merged(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Two personas' tables as one: lists grow, tables are merged key by key, anything else is replaced."""
    result = dict(below)
    for key, value in above.items():
        known = result.get(key)
        if isinstance(known, Mapping) and isinstance(value, Mapping):
            result[key] = merged(known, value)
        elif isinstance(known, list) and isinstance(value, list):
            result[key] = known + [each for each in value if each not in known]
        elif isinstance(known, list) and isinstance(value, str):
            result[key] = known if value in known else [*known, value]
        elif value is not None:
            result[key] = value
    return result


def persona_of(table: Mapping[str, Any], where: str) -> Persona:
    """The persona in a table. What has no field of its own becomes one of its `facts`. Raises `ConfigError`."""
    table = _plain(table, where)
    given = table.get("name")
    name = " ".join(plain_text(given).split()) if isinstance(given, str) else ""
    if not name:
        raise _wrong("name", "the name of a person", given, where)
    _check(table, where)
    own = {key: value for key, value in table.items() if key in _KNOWN and value is not None}
    facts = {key: value for key, value in table.items() if key not in _KNOWN and key != "facts"}
    return Persona(**{**own, "name": name}, facts={**facts, **table.get("facts", {})})


def persona_from(given: Persona | Mapping[str, Any] | str | Path) -> Persona:
    """The persona that somebody means by a `Persona`, a table of its fields, or a file. Raises `ConfigError`."""
    if isinstance(given, Persona):
        return given
    if isinstance(given, Mapping):
        return persona_of(given, "persona")
    if isinstance(given, str | Path):
        return read_persona(Path(given))
    raise ConfigError(
        f"expected a Persona, a table of its fields or a persona file, got {shown(given)}",
        where="persona",
        remedy='For example: Agent({"name": "Lisa", "age": 28}), or Agent.load("lisa.agent.json").',
    )


def persona_table(persona: Persona) -> dict[str, Any]:
    """The persona as a table of a study file: `persona_of` is the way back."""
    table: dict[str, Any] = as_toml(asdict(persona, filter=lambda _, value: value not in (None, {})))
    return table


def _check(table: Mapping[str, Any], where: str) -> None:
    age = table.get("age")
    if age is not None and (type(age) is not int or not 0 <= age <= 150):
        raise _wrong("age", "a whole number of years from 0 to 150", age, where)
    for key in _AS_TEXT:
        if not isinstance(table.get(key), (str, type(None))):
            raise _wrong(key, "a text", table[key], where)
    for key in ("extra", "facts"):
        if not isinstance(table.get(key, {}), Mapping):
            raise _wrong(key, "a table", table[key], where)


def _wrong(key: str, expected: str, value: Any, where: str) -> ConfigError:
    return ConfigError(f"{key}: expected {expected}, got {shown(value)}", where=where)


def _read_table(path: Path) -> dict[str, Any]:
    raw = _parse(path, read_text(path))
    if isinstance(raw, Mapping) and raw.get("type") in _TYPES and isinstance(raw.get("persona"), Mapping):
        raw = _of_tinytroupe(raw)
    if not isinstance(raw, Mapping):
        raise ConfigError(f"expected a table that describes a person, got {shown(raw)}", where=str(path))
    return _plain(raw, str(path))


def _parse(path: Path, text: str) -> Any:
    suffix = path.suffix.lower()
    if suffix == ".toml":
        return parse_toml(text, str(path))
    if suffix in (".yaml", ".yml"):
        return _parse_yaml(path, text)
    if suffix == ".json":
        try:
            return json.loads(text)
        except json.JSONDecodeError as fault:
            place = f"{path}, line {fault.lineno}, column {fault.colno}"
            raise ConfigError(f"not JSON: {fault.msg}", where=place) from None
        except RecursionError:
            raise ConfigError("not JSON: nested too deeply", where=str(path)) from None
    raise ConfigError(
        f'a persona file ends in .toml, .json, .yaml or .agent.json, this one in "{path.suffix}"', where=str(path)
    )


def _parse_yaml(path: Path, text: str) -> Any:
    import yaml

    try:
        return yaml.safe_load(text)
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark
        place = f"{path}, line {mark.line + 1}, column {mark.column + 1}" if mark else str(path)
        raise ConfigError(f"not YAML: {fault.problem}", where=place) from None
    except RecursionError:
        raise ConfigError("not YAML: nested too deeply", where=str(path)) from None
    except (yaml.YAMLError, ValueError) as fault:  # a ValueError: the 31st of February
        raise ConfigError(f"not YAML: {' '.join(str(fault).split())}", where=str(path)) from None


def _of_tinytroupe(raw: Mapping[str, Any]) -> dict[str, Any]:
    """TinyTroupe wraps a persona in a type; its simulator's own keys, such as mental states, are kept as `extra`."""
    beside = {key: value for key, value in raw.items() if key not in ("type", "persona")}
    persona = dict(raw["persona"])
    return merged(persona, {"extra": beside}) if beside else persona


def _plain(table: Mapping[Any, Any], where: str) -> dict[str, Any]:
    def name(place: Place) -> str:
        keys = ".".join(str(each + 1) if isinstance(each, int) else each for each in place)
        return f"{where}: {keys}" if keys else where

    result: dict[str, Any] = plain(table, name)
    return result
