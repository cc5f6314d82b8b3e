"""What can be written as JSON, as a type."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias, Union

__all__ = ["JSON", "JSONObject"]

JSON: TypeAlias = Union[bool, int, float, str, Sequence["JSON"], Mapping[str, "JSON"], None]  # noqa: UP007 - it names itself
"""Anything that JSON can say. Numbers are finite; keys are text."""

JSONObject: TypeAlias = Mapping[str, JSON]
"""A JSON object."""
