"""Whoever read what we print has gone, as ``head`` does when it has seen enough."""

import os
import sys

__all__ = ["print_no_more"]


def print_no_more() -> None:
    """Let what is still to be printed go nowhere; else Python complains about it when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
