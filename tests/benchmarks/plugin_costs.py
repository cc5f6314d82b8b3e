"""What plugins cost: importing their entry modules, and CPU a turn in a newsroom that one after another joins.

The model is the mock in its mode ``fixed``, so that nothing but the plugins makes the difference.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from benchmarks.table import print_table

__all__ = ["main"]

ROOT = Path(__file__).parents[2]
NEWSROOM = ROOT / "docs" / "examples" / "newsroom"
STEPS = 40
REPEATS = 3

JOINING = {
    "nobody": "",
    "troupe-embeddings": '[embedder]\nuse = "hashing"\n',
    "troupe-chroma": '[embedder]\nuse = "hashing"\n[memory]\nuse = "chroma"\n',
    "troupe-conversation": '[environment]\nuse = "rooms"\nrooms = [{ name = "newsroom" }]\n',
    "troupe-email": '[agent_defaults]\ntools = ["email"]\n',
    "troupe-web-search": f"[tools.web-search]\nuse = 'web-search'\nfolder = '{NEWSROOM / 'archive'}'\n"
    '[agent_defaults]\ntools = ["web-search"]\n',
    "troupe-knowledge-graph": f"[tools.knowledge-graph]\nuse = 'knowledge-graph'\nfile = '{NEWSROOM / 'facts.csv'}'\n"
    '[agent_defaults]\ntools = ["knowledge-graph"]\n',
    "troupe-vision": '[agent_defaults]\nperception = ["vision"]\n'
    + "".join(f"[[stimuli]]\nat = {step}\nmedia = '{NEWSROOM / 'mill.png'}'\n" for step in range(STEPS)),
    "troupe-network-analysis": '[[analyzers]]\nuse = "network-analysis"\n',
}

HEAD = f'[simulation]\nsteps = {STEPS}\n[llm]\nuse = "mock"\nmode = "fixed"\n'
PEOPLE = "".join(f"[[agents]]\npersona = '{NEWSROOM / 'personas' / name}.toml'\n" for name in ("ines", "tom", "rosa"))

IMPORT = """
import sys, time
import troupe_core.plugin
before = time.process_time()
__import__(sys.argv[1])
print(1000 * (time.process_time() - before))
"""


def main() -> None:
    """Measure and print."""
    alone = _cpu_of("nobody")
    rows = []
    for plugin in JOINING:
        cpu = alone if plugin == "nobody" else _cpu_of(plugin)
        entry = "" if plugin == "nobody" else f"{_import_ms(plugin):.2f}"
        rows.append((plugin, entry, f"{cpu:.2f}", f"{cpu - alone:+.2f}", f"{cpu / alone:.2f}"))
    print_table(
        f"plugin_costs: three people, {STEPS} steps; medians of {REPEATS} runs (a process each)",
        ("who joins", "entry import CPU ms", "CPU ms/turn", "more", "× alone"),
        rows,
    )


def _cpu_of(plugin: str) -> float:
    """Milliseconds of CPU a turn, opening and analysing included."""
    with tempfile.TemporaryDirectory() as folder:
        study = Path(folder) / "study.toml"
        study.write_text(HEAD + JOINING[plugin] + PEOPLE)
        taken = []
        for number in range(REPEATS):
            words = [sys.executable, "-m", "troupe_core", "run", str(study), "--out", f"{folder}/{number}", "--json"]
            printed = subprocess.run(words, check=True, capture_output=True)
            figures = json.loads(printed.stdout)
            taken.append(1000 * figures["cpu_s"] / figures["turns"])
        return float(median(taken))


def _import_ms(plugin: str) -> float:
    entry = f"{plugin.replace('-', '_')}.plugin"
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    ran = [
        subprocess.run([sys.executable, "-c", IMPORT, entry], check=True, capture_output=True, env=environment)
        for _ in range(REPEATS)
    ]
    return median(float(each.stdout) for each in ran)
