"""What stands under each field of an attrs class: the text that its author wrote for readers."""

import ast
from contextlib import suppress
from inspect import cleandoc, getsource
from itertools import pairwise
from textwrap import dedent
from typing import Any

from attrs import NOTHING, Attribute, Factory, fields, frozen, resolve_types

from troupe_core.config.expected import expected

__all__ = ["Setting", "documentation_of", "settings_of"]


@frozen(kw_only=True)
class Setting:
    """One key that a component's table may have."""

    key: str
    expected: str
    """What it may be, in words."""
    default: Any
    """`attrs.NOTHING` where it must be given."""
    doc: str
    """What its author wrote under it; empty where nothing."""

    @property
    def needed(self) -> bool:
        """Whether there is no default."""
        return self.default is NOTHING


def settings_of(config: type) -> tuple[Setting, ...]:
    """The keys of an attrs class, in the order of its text."""
    with suppress(NameError):  # a type that only type checkers import is shown by its name
        resolve_types(config)
    documented = documentation_of(config)
    return tuple(
        Setting(
            key=attribute.alias or attribute.name,
            expected=expected(attribute),
            default=_default(attribute),
            doc=documented.get(attribute.name, ""),
        )
        for attribute in fields(config)
        if attribute.init
    )


def documentation_of(config: type) -> dict[str, str]:
    """The string under each field, by name, as Sphinx reads it too; nothing where there is no source to read."""
    documented: dict[str, str] = {}
    for cls in reversed(config.__mro__):
        documented |= _strings_under_fields(cls)
    return documented


def _strings_under_fields(cls: type) -> dict[str, str]:
    if cls is object:
        return {}
    try:
        body = ast.parse(dedent(getsource(cls))).body[0]
    except (OSError, TypeError, SyntaxError):
        return {}
    statements = body.body if isinstance(body, ast.ClassDef) else []
    return {
        field.target.id: " ".join(cleandoc(text.value.value).split())
        for field, text in pairwise(statements)
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(text, ast.Expr)
        and isinstance(text.value, ast.Constant)
        and isinstance(text.value.value, str)
    }


def _default(attribute: "Attribute[Any]") -> Any:
    default: Any = attribute.default
    if isinstance(default, Factory):  # type: ignore[arg-type]
        return None if default.takes_self else default.factory()
    return default
