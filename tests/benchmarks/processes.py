"""What a whole process takes."""

import os
import resource
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

__all__ = ["measure"]


def measure(words: Sequence[str], folder: Path | None = None, **environ: str) -> tuple[float, float]:
    """Seconds of CPU and of the clock, for a command that must succeed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    subprocess.run(
        words,
        check=True,
        cwd=folder,
        stdout=subprocess.DEVNULL,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **environ},
    )
    wall = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall
