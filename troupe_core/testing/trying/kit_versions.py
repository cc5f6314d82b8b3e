"""Kits grow: a test that comes later is a warning for one minor version of Troupe, and an error from the next on."""

import warnings
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from troupe_core.version import minor_of

__all__ = ["KitWarning", "added_in"]

Test = TypeVar("Test", bound=Callable[..., None])


class KitWarning(UserWarning):
    """A part does not keep a sentence that its kit tries since this minor version only."""


def added_in(version: str) -> Callable[[Test], Test]:
    """Mark a test of a kit with the minor version of Troupe that it came with: ``@added_in("0.3")``.

    Where that is later than the kit's own `first_version`, a failure is a `KitWarning` as long as that version runs.
    """

    def mark(test: Test) -> Test:
        @wraps(test)
        def tried(self: Any, *arguments: Any, **named: Any) -> None:
            __tracebackhide__ = True
            try:
                test(self, *arguments, **named)
            except Exception as failure:
                if not _is_new(version, self.first_version, self.core_version):
                    raise
                warnings.warn(KitWarning(_in_words(test.__name__, version, failure)), stacklevel=2)

        return tried  # type: ignore[return-value]

    return mark


def _is_new(added: str, first: str, running: str) -> bool:
    return minor_of(added) > minor_of(first) and minor_of(running) <= minor_of(added)


def _in_words(test: str, version: str, failure: Exception) -> str:
    major, minor = minor_of(version)
    return f"{test} is new in Troupe {version}, and will be an error from {major}.{minor + 1} on.\n{failure}"
