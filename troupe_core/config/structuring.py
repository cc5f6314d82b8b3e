"""From a raw table to an attrs class, by cattrs: strict types, no unknown keys, values checked where they stand."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from math import isfinite
from pathlib import Path
from types import UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin

from attrs import Attribute, evolve, fields, has
from cattrs import BaseValidationError, Converter
from cattrs.cols import list_structure_factory, mapping_structure_factory
from cattrs.gen import make_dict_structure_fn, override

from troupe_core.config.duration import read_duration
from troupe_core.config.expected import described, expected
from troupe_core.config.faults import Unfit, config_error
from troupe_core.config.settings import PartTable, Population
from troupe_core.values.json import is_json

__all__ = ["structured"]

T = TypeVar("T")

_CORE_KEYS = ("use", "grants", "budget")
_NOT_YET = ("cache", "limits")


def structured(shape: type[T], table: Any, *, file: str, place: tuple[str | int, ...], folder: Path) -> T:
    """`table` as a `shape`. Paths in it are relative to `folder`.

    Raises `ConfigError` with a line for each thing that is wrong: file, place, key, value, what was expected.
    """
    converter = _converter(folder)
    try:
        return converter.structure(table, shape)
    except BaseValidationError as fault:
        raise config_error(fault, table, file=file, place=place) from None


def _converter(folder: Path) -> Converter:
    converter = Converter(forbid_extra_keys=True)
    for simple in (str, bool, datetime, date, time):
        converter.register_structure_hook(simple, _exactly)
    converter.register_structure_hook(int, _whole_number)
    converter.register_structure_hook(float, _number)
    converter.register_structure_hook(timedelta, _duration)
    converter.register_structure_hook(Path, lambda value, _: folder / _exactly(value, str))
    converter.register_structure_hook_func(_is_choice, _one_of)
    converter.register_structure_hook_factory(_is_union, lambda union: _union_hook(converter, union))
    converter.register_structure_hook_factory(_is_list, lambda kind: _list_hook(converter, kind))
    converter.register_structure_hook_factory(_is_table, lambda kind: _table_hook(converter, kind))
    converter.register_structure_hook_factory(has, lambda shape: _class_hook(converter, shape))
    converter.register_structure_hook_func(_is_any, lambda value, _: value)
    converter.register_structure_hook(PartTable, _part_table_hook(converter))
    converter.register_structure_hook(Population, lambda value, _: _population(converter, value))
    return converter


def _class_hook(converter: Converter, shape: type[Any]) -> Callable[[Any, Any], Any]:
    """As cattrs makes it, with each value's validator run where its key is still known."""
    checked: dict[str, Any] = {
        attribute.name: override(struct_hook=_checked(converter, attribute))
        for attribute in fields(shape)
        if attribute.init
    }
    structure = make_dict_structure_fn(
        shape, converter, _cattrs_forbid_extra_keys=True, _cattrs_use_alias=True, **checked
    )

    def hook(value: Any, _: Any) -> Any:
        if not isinstance(value, Mapping):
            raise Unfit(described(shape, None), value)
        return structure(value, shape)

    return hook


def _checked(converter: Converter, attribute: "Attribute[Any]") -> Callable[[Any, Any], Any]:
    def hook(value: Any, kind: Any) -> Any:
        result = converter.structure(value, kind)
        validator = attribute.validator
        if validator is not None and type(validator).__module__.startswith("attr"):
            try:
                validator(None, attribute, result)
            except (ValueError, TypeError):
                raise Unfit(expected(attribute), value) from None
        return result

    return hook


def _part_table_hook(converter: Converter) -> Callable[[Any, Any], PartTable]:
    head = make_dict_structure_fn(PartTable, converter, place=override(omit=True), options=override(omit=True))

    def hook(value: Any, _: Any) -> PartTable:
        if not isinstance(value, Mapping):
            raise Unfit('a table with use = "…"', value)
        for key in _NOT_YET:
            if key in value:
                raise Unfit(f"nothing here (the key {key} is kept for a later Troupe)", value[key], key=key)
        if "use" not in value:
            raise Unfit("the name of a component", None, key="use")
        table = head({k: v for k, v in value.items() if k in _CORE_KEYS}, PartTable)
        return evolve(table, options={k: v for k, v in value.items() if k not in _CORE_KEYS})

    return hook


def _population(converter: Converter, value: Any) -> Population:
    if not isinstance(value, Mapping):
        raise Unfit('a table with use = "…" and count', value)
    count = value.get("count")
    if isinstance(count, bool) or not isinstance(count, int) or count < 1:
        raise Unfit("a whole number ≥ 1", count, key="count")
    rest = {key: each for key, each in value.items() if key != "count"}
    return Population(source=converter.structure(rest, PartTable), count=count)


def _exactly(value: Any, kind: type[T]) -> T:
    if type(value) is not kind:
        raise Unfit(described(kind, None), value)
    return value


def _one_of(value: Any, kind: Any) -> Any:
    if not any(type(value) is type(each) and value == each for each in get_args(kind)):
        raise Unfit(described(kind, None), value)
    return value


def _whole_number(value: Any, _: type) -> int:
    if type(value) is not int:
        raise Unfit(described(int, None), value)
    return value


def _number(value: Any, _: type) -> float:
    if type(value) not in (int, float) or not isfinite(value):
        raise Unfit(described(float, None), value)
    return float(value)


def _duration(value: Any, _: type) -> timedelta:
    try:
        return read_duration(value) if isinstance(value, str) else timedelta(seconds=_number(value, float))
    except (ValueError, OverflowError, Unfit):
        raise Unfit('a duration such as "10min", "1h 30min" or "2d", or a number of seconds', value) from None


def _is_any(kind: Any) -> bool:
    return kind is Any or kind is object or is_json(kind)


def _is_choice(kind: Any) -> bool:
    origin: Any = get_origin(kind)
    return origin is Literal


def _is_union(kind: Any) -> bool:
    return get_origin(kind) in (Union, UnionType)


def _is_list(kind: Any) -> bool:
    origin = get_origin(kind) or kind
    return isinstance(origin, type) and (origin in (list, tuple) or origin.__name__ == "Sequence")


def _is_table(kind: Any) -> bool:
    origin = get_origin(kind) or kind
    return isinstance(origin, type) and (origin is dict or origin.__name__ in ("Mapping", "MutableMapping"))


def _union_hook(converter: Converter, union: Any) -> Callable[[Any, Any], Any]:
    """The first member that takes the value; where only one could, its own error is the precise one."""
    members = get_args(union)

    def hook(value: Any, _: Any) -> Any:
        if value is None and type(None) in members:
            return None
        faults = []
        for member in members:
            if member is type(None):
                continue
            try:
                return converter.structure(value, member)
            except Exception as fault:
                faults.append(fault)
        if len(faults) == 1:
            raise faults[0]
        raise Unfit(described(union, None), value)

    return hook


def _list_hook(converter: Converter, kind: Any) -> Callable[[Any, Any], Any]:
    arguments = [each for each in get_args(kind) if each is not Ellipsis]
    element = arguments[0] if arguments else Any
    make = list if (get_origin(kind) or kind) is list else tuple
    structure = list_structure_factory(list[element], converter)  # type: ignore[valid-type]

    def hook(value: Any, _: Any) -> Any:
        if not isinstance(value, (list, tuple)):
            raise Unfit(described(kind, None), value)
        return make(structure(value, kind))

    return hook


def _table_hook(converter: Converter, kind: Any) -> Callable[[Any, Any], Any]:
    element = (get_args(kind) or (str, Any))[1]
    structure = mapping_structure_factory(dict[str, element], converter)  # type: ignore[valid-type]

    def hook(value: Any, _: Any) -> Any:
        if not isinstance(value, Mapping):
            raise Unfit(described(kind, None), value)
        return structure(value, kind)

    return hook
