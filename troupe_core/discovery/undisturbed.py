"""What the code of a plugin may do while it is imported, and what is put back afterwards."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout

from attrs import define, field

__all__ = ["Disturbed", "undisturbed"]


@define
class Disturbed:
    """What was put back."""

    said: list[str] = field(factory=list)


@contextmanager
def undisturbed() -> Iterator[Disturbed]:
    """What is printed meanwhile goes to standard error, and the working directory stays where it is.

    Paths of a study and of its run are relative to that directory; in the midst of our JSON nobody may print.
    """
    here, disturbed = _working_directory(), Disturbed()
    try:
        with redirect_stdout(sys.stderr):
            yield disturbed
    finally:
        if here is not None and _working_directory() != here:
            os.chdir(here)
            disturbed.said.append("changed the working directory while it was imported, which was put back")


def _working_directory() -> str | None:
    try:
        return os.getcwd()
    except OSError:
        return None  # somebody has removed it: there is nothing to go back to
