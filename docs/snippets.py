"""Runs what the manual shows: ``python -m pytest -p docs.snippets README.md docs``.

Each page is one story, told in a folder of its own that holds a copy of ``docs/examples``:

- a ``toml``, ``python`` or ``text`` block whose first line is ``# file: NAME`` is written there; so is a
  ``{code-block} json`` with a caption, which is its name, since JSON has no comments;
- any other ``python`` block is run, with the names of the blocks before it; ``await`` stands where a notebook has it;
- a ``{code-block} text`` with the caption ``It prints`` is what the ``python`` block above it must have printed;
- in a ``console`` block every line ``$ troupe …`` is run; what the block shows below it is what it must print,
  where ``...`` stands for anything. A command ends with status 0, unless the next line is ``$ echo $?``. What
  ``$ python -m pip install -e FOLDER`` names, where the page has written it, is there from then on, as if it were
  installed. ``$ python -m pytest FOLDER`` is run too, where the page has written that. Other commands are for the
  reader alone.
"""

import ast
import asyncio
import inspect
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from contextlib import chdir, redirect_stdout
from doctest import ELLIPSIS, NORMALIZE_WHITESPACE, OutputChecker
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sybil import Document, Example, Region, Sybil
from sybil.parsers.markdown import CodeBlockParser, SkipParser
from sybil.parsers.myst.lexers import DirectiveLexer

__all__ = ["pytest_collect_file"]

ROOT = Path(__file__).parents[1]
RULES = ELLIPSIS | NORMALIZE_WHITESPACE
PRINTED = "It prints"
FILE = "# file: "
INSTALL = "python -m pip install -e "
TEST = "python -m pytest "


def start_page(names: dict[str, Any]) -> None:
    """Give a page its folder, and an event loop that lasts as long as the page."""
    names["_loop"] = asyncio.new_event_loop()
    names["_kept"] = kept = TemporaryDirectory(prefix="troupe-manual-")
    names["_folder"] = folder = Path(kept.name)
    if (ROOT / "docs" / "examples").exists():
        shutil.copytree(ROOT / "docs" / "examples", folder / "docs" / "examples")


def end_page(names: dict[str, Any]) -> None:
    """Clear both away."""
    names["_loop"].close()
    sys.path[:] = [each for each in sys.path if each != str(names["_folder"] / "_site")]
    names["_kept"].cleanup()


def write_file(example: Example) -> bool:
    """Write a block that says which file it is; whether it does."""
    first, _, rest = str(example.parsed).partition("\n")
    if not first.startswith(FILE):
        return False
    path = example.namespace["_folder"] / first.removeprefix(FILE).strip()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(rest, encoding="utf-8")
    return True


def write_if_file(example: Example) -> None:
    """Write a block that says which file it is; the others are only shown."""
    write_file(example)


def captioned(document: Document) -> Iterable[Region]:
    """The blocks that have a caption: files in JSON, and what Python prints."""
    for language, evaluator in (("json", write_json), ("text", compare_printed)):
        for lexed in DirectiveLexer(directive="code-block", arguments=language)(document):
            caption = lexed.lexemes["options"].get("caption")
            if caption and (caption == PRINTED or language == "json"):
                yield Region(lexed.start, lexed.end, (caption, str(lexed.lexemes["source"])), evaluator)


def write_json(example: Example) -> None:
    """Write a block of JSON into the file of its caption."""
    name, text = example.parsed
    (example.namespace["_folder"] / name).write_text(text, encoding="utf-8")


def run_python(example: Example) -> None:
    """Write a ``python`` block that says which file it is; run any other, and note what it prints."""
    if write_file(example):
        return
    source = "\n" * (example.line + example.parsed.line_offset) + example.parsed
    code = compile(source, example.path, "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
    with chdir(example.namespace["_folder"]), redirect_stdout(StringIO()) as printed:
        awaited = eval(code, example.namespace)
        if code.co_flags & inspect.CO_COROUTINE:
            example.namespace["_loop"].run_until_complete(awaited)
    example.namespace["_printed"] = printed.getvalue()


def compare_printed(example: Example) -> str | None:
    """Hold what a page says that Python prints to what it printed."""
    _, shown = example.parsed
    printed = example.namespace["_printed"]
    return None if OutputChecker().check_output(shown, printed, RULES) else f"it printed:\n{printed}"


def run_commands(example: Example) -> str | None:
    """Run the commands of a ``console`` block; returns what went wrong."""
    folder = example.namespace["_folder"]
    commands = list(told(str(example.parsed)))
    status = 0
    for number, (command, shown) in enumerate(commands):
        if command == "echo $?":
            printed = f"{status}\n"
        elif command.startswith(INSTALL) and (folder / command.removeprefix(INSTALL) / "pyproject.toml").is_file():
            install(folder / command.removeprefix(INSTALL), folder / "_site")
            continue
        elif command.split()[0] == "troupe" or (
            command.startswith(TEST) and (folder / command.removeprefix(TEST)).is_dir()
        ):
            status, printed = ran(command, folder)
            asked = number + 1 < len(commands) and commands[number + 1][0] == "echo $?"
            if status != 0 and not asked:
                return f"$ {command}\nended with status {status}:\n{printed}"
        else:
            continue
        if shown and not OutputChecker().check_output(shown, printed, RULES):
            return f"$ {command}\nthe manual shows:\n{shown}\nit printed:\n{printed}"
    return None


def install(project: Path, site: Path) -> None:
    """What an editable installation leaves behind: the project's metadata, and a path to its ``src``."""
    about = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    metadata = site / f"{about['name'].replace('-', '_')}-{about['version']}.dist-info"
    metadata.mkdir(parents=True)
    needs = "".join(f"Requires-Dist: {need}\n" for need in about["dependencies"])
    head = f"Metadata-Version: 2.4\nName: {about['name']}\nVersion: {about['version']}\n"
    (metadata / "METADATA").write_text(head + needs, encoding="utf-8")
    groups = about["entry-points"].items()
    lines = [f"[{group}]\n" + "".join(f"{name} = {there}\n" for name, there in each.items()) for group, each in groups]
    (metadata / "entry_points.txt").write_text("\n".join(lines), encoding="utf-8")
    for package in (project / "src").iterdir():
        (site / package.name).symlink_to(package)
    sys.path.append(str(site))


def told(block: str) -> Iterator[tuple[str, str]]:
    """Each command of a block with what is shown below it."""
    command, shown = "", ""
    for line in block.splitlines():
        if line.startswith("$ "):
            if command:
                yield command, shown
            command, shown = line[2:].strip(), ""
        elif command.endswith("\\") and line.startswith("> "):
            command = command.removesuffix("\\") + line[2:].strip()
        else:
            shown += line + "\n"
    if command:
        yield command, shown


def ran(command: str, folder: Path) -> tuple[int, str]:
    """The status of a command and all it printed, as on a terminal of 100 columns."""
    beside = Path(sys.executable).parent
    surroundings = {**os.environ, "PATH": f"{beside}{os.pathsep}{os.environ['PATH']}", "COLUMNS": "100"}
    paths = filter(None, (str(folder / "_site"), os.environ.get("PYTHONPATH")))
    surroundings["PYTHONPATH"] = os.pathsep.join(paths)
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
    patterns=["README.md", "docs/*.md", "docs/**/*.md", "plugins/*/README.md"],
    parsers=[
        CodeBlockParser("toml", write_if_file),
        CodeBlockParser("text", write_if_file),
        CodeBlockParser("console", run_commands),
        CodeBlockParser("python", run_python),
        captioned,
        SkipParser(),
    ],
    setup=start_page,
    teardown=end_page,
).pytest()
