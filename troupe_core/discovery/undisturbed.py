"""What the code of a plugin may do while it is imported, and what is put back afterwards."""

import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stdout, suppress
from operator import gt, ne
from typing import Any

from attrs import define, field, frozen

__all__ = ["Disturbed", "undisturbed"]


@define
class Disturbed:
    """What was put back."""

    said: list[str] = field(factory=list)

    def put_back(self, what: str) -> None:
        """Note it."""
        self.said.append(f"changed {what} while it was imported, which was put back")


@frozen
class _Kept:
    """Something of this process that is nobody else's to change."""

    called: str
    now: Callable[[], Any]
    """None where it cannot be told, or not from here."""
    put_back: Callable[[Any], object]
    spoilt: Callable[[Any, Any], bool] = ne
    """Whether it has to be put back, by what it was and what it is."""


@contextmanager
def undisturbed() -> Iterator[Disturbed]:
    """What is printed meanwhile goes to standard error, and what everybody rests on stays as it is.

    Paths of a study and of its run are relative to the working directory; in the midst of our JSON nobody may print;
    and Ctrl-C has to end a run.
    """
    disturbed = Disturbed()
    before = [(kept, was) for kept in _KEPT if (was := kept.now()) is not None]
    try:
        with _same_files(disturbed), redirect_stdout(sys.stderr):
            yield disturbed
    finally:
        for kept, was in before:
            if kept.spoilt(was, kept.now()):
                kept.put_back(was)
                disturbed.put_back(kept.called)


@contextmanager
def _same_files(disturbed: Disturbed) -> Iterator[None]:
    """Where this process writes by number, below all that is Python, stays the same."""
    kept = [(number, os.dup(number)) for number in (1, 2) if _open(number)]
    try:
        yield
    finally:
        for number, copy in kept:
            if not _open(number) or not os.path.samestat(os.fstat(number), os.fstat(copy)):
                os.dup2(copy, number)
                disturbed.put_back("where output goes")
            os.close(copy)


def _open(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return False
    return True


def _working_directory() -> str | None:
    try:
        return os.getcwd()
    except OSError:
        return None  # somebody has removed it: there is nothing to go back to


def _lacks_some(was: Sequence[str], now: Sequence[str]) -> bool:
    return not set(was) <= set(now)


def _put_back_path(was: Sequence[str]) -> None:
    """What was taken out of it; what was added stays, behind."""
    sys.path[:] = [*was, *(folder for folder in sys.path if folder not in was)]


def _put_back_stderr(was: Any) -> None:
    sys.stderr = was


def _put_back_ctrl_c(was: Any) -> None:
    with suppress(ValueError):  # in a thread: it cannot have been changed there either
        signal.signal(signal.SIGINT, was)


_KEPT = (
    _Kept("the working directory", _working_directory, os.chdir),
    _Kept("where modules are found", lambda: list(sys.path), _put_back_path, _lacks_some),
    _Kept("how deep calls may go", sys.getrecursionlimit, sys.setrecursionlimit, gt),
    _Kept("what Ctrl-C does", lambda: signal.getsignal(signal.SIGINT), _put_back_ctrl_c),
    _Kept("standard error", lambda: sys.stderr, _put_back_stderr),
)
