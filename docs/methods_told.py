"""What a contract has, read from its class: each method and attribute, who declares it, and whether it must be written.

Nothing of Sphinx is in here, so that a test can look at the same.
"""

import inspect
import re
from collections.abc import Iterator, Sequence
from typing import Any

from attrs import frozen

__all__ = ["Told", "arguments_of", "told_of"]


@frozen
class Told:
    """One method or attribute of a contract."""

    name: str
    signature: str
    """As it is written: ``async store(agent, memories)``; an attribute is its name alone."""
    needed: bool
    """Whether every part has to write it."""
    home: str
    """The class that declares it."""
    sentence: str
    """The first sentence of what is said of it."""


def told_of(contract: type) -> Sequence[Told]:
    """All that is public, what must be written first, then as the classes have it: the contract's own first."""
    names: dict[str, type] = {}
    for cls in (each for each in contract.__mro__ if each.__module__.startswith("troupe_core.")):
        for name in (*vars(cls), *vars(cls).get("__annotations__", ())):
            if not name.startswith("_"):
                names.setdefault(name, cls)
    told = [_told(name, contract, _declaring(name, contract, cls)) for name, cls in names.items()]
    return sorted(told, key=lambda each: not each.needed)


def arguments_of(function: Any) -> str:
    """The names of its arguments, without what it is bound to."""
    names: list[str] = []
    keyword_only = False
    for each in inspect.signature(function).parameters.values():
        if each.name in ("self", "cls"):
            continue
        if each.kind is each.KEYWORD_ONLY and not keyword_only:
            keyword_only = True
            names.append("*")
        names.append(f"*{each.name}" if each.kind is each.VAR_POSITIONAL else each.name)
    return ", ".join(names)


def _declaring(name: str, contract: type, first: type) -> type:
    """The class that says what an attribute is: each class gets its own `declared_actions` without saying so."""
    return next((cls for cls in contract.__mro__ if name in vars(cls).get("__annotations__", ())), first)


def _told(name: str, contract: type, home: type) -> Told:
    value = inspect.getattr_static(contract, name, None)
    needed = name in getattr(contract, "__abstractmethods__", ())
    if not inspect.isfunction(value):
        has_default = name in vars(home)
        return Told(name, name, needed or not has_default, home.__name__, _said_below(name, home))
    waits = "async " if inspect.iscoroutinefunction(value) else ""
    doc = inspect.getdoc(getattr(contract, name)) or ""
    return Told(name, f"{waits}{name}({arguments_of(value)})", needed, home.__name__, _first_sentence(doc))


def _said_below(name: str, home: type) -> str:
    """The text below an attribute, which Python itself does not keep."""
    source = inspect.getsource(home)
    found = re.search(rf'^    {name}: [^\n]*\n    """(.*?)"""', source, flags=re.MULTILINE | re.DOTALL)
    return _first_sentence(inspect.cleandoc(found[1])) if found else ""


def _first_sentence(doc: str) -> str:
    paragraph = " ".join(doc.partition("\n\n")[0].split())
    return next(_sentences(paragraph), "")


def _sentences(paragraph: str) -> Iterator[str]:
    yield from (each for each in re.split(r"(?<=[.!?])\s+(?=[A-Z`])", paragraph) if each)
