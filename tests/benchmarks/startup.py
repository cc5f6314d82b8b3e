"""How long commands take to start: CPU and wall time of whole processes, beside the bare cost of what they rest on."""

import sys
from statistics import median

from benchmarks.processes import measure
from benchmarks.table import print_table

__all__ = ["main"]

REPEATS = 15

BASE = "import click, attrs, pluggy"
COMMANDS = {
    "python -c pass": [sys.executable, "-c", "pass"],
    f'python -c "{BASE}"': [sys.executable, "-c", BASE],
    "troupe --help": [sys.executable, "-m", "troupe_core", "--help"],
    "troupe plugins list": [sys.executable, "-m", "troupe_core", "plugins", "list"],
    "troupe plugins list --json": [sys.executable, "-m", "troupe_core", "plugins", "list", "--json"],
    "import troupe_core.plugin": [sys.executable, "-c", "import troupe_core.plugin"],
}


def main() -> None:
    """Measure in turns, so that a busy machine is busy for all, and print."""
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in COMMANDS}
    for _ in range(REPEATS):
        for name, words in COMMANDS.items():
            times[name].append(measure(words))
    base = median(cpu for cpu, _ in times[f'python -c "{BASE}"'])
    rows = []
    for name, measured in times.items():
        cpu = median(each for each, _ in measured)
        wall = median(each for _, each in measured)
        rows.append((name, f"{1000 * cpu:.0f}", f"{1000 * wall:.0f}", f"{cpu / base:.2f}"))
    print_table(f"startup: medians of {REPEATS}", ("command", "CPU ms", "wall ms", "× base (CPU)"), rows)
