"""What a part promised to return, checked: a slip is named where it happens, not where somebody trips over it."""

from collections.abc import Awaitable, Coroutine, Iterable
from inspect import isawaitable
from types import UnionType
from typing import Any, TypeVar, get_args, overload

__all__ = ["each_promised", "promised", "to_await"]

T = TypeVar("T")


@overload
def promised(value: Any, kind: type[T], method: str) -> T: ...
@overload
def promised(value: Any, kind: UnionType, method: str) -> Any: ...
def promised(value: Any, kind: Any, method: str) -> Any:
    """`value`, if it is of this kind. Raises `TypeError` with the name of the method that returned it."""
    if not isinstance(value, kind):
        raise _not_kept(value, f"expected {_name_of(kind)}", method)
    return value


@overload
def each_promised(values: Any, kind: type[T], method: str) -> list[T]: ...
@overload
def each_promised(values: Any, kind: UnionType, method: str) -> list[Any]: ...
def each_promised(values: Any, kind: Any, method: str) -> list[Any]:
    """The values as a list, if all are of this kind. Raises `TypeError`."""
    if not isinstance(values, Iterable):
        raise _not_kept(values, f"expected some of {_name_of(kind)}", method)
    listed = list(values)
    for value in listed:
        if not isinstance(value, kind):
            promised(value, kind, method)
    return listed


def to_await(value: Awaitable[T], method: str) -> Awaitable[T]:
    """`value`, if it can be awaited. Raises `TypeError` with the name of the method that returned it at once."""
    if not isawaitable(value):
        raise TypeError(f"{method} returned {_name_of(type(value))} and cannot be awaited: write async def {method}")
    return value


def _not_kept(value: Any, expected: str, method: str) -> TypeError:
    """The slip in words. A coroutine that nobody awaits is closed, or Python would complain of it elsewhere."""
    if not isinstance(value, Coroutine):
        return TypeError(f"{method} returned {_name_of(type(value))}, {expected}")
    value.close()
    return TypeError(f"{method} returned a coroutine, {expected}: write def {method}, without async")


def _name_of(kind: Any) -> str:
    if isinstance(kind, UnionType):
        return " or ".join(map(_name_of, get_args(kind)))
    return "None" if kind is type(None) else str(kind.__name__)
