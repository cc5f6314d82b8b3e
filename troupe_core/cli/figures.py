"""What is printed at the end of a run."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from troupe_core.journal.figures import headline

__all__ = ["ending", "typed"]


def ending(stats: Mapping[str, Any]) -> str:
    """Where the run lies, and what to type next."""
    run, troupe = stats["run"], typed()
    found = any(Path(run, "report").glob("*.json"))
    return "\n".join(
        [
            f"{str(stats['status']).capitalize()}: {headline(stats)}.",
            f"The run lies in {run} (digest {stats['digest'][:12]}…).",
            f"  read it again   {troupe} show {run}",
            f"  its figures     {troupe} stats {run}",
            f"  every event     {troupe} events {run}",
            *([f"  what was found  {troupe} report {run} --out report.html"] if found else []),
        ]
    )


def typed() -> str:
    """How the reader types this command. Inside tox its environment is on the path, and not on the reader's."""
    inside = os.environ.get("TOX_ENV_DIR")
    return os.path.relpath(os.path.join(inside, "bin", "troupe")) if inside else "troupe"
