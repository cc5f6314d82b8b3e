"""From Python types to JSON Schema (draft 2020-12), in the subset that model providers enforce."""

from collections.abc import Sequence
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from troupe_core.values.json import JSON

__all__ = ["schema_of"]

_SIMPLE = {str: "string", int: "integer", float: "number", bool: "boolean", NoneType: "null"}


def schema_of(annotation: Any, where: str) -> dict[str, JSON]:
    """The JSON Schema of a type: str, int, float, bool, None, Literal, Enum, list, unions, Annotated with a text.

    Raises `TypeError`, naming `where`, for any other type.
    """
    origin, arguments = get_origin(annotation), get_args(annotation)
    supertype = getattr(annotation, "__supertype__", None)  # a NewType, such as AgentId
    if supertype is not None:
        return schema_of(supertype, where)
    if annotation in _SIMPLE:
        return {"type": _SIMPLE[annotation]}
    if origin is Annotated:
        described: dict[str, JSON] = {}
        described.update(("description", text) for text in arguments[1:] if isinstance(text, str))
        return {**schema_of(arguments[0], where), **described}
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin in (Union, UnionType):
        return _schema_of_union([schema_of(each, where) for each in arguments])
    if origin in (list, Sequence) or (origin is tuple and arguments[1:] == (...,)):
        return {"type": "array", "items": schema_of(arguments[0], where)}
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return {"enum": [member.value for member in annotation]}
    raise TypeError(
        f"{where}: {annotation!r} has no JSON Schema here; "
        "use str, int, float, bool, Literal, an Enum, a list of these, or one of these | None"
    )


def _schema_of_union(members: list[dict[str, JSON]]) -> dict[str, JSON]:
    simple = [member["type"] for member in members if set(member) == {"type"}]
    return {"type": simple} if len(simple) == len(members) else {"anyOf": list(members)}
