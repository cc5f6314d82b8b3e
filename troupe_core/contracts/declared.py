"""From a method to the specification of an action: its name, docstring and types."""

from collections.abc import Callable, Mapping
from functools import cached_property
from inspect import Parameter, cleandoc, signature
from typing import Any, TypeVar, get_type_hints, overload

from attrs import define

from troupe_core.contracts.schema_of_types import schema_of
from troupe_core.contracts.typed_values import Reader, reader_of
from troupe_core.values.action import ActionCall, ActionSpec, EffectKind
from troupe_core.values.json import JSON

__all__ = ["DeclaredAction", "action", "declared_in"]

Method = TypeVar("Method", bound=Callable[..., Any])

_LENT = {"self", "view", "turn"}
"""Parameters that the core fills in; all others are the model's."""

_NOT_GIVEN = {*_LENT, "return"}


@define(kw_only=True, eq=False)
class DeclaredAction:
    """What `@action` noted of a method. The specification is made when first needed."""

    name: str
    method: str
    function: Callable[..., Any]
    effect: EffectKind
    capability: str | None
    idempotent: bool

    @cached_property
    def spec(self) -> ActionSpec:
        """The specification, as the model is told. Raises `TypeError` for a type that has no JSON Schema."""
        summary, documented = _read_docstring(self.function)
        return ActionSpec(
            name=self.name,
            summary=summary,
            parameters=_schema_of_parameters(self.function, documented),
            effect=self.effect,
            capability=self.capability,
            idempotent=self.idempotent,
        )

    def arguments_of(self, call: ActionCall) -> Mapping[str, Any]:
        """The call's arguments as the method's types say they are: members of enumerations, tuples."""
        if not self._readers:
            return call.arguments
        given = dict(call.arguments)
        return {**given, **{name: read(given[name]) for name, read in self._readers.items() if name in given}}

    @cached_property
    def _readers(self) -> dict[str, Reader]:
        hints = get_type_hints(self.function, include_extras=True)
        readers = {name: reader_of(hint) for name, hint in hints.items() if name not in _NOT_GIVEN}
        return {name: reader for name, reader in readers.items() if reader is not None}


@overload
def action(method: Method, /) -> Method: ...
@overload
def action(
    *, name: str | None = None, effect: EffectKind = "world", capability: str | None = None, idempotent: bool = False
) -> Callable[[Method], Method]: ...
def action(
    method: Method | None = None,
    /,
    *,
    name: str | None = None,
    effect: EffectKind = "world",
    capability: str | None = None,
    idempotent: bool = False,
) -> Method | Callable[[Method], Method]:
    """Mark a method as something an agent can do.

    The method's name (or `name`), the first paragraph of its docstring, its ``Args:`` section and its types
    become the `ActionSpec`. It is called with a `Turn` (in a `VersionedEnvironment`: a `View` and a `Turn`)
    and the arguments by name.
    """

    def mark(function: Method) -> Method:
        function.__troupe_action__ = DeclaredAction(  # type: ignore[attr-defined]
            name=name or function.__name__,
            method=function.__name__,
            function=function,
            effect=effect,
            capability=capability,
            idempotent=idempotent,
        )
        return function

    return mark if method is None else mark(method)


def declared_in(owner: type) -> dict[str, DeclaredAction]:
    """The `@action` methods of a class, base classes first, each in the order of its text."""
    found: dict[str, DeclaredAction] = {}
    for cls in reversed(owner.__mro__):
        for attribute in vars(cls).values():
            noted = getattr(attribute, "__troupe_action__", None)
            if isinstance(noted, DeclaredAction):
                found[noted.name] = noted
    return found


def _schema_of_parameters(function: Callable[..., Any], documented: dict[str, str]) -> dict[str, JSON]:
    hints = get_type_hints(function, include_extras=True)
    properties: dict[str, JSON] = {}
    for parameter in signature(function).parameters.values():
        if parameter.name in _LENT:
            continue
        where = f"{function.__qualname__}, parameter {parameter.name}"
        if parameter.name not in hints or parameter.kind not in (
            Parameter.POSITIONAL_OR_KEYWORD,
            Parameter.KEYWORD_ONLY,
        ):
            raise TypeError(f"{where}: an action's parameter needs a name and a type")
        described = {"description": documented[parameter.name]} if parameter.name in documented else {}
        properties[parameter.name] = {**schema_of(hints[parameter.name], where), **described}
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _read_docstring(function: Callable[..., Any]) -> tuple[str, dict[str, str]]:
    """The first paragraph, and the lines of the ``Args:`` section by parameter."""
    text = cleandoc(function.__doc__ or "")
    if not text:
        raise TypeError(f"{function.__qualname__}: an action needs a docstring, it is what the agent is told")
    documented: dict[str, str] = {}
    _, _, section = text.partition("Args:\n")
    for line in section.splitlines():
        name, colon, what = line.strip().partition(": ")
        if not colon or not name.isidentifier():
            break
        documented[name] = what.strip()
    return " ".join(text.partition("\n\n")[0].split()), documented
