"""What a setting may be, in words: "a whole number ≥ 1", "one of a, b". For errors, listings and reference pages."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from enum import Enum
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from attrs import Attribute, fields, frozen, has

from troupe_core.config.limits import Limits, limits_of
from troupe_core.config.plain_type import plain_type

__all__ = ["described", "expected"]


@frozen
class _Words:
    """One such value, and many of them: "a text", "texts"."""

    one: str
    many: str


_SIMPLE: dict[Any, _Words] = {
    str: _Words("a text", "texts"),
    bool: _Words("true or false", "true or false values"),
    int: _Words("a whole number", "whole numbers"),
    float: _Words("a number", "numbers"),
    datetime: _Words("a date and time", "dates and times"),
    date: _Words("a date", "dates"),
    time: _Words("a time of day", "times of day"),
    timedelta: _Words('a length of time such as "10min"', 'lengths of time such as "10min"'),
    Path: _Words("a path", "paths"),
    NoneType: _Words("nothing", "nothing"),
    Any: _Words("any value", "values"),
    object: _Words("any value", "values"),
}


def expected(attribute: "Attribute[Any]") -> str:
    """What the field of an attrs class may be.

    Where the class was written with postponed annotations, call `attrs.resolve_types` on it before.
    """
    return described(attribute.type, attribute.validator)


def described(type_: Any, validator: Any = None) -> str:
    """What a value of this type may be, narrowed by validators of attrs.

    None in a union is not mentioned: TOML has no such value, the key is left out.
    """
    return _words(type_, limits_of(validator)).one


def _words(type_: Any, limits: Limits) -> _Words:
    type_ = plain_type(type_, limits)
    origin, arguments = get_origin(type_), get_args(type_)
    if limits.options is not None:
        return _choice(limits.options)
    if origin is Literal:
        return _choice(arguments)
    if origin in (Union, UnionType):
        return _either([_words(each, limits) for each in arguments if each is not NoneType] or [_SIMPLE[NoneType]])
    bare = origin or type_
    if bare in (int, float):
        return _add(_SIMPLE[bare], _bounds(limits))
    if bare is timedelta and limits.bounds:
        bounds = _bounds(limits)
        return _Words(f'a length of time {bounds}, such as "10min"', f'lengths of time {bounds}, such as "10min"')
    if bare is str:
        return _text(limits)
    if bare in _SIMPLE:
        return _SIMPLE[bare]
    return _of_class(bare, arguments, limits) if isinstance(bare, type) else _unknown(bare)


def _of_class(bare: type, arguments: tuple[Any, ...], limits: Limits) -> _Words:
    if issubclass(bare, Enum):
        return _choice([member.value for member in bare])
    if has(bare):
        keys = ", ".join(attribute.alias or attribute.name for attribute in fields(bare) if attribute.init)
        return _Words(f"a table with the keys {keys}" if keys else "an empty table", "tables")
    if issubclass(bare, Path):
        return _SIMPLE[Path]
    if issubclass(bare, Mapping):
        return _collection("table", arguments[1] if len(arguments) == 2 else Any, limits)
    if issubclass(bare, tuple) and arguments and arguments[-1] is not Ellipsis:
        each = "; ".join(described(argument, limits.member) for argument in arguments)
        return _Words(f"a list of exactly {len(arguments)}: {each}", f"lists of exactly {len(arguments)}: {each}")
    if issubclass(bare, Collection):
        return _collection("list", arguments[0] if arguments else Any, limits)
    return _unknown(bare)


def _unknown(type_: Any) -> _Words:
    name = getattr(type_, "__name__", None) or str(type_)
    return _Words(f"a value of type {name}", f"values of type {name}")


def _choice(options: Iterable[Any]) -> _Words:
    shown = [_shown(option) for option in options if option is not None]
    if len(shown) == 1:
        return _Words(f"only {shown[0]}", f"only {shown[0]}")
    return _Words(f"one of {', '.join(shown)}", f"values out of {', '.join(shown)}")


def _either(members: list[_Words]) -> _Words:
    ones, manys = dict.fromkeys(each.one for each in members), dict.fromkeys(each.many for each in members)
    return _Words(" or ".join(ones), " or ".join(manys))


def _text(limits: Limits) -> _Words:
    words = _SIMPLE[str]
    if limits.shortest == 1 and limits.longest is None:
        words = _that(words, "is not empty", "are not empty") if limits.pattern is None else words
    elif lengths := _lengths(limits):
        words = _add(words, f"of {lengths} characters")
    if limits.pattern is not None:
        words = _that(words, f"matches {limits.pattern}", f"match {limits.pattern}")
    return _add(words, f"other than {', '.join(map(_shown, limits.excluded))}" if limits.excluded else "")


def _collection(noun: str, member: Any, limits: Limits) -> _Words:
    """A list or a table: how many, and of what."""
    anything = member in (Any, object) and limits.member is None
    many = "values" if anything else _words(member, limits_of(limits.member)).many
    if limits.shortest == 1 and limits.longest is None:
        if anything:
            return _that(_Words(f"a {noun}", f"{noun}s"), "is not empty", "are not empty")
        return _Words(f"a {noun} of {many}, at least one", f"{noun}s of {many}, at least one in each")
    if lengths := _lengths(limits):
        return _Words(f"a {noun} of {lengths} {many}", f"{noun}s of {lengths} {many}")
    return _Words(f"a {noun}", f"{noun}s") if anything else _Words(f"a {noun} of {many}", f"{noun}s of {many}")


def _bounds(limits: Limits) -> str:
    if limits.alternatives:
        return " or ".join(filter(None, map(_bounds, limits.alternatives)))
    by_sign = dict(limits.bounds)
    if set(by_sign) == {"≥", "≤"}:
        return f"from {by_sign['≥']} to {by_sign['≤']}"
    words = " and ".join(f"{sign} {_shown(bound)}" for sign, bound in by_sign.items())
    return f"{words} other than {', '.join(map(_shown, limits.excluded))}".strip() if limits.excluded else words


def _lengths(limits: Limits) -> str:
    shortest, longest = limits.shortest or None, limits.longest
    if shortest is not None and longest is not None:
        return f"exactly {shortest}" if shortest == longest else f"{shortest} to {longest}"
    if shortest is not None:
        return f"at least {shortest}"
    return f"at most {longest}" if longest is not None else ""


def _shown(value: Any) -> str:
    """A value as a study would write it, without the quotes."""
    if isinstance(value, Enum):
        value = value.value
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, timedelta):
        return f"{value.total_seconds():g}s"
    return '""' if value == "" else str(value)


def _add(words: _Words, more: str) -> _Words:
    return _Words(f"{words.one} {more}", f"{words.many} {more}") if more else words


def _that(words: _Words, one: str, many: str) -> _Words:
    return _Words(f"{words.one} that {one}", f"{words.many} that {many}")
