"""What a turn costs this process, apart from its model: CPU, memory, journal; by number of agents, in two worlds.

Everything from the start of the run to its end is counted: prompts, checks, journal, commits. The model is the mock
in its mode ``fixed``. `bare gather` is the floor: as many coroutines that do nothing, in one event loop.
"""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from benchmarks.table import print_table

__all__ = ["main"]

TOYS = Path(__file__).parents[1] / "toys"
SIZES = {10: 200, 100: 20, 1000: 5}
"""Agents → steps."""
REPEATS = 3

STUDY = """
[simulation]
name = "bench"
steps = {steps}
seed = 1
[llm]
use = "mock"
mode = "fixed"
[environment]
use = "{world}"
[[agents]]
population = {{ use = "numbered", count = {agents} }}
"""


def main() -> None:
    """Measure and print."""
    rows = [_row(world, agents, steps) for world in ("room", "pairs") for agents, steps in SIZES.items()]
    print_table(
        f"turn_overhead: medians of {REPEATS} runs (a process each)",
        ("world", "agents", "turns", "CPU ms/turn", "lowest", "× bare gather", "peak RSS MB", "journal kB/turn"),
        rows,
    )


def _row(world: str, agents: int, steps: int) -> tuple[object, ...]:
    runs = [_run(world, agents, steps) for _ in range(REPEATS)]
    floor = _bare_gather(agents, steps)
    cpu = [1000 * each["cpu_s"] / each["turns"] for each in runs]
    memory = median(each["peak_rss_mb"] for each in runs)
    journal = median(each["journal"] for each in runs) / runs[0]["turns"] / 1000
    return (
        world,
        agents,
        runs[0]["turns"],
        median(cpu),
        min(cpu),
        f"{median(cpu) / floor:.0f}",
        f"{memory:.0f}",
        journal,
    )


def _run(world: str, agents: int, steps: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        study = Path(folder) / "study.toml"
        study.write_text(STUDY.format(world=world, agents=agents, steps=steps))
        out = Path(folder) / "run"
        words = [sys.executable, "-m", "troupe_core", "run", str(study), "--out", str(out), "--json"]
        printed = subprocess.run(words, check=True, capture_output=True, env={**os.environ, "PYTHONPATH": str(TOYS)})
        journal = (out / "journal.db").stat().st_size
        return {**json.loads(printed.stdout), "journal": journal}


def _bare_gather(agents: int, steps: int) -> float:
    """CPU milliseconds per coroutine of ``asyncio.gather`` over coroutines that only yield once."""

    async def turn() -> None:
        await asyncio.sleep(0)

    async def run() -> None:
        for _ in range(steps):
            await asyncio.gather(*(turn() for _ in range(agents)))

    started = time.process_time()
    asyncio.run(run())
    return 1000 * (time.process_time() - started) / (agents * steps)
