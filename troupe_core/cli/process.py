"""The command ``troupe`` as a process of its own: what it finds as standard output, and what it leaves."""

import os
import sys
from typing import NoReturn

from troupe_core.cli.closed_pipe import print_no_more
from troupe_core.cli.main import main

__all__ = ["process"]


def process() -> NoReturn:
    """Run the command line of this process, then end it; `main` says with which status.

    Where there is no standard output, as for a service, what is printed goes nowhere. What plugins still print once the
    command has ended, from a thread or when Python ends, goes to standard error: who reads our JSON finds JSON.
    """
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - until the process ends
    try:
        main()
    finally:
        _leave_stdout()


def _leave_stdout() -> None:
    try:
        sys.stdout.flush()
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    except OSError:  # it cannot be written; whoever tried to print has said so
        print_no_more()
    sys.stdout = sys.stderr
