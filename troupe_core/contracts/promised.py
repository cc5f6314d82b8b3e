"""What a part promised to return, checked: a slip is named where it happens, not where somebody trips over it."""

from collections.abc import Iterable
from types import UnionType
from typing import Any, TypeVar, get_args, overload

__all__ = ["each_promised", "promised"]

T = TypeVar("T")


@overload
def promised(value: Any, kind: type[T], method: str) -> T: ...
@overload
def promised(value: Any, kind: UnionType, method: str) -> Any: ...
def promised(value: Any, kind: Any, method: str) -> Any:
    """`value`, if it is of this kind. Raises `TypeError` with the name of the method that returned it."""
    if not isinstance(value, kind):
        raise TypeError(f"{method} returned {_name_of(type(value))}, expected {_name_of(kind)}")
    return value


@overload
def each_promised(values: Any, kind: type[T], method: str) -> list[T]: ...
@overload
def each_promised(values: Any, kind: UnionType, method: str) -> list[Any]: ...
def each_promised(values: Any, kind: Any, method: str) -> list[Any]:
    """The values as a list, if all are of this kind. Raises `TypeError`."""
    if not isinstance(values, Iterable):
        raise TypeError(f"{method} returned {_name_of(type(values))}, expected some of {_name_of(kind)}")
    listed = list(values)
    for value in listed:
        if not isinstance(value, kind):
            promised(value, kind, method)
    return listed


def _name_of(kind: Any) -> str:
    if isinstance(kind, UnionType):
        return " or ".join(map(_name_of, get_args(kind)))
    return "None" if kind is type(None) else str(kind.__name__)
