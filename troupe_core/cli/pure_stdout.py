"""Standard output kept for what the command itself prints."""

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout

__all__ = ["pure_stdout"]


@contextmanager
def pure_stdout(*, wanted: bool = True) -> Iterator[None]:
    """Whatever is printed meanwhile, by plugins, by what they call and by processes that they start, goes to standard
    error: what reads our JSON finds JSON.
    """
    if not wanted:
        yield
        return
    ours = sys.stdout
    ours.flush()
    with redirect_stdout(sys.stderr):
        try:
            number = ours.fileno()
        except (io.UnsupportedOperation, ValueError):  # no real file: a test, a notebook
            yield
            return
        kept = os.dup(number)
        try:
            os.dup2(sys.__stderr__.fileno() if sys.__stderr__ is not None else 2, number)
            yield
        finally:
            os.dup2(kept, number)
            os.close(kept)
