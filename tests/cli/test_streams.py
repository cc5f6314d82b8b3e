"""Standard output of the command as a process: kept for what it prints itself, full, or not there at all."""

import json
import os
import subprocess
import sys

import pytest
from installing import PART, TOOL, new_site

HERE = "import sys, threading, time\n"

LATE = {
    "in a thread": "def late():\n    time.sleep(0.6)\n    print('I am late!', flush=True)\n"
    "threading.Thread(target=late).start()\n",
    "when Python ends": "import atexit\natexit.register(lambda: print('I am late!', flush=True))\n",
    "when Python ends, past Python": "import atexit, os\natexit.register(lambda: os.write(1, b'I am late!'))\n",
}


@pytest.fixture
def site(tmp_path, monkeypatch):
    """An empty folder of installed packages."""
    yield from new_site(tmp_path / "site", monkeypatch)


def process(*words, **more):
    """The command in a process of its own, as it was started."""
    ways = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, **more}
    return subprocess.run([sys.executable, "-m", "troupe_core", *map(str, words)], check=False, **ways)


@pytest.mark.parametrize("late", LATE.values(), ids=LATE)
def test_what_a_plugin_prints_after_the_command_does_not_follow_its_json(site, late):
    site.install("troupe-dice", HERE + late + TOOL.format(name="dice", module="troupe_dice", config=None), part=PART)

    ended = process("plugins", "list", "--json", env={**os.environ, "PYTHONPATH": str(site.folder)})

    assert "dice" in {row["name"] for row in json.loads(ended.stdout)}
    assert "I am late!" in ended.stderr


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no device that is always full")
@pytest.mark.parametrize("words", [["--help"], ["plugins", "list", "--json"], ["plugins", "list"]], ids=" ".join)
def test_output_that_cannot_be_written_is_told_once(words):
    with open("/dev/full", "w") as full:
        ended = process(*words, stdout=full)

    assert ended.returncode == 2
    assert ended.stderr == ("troupe: No space left on device\nThe operating system says so; --traceback shows where.\n")


@pytest.mark.skipif(os.name != "posix", reason="the shell that closes them is that of POSIX")
def test_without_any_output_a_run_is_lived_all_the_same(study, troupe):
    study('[simulation]\nsteps = 1\n[llm]\nuse = "mock"\n[[agents]]\npersona = { name = "Ann" }\n')

    line = f"{sys.executable} -m troupe_core run study.toml --out here >&- 2>&-"
    ended = subprocess.run(["sh", "-c", line], check=False)

    assert ended.returncode == 0
    assert troupe("show", "here").out.startswith("simulation: Ann\n")
