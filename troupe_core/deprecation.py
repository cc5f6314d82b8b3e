"""What is on its way out: since when, until when, and what takes its place.

Nothing ends sooner than two minor versions after it was deprecated. Until then it works as it did, and warns.
"""

import warnings
from collections.abc import Callable
from functools import wraps
from inspect import iscoroutinefunction
from typing import Any, TypeVar

from attrs import frozen

from troupe_core.version import minor_of

__all__ = ["Deprecation", "deprecated", "deprecation_of"]

F = TypeVar("F", bound=Callable[..., Any])

_MINORS = 2
"""For how many minor versions something that is deprecated still works, at least."""


@frozen(kw_only=True)
class Deprecation:
    """A promise to those who still use it. Raises `ValueError` for one that ends too soon."""

    since: str
    """The version that deprecated it: ``0.3``."""
    ends: str
    """The version that no longer has it: ``0.5``."""
    instead: str
    """What to use: an expression, or the name of what took its place."""
    value: Callable[[Any], Any] | None = None
    """Of an argument of a hook: how it follows from the object that the hook is told."""

    def __attrs_post_init__(self) -> None:
        since, ends = minor_of(self.since), minor_of(self.ends)
        if ends[0] == since[0] and ends[1] - since[1] < _MINORS:
            raise ValueError(f"deprecated since {self.since}, it cannot end with {self.ends}: that is too soon")

    def __str__(self) -> str:
        return f"deprecated since {self.since} and ends with {self.ends}"


def deprecated(*, since: str, ends: str, instead: str) -> Callable[[F], F]:
    """Mark a function or a method: who calls it is warned, and a plugin that overrides it is named by its check.

    `typing_extensions.deprecated` does the first, from Python 3.13 on in `warnings`; it knows of no end.
    """
    promise = Deprecation(since=since, ends=ends, instead=instead)

    def mark(function: F) -> F:
        text = f"{function.__qualname__} is {promise}: use {instead}"
        called: Any

        if iscoroutinefunction(function):

            @wraps(function)
            async def called(*arguments: Any, **more: Any) -> Any:
                warnings.warn(text, DeprecationWarning, stacklevel=2)
                return await function(*arguments, **more)

        else:

            @wraps(function)
            def called(*arguments: Any, **more: Any) -> Any:
                warnings.warn(text, DeprecationWarning, stacklevel=2)
                return function(*arguments, **more)

        called.__deprecated__ = text  # where type checkers and editors look
        called.__troupe_deprecation__ = promise
        marked: F = called
        return marked

    return mark


def deprecation_of(function: object) -> Deprecation | None:
    """How a function is on its way out; None for one that stays."""
    promise = getattr(function, "__troupe_deprecation__", None)
    return promise if isinstance(promise, Deprecation) else None
