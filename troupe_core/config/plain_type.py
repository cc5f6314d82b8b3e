"""The type that stands behind the ways of writing it: for words, schemas, and whatever else is made of types."""

from typing import Annotated, Any, Union, get_args, get_origin

from troupe_core.config.limits import Limits
from troupe_core.values.json import is_json

__all__ = ["plain_type"]


def plain_type(type_: Any, limits: Limits) -> Any:
    """The type behind a NewType, an alias or an Annotated; a field without a type has that of `instance_of`."""
    if is_json(type_):
        return Any
    if type_ is None or type_ is Any:
        return Union[limits.types] if limits.types else Any  # noqa: UP007 - made from a tuple
    if get_origin(type_) is Annotated:
        return plain_type(get_args(type_)[0], limits)
    behind = getattr(type_, "__supertype__", None) or getattr(type_, "__value__", None)
    return type_ if behind is None else plain_type(behind, limits)
