"""Tests that rest on others: where a narrower one fails too, it says better what is wrong, and they stay silent."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, TypeVar

import pytest

from troupe_core.testing.trying.trial import Trial

__all__ = ["rests_on"]

Test = TypeVar("Test", bound=Callable[..., None])

_SAYS_MORE = "fails too, and says more"


def rests_on(*names: str) -> Callable[[Test], Test]:
    """Mark a test that cannot hold where one of the tests `names` does not; without names, where any other does not.

    Where it fails, those are tried once more, and the first that fails too is named in its place: an author gets one
    failure for one fault.
    """

    def mark(test: Test) -> Test:
        @wraps(test)
        def tried(self: Any) -> None:
            __tracebackhide__ = True
            shrinks, self.shrinks = self.shrinks, False
            try:
                test(self)
            except Exception:
                for name in _there(self, names) if names else _narrower(type(self)):
                    if _fails(name, self):
                        pytest.skip(f"{name} {_SAYS_MORE}")
                if not shrinks:
                    raise
                self.shrinks = True
                test(self)
                raise

        tried.__troupe_rests__ = True  # type: ignore[attr-defined]
        return tried  # type: ignore[return-value]

    return mark


def _there(kit: Any, names: Sequence[str]) -> list[str]:
    """A kit need not have all tests that others rest on."""
    return [name for name in names if hasattr(kit, name)]


def _narrower(kit: type[Trial]) -> Sequence[str]:
    tests = (name for name in dir(kit) if name.startswith("test_"))
    return [name for name in tests if not hasattr(getattr(kit, name), "__troupe_rests__")]


def _fails(name: str, first: Trial) -> bool:
    again = type(first)()
    vars(again).update(vars(first))  # what fixtures have set
    again.shrinks = False
    test = getattr(again, name)
    again.begin(test, first.new_folder())
    try:
        test()
    except pytest.skip.Exception as skipped:
        return _SAYS_MORE in str(skipped)  # a third one fails, on which this one rests
    except Exception:
        return True
    return False
