"""Runs what the manual shows: ``python -m pytest -p docs.snippets README.md docs``.

Each page is one story, told in a folder of its own that holds a copy of ``docs/examples``:

- a ``toml`` block whose first line is ``# file: NAME`` is written there;
- a ``python`` block is run, with the names of the blocks before it;
- in a ``console`` block every line ``$ troupe …`` is run; what the block shows below it is what it must print,
  where ``...`` stands for anything. Other commands are for the reader alone. A command ends with status 0,
  unless the next line is ``$ echo $?``.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import chdir
from doctest import ELLIPSIS, NORMALIZE_WHITESPACE, OutputChecker
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sybil import Example, Sybil
from sybil.evaluators.python import PythonEvaluator
from sybil.parsers.markdown import CodeBlockParser, SkipParser

__all__ = ["pytest_collect_file"]

ROOT = Path(__file__).parents[1]
RULES = ELLIPSIS | NORMALIZE_WHITESPACE
RUN_PYTHON = PythonEvaluator()


def start_page(names: dict[str, Any]) -> None:
    """Give a page its folder."""
    names["_kept"] = kept = TemporaryDirectory(prefix="troupe-manual-")
    names["_folder"] = folder = Path(kept.name)
    if (ROOT / "docs" / "examples").exists():
        shutil.copytree(ROOT / "docs" / "examples", folder / "docs" / "examples")


def end_page(names: dict[str, Any]) -> None:
    """Clear the folder away."""
    names["_kept"].cleanup()


def write_file(example: Example) -> None:
    """Write a ``toml`` block that says which file it is."""
    first, _, rest = str(example.parsed).partition("\n")
    if first.startswith("# file: "):
        path = example.namespace["_folder"] / first.removeprefix("# file: ").strip()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(rest, encoding="utf-8")


def run_python(example: Example) -> None:
    """Run a ``python`` block in the page's folder."""
    with chdir(example.namespace["_folder"]):
        RUN_PYTHON(example)


def run_commands(example: Example) -> str | None:
    """Run the commands of a ``console`` block; returns what went wrong."""
    folder = example.namespace["_folder"]
    commands = list(told(str(example.parsed)))
    status = 0
    for number, (command, shown) in enumerate(commands):
        if command == "echo $?":
            printed = f"{status}\n"
        elif command.split()[0] == "troupe":
            status, printed = ran(command, folder)
            asked = number + 1 < len(commands) and commands[number + 1][0] == "echo $?"
            if status != 0 and not asked:
                return f"$ {command}\nended with status {status}:\n{printed}"
        else:
            continue
        if shown and not OutputChecker().check_output(shown, printed, RULES):
            return f"$ {command}\nthe manual shows:\n{shown}\nit printed:\n{printed}"
    return None


def told(block: str) -> Iterator[tuple[str, str]]:
    """Each command of a block with what is shown below it."""
    command, shown = "", ""
    for line in block.splitlines():
        if line.startswith("$ "):
            if command:
                yield command, shown
            command, shown = line[2:].strip(), ""
        else:
            shown += line + "\n"
    if command:
        yield command, shown


def ran(command: str, folder: Path) -> tuple[int, str]:
    """The status of a command and all it printed, as on a terminal of 100 columns."""
    beside = Path(sys.executable).parent
    surroundings = {**os.environ, "PATH": f"{beside}{os.pathsep}{os.environ['PATH']}", "COLUMNS": "100"}
    done = subprocess.run(
        command,
        shell=True,
        check=False,
        cwd=folder,
        env=surroundings,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )
    return done.returncode, done.stdout


pytest_collect_file = Sybil(
    path=str(ROOT),
    patterns=["README.md", "docs/**/*.md", "plugins/*/README.md"],
    parsers=[
        CodeBlockParser("toml", write_file),
        CodeBlockParser("console", run_commands),
        CodeBlockParser("python", run_python),
        SkipParser(),
    ],
    setup=start_page,
    teardown=end_page,
).pytest()
