"""What it costs to have many plugins: Troupe with 0, 30 and 100 of them, beside `llm` and `pytest` with real ones."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median

from attrs import frozen
from benchmarks.dummy_plugins import install_dummies
from benchmarks.processes import measure
from benchmarks.table import print_table

__all__ = ["main"]

REPEATS = 9
REPEATS_BESIDE = 5
COUNTS = (0, 30, 100)

STUDY = """
[simulation]
steps = 1
[llm]
use = "mock"
[[agents]]
persona = { name = "Ann" }
"""

TROUPE = {
    "troupe --help": ["--help"],
    "troupe plugins list": ["plugins", "list"],
    "troupe run (1 agent, 1 step)": ["run", "study.toml", "--quiet"],
}


@frozen
class Neighbour:
    """Another command with plugins, and as many of them as install in a moment, as of November 2026."""

    package: str
    plugins: Sequence[str]
    commands: Mapping[str, Sequence[str]]


NEIGHBOURS = (
    Neighbour(
        "llm==0.36",
        (
            "llm-anthropic==0.30",
            "llm-cmd==0.2a0",
            "llm-cohere==1.0",
            "llm-deepseek==0.1.6",
            "llm-fragments-github==0.4",
            "llm-gemini==0.35",
            "llm-groq==0.9",
            "llm-jq==0.1.1",
            "llm-mistral==0.16",
            "llm-ollama==0.19.1",
            "llm-openrouter==0.7.1",
            "llm-perplexity==2026.9.1",
            "llm-replicate==0.3.1",
            "llm-templates-github==0.1",
            "llm-tools-sqlite==0.1",
        ),
        {"llm --help": ("llm", "--help")},
    ),
    Neighbour(
        "pytest==9.*",
        (
            "pytest-benchmark==5.3.1",
            "pytest-cov==7.1.0",
            "pytest-env==1.8.5",
            "pytest-html==4.2.0",
            "pytest-httpserver==1.2.0",
            "pytest-instafail==0.5.0",
            "pytest-mock==3.17.0",
            "pytest-order==1.5.0",
            "pytest-randomly==5.1.0",
            "pytest-repeat==0.9.4",
            "pytest-rerunfailures==16.7",
            "pytest-subtests==0.15.0",
            "pytest-sugar==1.1.1",
            "pytest-timeout==2.4.0",
            "pytest-xdist==3.8.0",
        ),
        {"pytest --help": ("pytest", "--help"), "pytest (1 empty test)": ("pytest", "-q", "test_nothing.py")},
    ),
)


def main() -> None:
    """Measure, and print."""
    with tempfile.TemporaryDirectory(prefix="troupe-many-plugins-") as folder:
        _with_dummies(Path(folder))
        _neighbours(Path(folder))


def _with_dummies(folder: Path) -> None:
    (folder / "study.toml").write_text(STUDY, encoding="utf-8")
    sites = {count: install_dummies(folder / f"{count}", count) for count in COUNTS}
    times: dict[tuple[str, int], list[tuple[float, float]]] = {}
    for _ in range(REPEATS):
        for name, words in TROUPE.items():
            for count, site in sites.items():
                command = [sys.executable, "-m", "troupe_core", *words]
                taken = measure(command, folder, PYTHONPATH=str(site))
                times.setdefault((name, count), []).append(taken)
    rows = []
    for name in TROUPE:
        cpu, wall = ([median(each[which] for each in times[name, count]) for count in COUNTS] for which in (0, 1))
        rows.append((name, *map(_ms, cpu), f"{cpu[-1] / cpu[0]:.2f}", *map(_ms, wall), f"{wall[-1] / wall[0]:.2f}"))
    columns = [f"{what} {count}" for what in ("CPU ms,", "wall ms,") for count in COUNTS]
    columns = [*columns[:3], "100 ÷ 0", *columns[3:], "100 ÷ 0"]
    print_table(
        f"startup with generated plugins (beside those of this environment): medians of {REPEATS}",
        ("command", *columns),
        rows,
    )


def _neighbours(folder: Path) -> None:
    (folder / "test_nothing.py").write_text("def test_nothing(): ...\n", encoding="utf-8")
    rows: list[tuple[object, ...]] = []
    for neighbour in NEIGHBOURS:
        made = [_environment(folder, neighbour, plugins) for plugins in ((), neighbour.plugins)]
        for name, words in neighbour.commands.items():
            if None in made:
                rows.append((name, *["-"] * 6, "the index cannot be reached"))
                continue
            commands = [[str(place / words[0]), *words[1:]] for place in made if place is not None]
            taken = [[measure(command, folder) for command in commands] for _ in range(REPEATS_BESIDE)]
            cpu, wall = ([median(pair[n][which] for pair in taken) for n in (0, 1)] for which in (0, 1))
            told = (*map(_ms, cpu), f"{cpu[1] / cpu[0]:.2f}", *map(_ms, wall), f"{wall[1] / wall[0]:.2f}")
            rows.append((name, *told, f"{len(neighbour.plugins)} real plugins"))
    columns = ("CPU ms, none", "CPU ms, all", "all ÷ none", "wall ms, none", "wall ms, all", "all ÷ none", "with")
    print_table(f"beside others: medians of {REPEATS_BESIDE}", ("command", *columns), rows)


def _environment(folder: Path, neighbour: Neighbour, plugins: Sequence[str]) -> Path | None:
    """The folder of commands of a new environment, compiled as after first use; None where nothing can be installed."""
    place = folder / f"{neighbour.package.partition('=')[0]}-{len(plugins)}"
    uv = shutil.which("uv", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]))
    python = str(place / "bin" / "python")
    if uv is None:
        make = [sys.executable, "-m", "venv", str(place)]
        install = [python, "-m", "pip", "install", "--quiet", neighbour.package, *plugins]
    else:
        make = [uv, "venv", "--quiet", "--python", sys.executable, str(place)]
        install = [uv, "pip", "install", "--quiet", "--compile-bytecode", "--python", python]
        install += [neighbour.package, *plugins]
    for command in (make, install):
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        if done.returncode != 0:
            print(f"  {' '.join(command[:4])} …: {done.stderr.strip().splitlines()[-1:]}")
            return None
    return place / "bin"


def _ms(seconds: float) -> str:
    return f"{1000 * seconds:.0f}"
