"""What a setting may be, as JSON Schema (draft 7, which every editor of TOML knows).

It says what `structuring` accepts, as far as JSON Schema can: not that 1.0 is no whole number, nor that a path leads
somewhere.
"""

import json
import tomllib
from collections.abc import Collection, Mapping
from datetime import date, datetime, time, timedelta
from enum import Enum
from inspect import getdoc
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, TypeAlias, Union, get_args, get_origin

from attrs import Attribute, fields, has

from troupe_core.config.documented import Setting, settings_of
from troupe_core.config.duration import DURATION
from troupe_core.config.limits import Limits, limits_of
from troupe_core.config.plain_type import plain_type
from troupe_core.config.toml_value import toml_value

__all__ = ["DRAFT", "OPEN", "Schema", "property_of", "schema_of", "schema_of_class"]

Schema: TypeAlias = dict[str, Any]

DRAFT = "http://json-schema.org/draft-07/schema#"

OPEN: Schema = {"additionalProperties": True}
"""Other keys may stand there too: what JSON Schema assumes, and Tombi wants to hear."""

_SIMPLE: dict[Any, Schema] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    # TOML's dates reach a validator as text. Tombi wants to know which of them; others do not know these formats.
    datetime: {
        "type": "string",
        "format": "date-time-local",
        "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}",
    },
    date: {"type": "string", "format": "date", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    time: {"type": "string", "format": "time-local", "pattern": r"^[0-9]{2}:[0-9]{2}"},
    Path: {"type": "string"},
}

_NUMBERS: dict[Any, str] = {int: "integer", float: "number"}

_BOUNDS = {"≥": "minimum", ">": "exclusiveMinimum", "≤": "maximum", "<": "exclusiveMaximum"}

_PYTHON_ONLY = ("(?P", "(?#", "(?i", "(?a", "(?s", "(?x", "(?m", "(?u", "(?L", "(?-", "(?>", r"\A", r"\Z", "++", "*+")


def schema_of_class(config: type) -> Schema:
    """The table that becomes an object of this attrs class: its keys, what is needed, and nothing else."""
    settings = settings_of(config)  # also finds out the types of postponed annotations
    by_key = {attribute.alias or attribute.name: attribute for attribute in fields(config) if attribute.init}
    table: Schema = {"type": "object"}
    if about := getdoc(config):
        table["description"] = " ".join(about.split())
    table["properties"] = {setting.key: property_of(setting, by_key[setting.key]) for setting in settings}
    table["additionalProperties"] = False
    if needed := [setting.key for setting in settings if setting.needed]:
        table["required"] = needed
    return table


def property_of(setting: Setting, attribute: "Attribute[Any]") -> Schema:
    """One key of a table: what it may be, what stands under it in the class, and its default."""
    words = [setting.doc, f"Expected: {setting.expected}."]
    schema = {"description": " ".join(filter(None, words)), **schema_of(attribute.type, attribute.validator)}
    return schema if setting.needed else {**schema, **_default(setting.default)}


def schema_of(type_: Any, validator: Any = None) -> Schema:
    """The values of a type, narrowed by validators of attrs; what cannot be said is left open.

    None in a union is left out: TOML has no such value.
    """
    return _schema(type_, limits_of(validator))


def _schema(type_: Any, limits: Limits) -> Schema:
    type_ = plain_type(type_, limits)
    origin, arguments = get_origin(type_), get_args(type_)
    if limits.options is not None:
        return {"enum": _distinct(limits.options)}
    if origin is Literal:
        return {"enum": _distinct(arguments)}
    if origin in (Union, UnionType):
        return _either([_schema(each, limits) for each in arguments if each is not NoneType])
    bare = origin or type_
    if bare in _NUMBERS:
        return {"type": _NUMBERS[bare], **_bounds(limits)}
    if bare is timedelta:
        return {"type": ["number", "string"], **_bounds(limits), "pattern": DURATION}
    if bare is str:
        return _text(limits)
    if bare in _SIMPLE:
        return dict(_SIMPLE[bare])
    return _of_class(bare, arguments, limits) if isinstance(bare, type) else {}


def _of_class(bare: type, arguments: tuple[Any, ...], limits: Limits) -> Schema:
    if issubclass(bare, Enum):
        return {"enum": _distinct(list(bare))}
    if has(bare):
        return schema_of_class(bare)
    if issubclass(bare, Path):
        return {"type": "string"}
    if issubclass(bare, Mapping):
        member = _member(arguments[1] if len(arguments) == 2 else Any, limits)
        return {"type": "object", "additionalProperties": member or True, **_lengths(limits, "Properties")}
    if issubclass(bare, tuple) and arguments and arguments[-1] is not Ellipsis:
        each = [schema_of(argument, limits.member) for argument in arguments]
        return {"type": "array", "items": each, "minItems": len(each), "maxItems": len(each)}
    if issubclass(bare, Collection):
        member = _member(arguments[0] if arguments else Any, limits)
        return {"type": "array", "items": member or True, **_lengths(limits, "Items")}
    return {}


def _member(type_: Any, limits: Limits) -> Schema:
    return schema_of(type_, limits.member)


def _either(members: list[Schema]) -> Schema:
    """One of them; where anything will do, nothing need be said."""
    if not members or not all(members):
        return {}
    return members[0] if len(members) == 1 else {"anyOf": members}


def _text(limits: Limits) -> Schema:
    schema: Schema = {"type": "string", **_lengths(limits, "Length")}
    if limits.pattern is not None and limits.pattern_alone and not any(map(limits.pattern.__contains__, _PYTHON_ONLY)):
        schema["pattern"] = f"^(?:{limits.pattern})$"
    if limits.excluded:
        schema["not"] = {"enum": _distinct(limits.excluded)}
    return schema


def _bounds(limits: Limits) -> Schema:
    if limits.alternatives:
        return {"anyOf": [_bounds(each) for each in limits.alternatives]}
    schema = {_BOUNDS[sign]: _number(bound) for sign, bound in limits.bounds if sign in _BOUNDS}
    return {**schema, "not": {"enum": _distinct(limits.excluded)}} if limits.excluded else schema


def _number(bound: Any) -> Any:
    return bound.total_seconds() if isinstance(bound, timedelta) else bound


def _lengths(limits: Limits, of: str) -> Schema:
    lengths = {f"min{of}": limits.shortest, f"max{of}": limits.longest}
    return {key: length for key, length in lengths.items() if length is not None}


def _distinct(options: Collection[Any]) -> list[Any]:
    values = [option.value if isinstance(option, Enum) else option for option in options]
    return [value for number, value in enumerate(values) if value is not None and value not in values[:number]]


def _default(value: Any) -> Schema:
    """The default as a study would write it; nothing where there is no such value."""
    if value is None:
        return {}
    written = tomllib.loads(f"value = {toml_value(value)}")["value"]
    try:
        return {"default": json.loads(json.dumps(written, allow_nan=False, default=str))}
    except ValueError:
        return {}
