"""From JSON values to what a type says they are: the way back of `schema_of_types`."""

from collections.abc import Callable
from enum import Enum
from functools import partial
from types import UnionType
from typing import Annotated, Any, TypeAlias, Union, get_args, get_origin

__all__ = ["Reader", "reader_of"]

Reader: TypeAlias = Callable[[Any], Any]


def reader_of(annotation: Any) -> Reader | None:
    """What makes a value of this type of one that fits its schema; None where it is one already."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return reader_of(arguments[0])
    if origin in (Union, UnionType):
        readers = [reader for each in arguments if (reader := reader_of(each)) is not None]
        return partial(_read_one_of, readers) if readers else None
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return annotation
    if origin is tuple:
        return partial(_read_each, tuple, reader_of(arguments[0]))
    reader = reader_of(arguments[0]) if arguments else None
    return None if reader is None else partial(_read_each, list, reader)


def _read_each(collection: Callable[[Any], Any], reader: Reader | None, values: Any) -> Any:
    if not isinstance(values, list | tuple):
        raise TypeError(f"expected a list, got {type(values).__name__}")
    return collection(values if reader is None else map(reader, values))


def _read_one_of(readers: list[Reader], value: Any) -> Any:
    """By the first that can; a value that no reader takes is of one of the other types, as it is."""
    for reader in readers:
        try:
            return reader(value)
        except (ValueError, TypeError):
            continue
    return value
