"""What a turn costs with a real client: seven TinyTroupe people in a room, a server that answers at once.

Three steps, as other frameworks were measured; and sixty, in which what is done once no longer counts.

The server is a process of its own. For each framework that is measured like this, the same figures can be set beside
these: calls a turn, bytes a request, CPU a call, memory, time to import.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.table import print_table

__all__ = ["main"]

PEOPLE = Path(__file__).parents[3] / "shared" / "data" / "tinytroupe"
OWN_PEOPLE = Path(__file__).parents[2] / "docs" / "examples" / "product-panel" / "personas"
STEPS = (3, 60)
REPEATS = 5

STUDY = """
[simulation]
name = "real client"
steps = {steps}
[llm]
use = "openai"
model = "instant"
base_url = "http://127.0.0.1:{port}/v1"
context_tokens = 8192
[environment]
use = "room"
topic = "what makes a good day"
"""

TINYTROUPE = ("TinyTroupe 0.6", 3, "1.1", "29.8", "45.0", "", "", "340", "2600", "")
"""Seven people, three steps, on a two-core machine, November 2026: from the plan that Troupe grew out of."""

IMPORTS = (
    "import troupe_core; troupe_core.Simulation",
    "import troupe_core; troupe_core.Agent({'name': 'Lisa'}, llm='mock')",
)
"""All of a first import, and a first agent: whole processes."""


def main() -> None:
    """Measure and print."""
    people = sorted(PEOPLE.glob("*.agent.json")) or sorted(OWN_PEOPLE.glob("*.toml"))
    imported = [f"{_import_ms(code):.0f}" for code in IMPORTS]
    print_table(
        f"real_client: {len(people)} people in a room; medians of {REPEATS} runs (a process each)",
        (
            "framework",
            "steps",
            "calls/turn",
            "kB/request",
            "CPU ms/call",
            "with start-up",
            "connections",
            "peak RSS MB",
            "import ms",
            "first agent ms",
        ),
        [*((*_row(people, steps), *imported) for steps in STEPS), TINYTROUPE],
    )


def _row(people: Sequence[Path], steps: int) -> tuple[object, ...]:
    runs = [_run(people, steps) for _ in range(REPEATS)]
    calls = runs[0]["requests"]
    return (
        "Troupe",
        steps,
        f"{calls / runs[0]['turns']:.1f}",
        f"{sum(runs[0]['body_bytes']) / calls / 1000:.1f}",
        f"{median(1000 * each['cpu_s'] / calls for each in runs):.1f}",
        f"{median(1000 * each['whole_cpu_s'] / calls for each in runs):.1f}",
        runs[0]["connections"],
        f"{median(each['peak_rss_mb'] for each in runs):.0f}",
    )


def _run(people: Sequence[Path], steps: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder, _server() as port:
        study = Path(folder) / "study.toml"
        agents = "".join(f"[[agents]]\npersona = '{person}'\n" for person in people)
        study.write_text(STUDY.format(steps=steps, port=port) + agents)
        words = [sys.executable, "-m", "troupe_core", "run", str(study), "--out", f"{folder}/run", "--json"]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        printed = subprocess.run(words, check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/counts") as answer:
            counts = json.load(answer)
        whole = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return {**json.loads(printed.stdout), **counts, "whole_cpu_s": whole}


@contextmanager
def _server() -> Iterator[int]:
    process = subprocess.Popen([sys.executable, "-m", "benchmarks.instant_server"], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield int(process.stdout.readline())
    finally:
        process.kill()
        process.communicate()


def _import_ms(code: str) -> float:
    """CPU milliseconds of a process that runs this."""

    def once() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-c", code], check=True, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"})
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return 1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)

    return median(once() for _ in range(REPEATS))
