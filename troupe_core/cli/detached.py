"""``troupe run --detach``: the same run, in a process of its own that outlives this one."""

import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from troupe_core.errors import RunFolderError
from troupe_core.journal.folder import check_run_folder

__all__ = ["start_detached"]


def start_detached(words: Sequence[str], folder: Path) -> int:
    """Start ``troupe run`` with these words into `folder`; returns the number of the process.

    What it prints, were it to end early, stands in a file beside the folder that ends in ``.log``.
    Raises `RunFolderError` where the run could not begin.
    """
    check_run_folder(folder)
    log = folder.with_name(f"{folder.name}.log")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with log.open("wb") as printed, _interruptible():
            process = subprocess.Popen(  # noqa: S603 - our own command, with the words it was given
                [sys.executable, "-m", "troupe_core", "run", *words, "--out", str(folder), "--quiet"],
                stdin=subprocess.DEVNULL,
                stdout=printed,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
    except OSError as fault:
        raise RunFolderError(
            f"the run folder cannot be written: {fault.strerror or fault}",
            where=str(folder),
            remedy="Give a folder that you may write to with --out.",
        ) from fault
    process.returncode = 0  # nobody here waits for it, and it is no mistake that it outlives us
    return process.pid


@contextmanager
def _interruptible() -> Iterator[None]:
    """What starts meanwhile heeds Ctrl-C's signal: it is told to whoever wants to end it.

    A shell lets the commands that a script puts into the background ignore that signal, and whatever they start too.
    """
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
