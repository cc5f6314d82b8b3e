"""Tests that sum up a whole contract: they stay silent where a narrower one says better what is wrong."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

import pytest

from troupe_core.testing.trial import Trial

__all__ = ["sums_up"]

Test = TypeVar("Test", bound=Callable[..., None])


def sums_up(test: Test) -> Test:
    """Mark a test that tries everything in any order.

    Where it fails, the narrower tests are tried once more, and the first that fails too is named in its place: an
    author gets one failure for one fault.
    """

    @wraps(test)
    def tried(self: Any) -> None:
        try:
            test(self)
        except Exception:
            for name in _narrower(type(self)):
                if _fails(type(self), name, self):
                    pytest.skip(f"{name} fails too, and says more")
            raise

    tried.__troupe_sums_up__ = True  # type: ignore[attr-defined]
    return tried  # type: ignore[return-value]


def _narrower(kit: type[Trial]) -> list[str]:
    tests = (name for name in dir(kit) if name.startswith("test_"))
    return [name for name in tests if not hasattr(getattr(kit, name), "__troupe_sums_up__")]


def _fails(kit: type[Trial], name: str, first: Trial) -> bool:
    again = kit()
    again.watch = first.watch
    test = getattr(again, name)
    again.begin(test, first.new_folder())
    try:
        test()
    except pytest.skip.Exception:
        return False
    except Exception:
        return True
    return False
