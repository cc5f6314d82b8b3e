"""What can be written as JSON, as a type."""

from collections.abc import Mapping, Sequence
from types import NoneType
from typing import Any, TypeAlias, Union, get_args, get_origin

__all__ = ["JSON", "JSONObject", "is_json"]

JSON: TypeAlias = Union[bool, int, float, str, Sequence["JSON"], Mapping[str, "JSON"], None]  # noqa: UP007 - it names itself
"""Anything that JSON can say. Numbers are finite; keys are text."""

JSONObject: TypeAlias = Mapping[str, JSON]
"""A JSON object."""


def is_json(kind: Any) -> bool:
    """Whether a type is `JSON`: as written here, or with its own name in it resolved, which makes it another type."""
    members = get_args(kind) if get_origin(kind) is Union else ()
    return {bool, int, float, str, NoneType, Sequence, Mapping} == {get_origin(each) or each for each in members}
