"""What editors make of our schemas: the language servers that they start, Taplo and Tombi, are asked themselves."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from language_server import LanguageServer

GOOD = """\
#:schema ./.troupe/study.schema.json
[simulation]
steps = 3
start = 2026-03-02T09:00:00
step = "1h 30min"

[llm]
use = "mock"
mode = "fixed"

[memory]
use = "recent"

[[agents]]
persona = { name = "Ann", age = 41, personality = { traits = ["calm"] } }
"""

BAD = (
    GOOD.replace("steps = 3", "steps = 0")
    .replace('"fixed"', '"improved"')
    .replace('"recent"', '"recnt"')
    .replace("age = 41", "age = -1")
)

UNFINISHED_KEY = GOOD.replace('mode = "fixed"', "m")
UNFINISHED_VALUE = GOOD.replace('use = "recent"', "use = ")


def command(name):
    beside = Path(sys.executable).with_name(name)
    found = str(beside) if beside.exists() else shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


@pytest.fixture
def folder(tmp_path, troupe, study):
    """The folder of a study with its schemas."""
    study("")
    troupe("schema", "--out", ".troupe/")
    troupe("schema", "persona", "--out", ".troupe/")
    return tmp_path


@pytest.fixture
def lint(folder):
    """Checks a text with Taplo or Tombi; returns the status and what is said."""
    options = {"taplo": ["--colors", "never", "--no-auto-config"], "tombi": ["--offline"]}

    def run(name, text, file="study.toml"):
        (folder / file).write_text(text, encoding="utf-8")
        words = [command(name), "lint", *options[name], file]
        done = subprocess.run(words, capture_output=True, text=True, check=False, cwd=folder)
        return done.returncode, done.stdout + done.stderr

    return run


@pytest.fixture
def editor(folder):
    """Opens a text as ``study.toml`` with Tombi at work behind it."""
    servers = []

    def opened(text):
        file = folder / "study.toml"
        file.write_text(text, encoding="utf-8")
        servers.append(LanguageServer([command("tombi"), "lsp", "--offline"], file))
        return servers[-1]

    yield opened
    for server in servers:
        server.close()


@pytest.mark.parametrize("name", ["taplo", "tombi"])
def test_a_good_study_is_good(lint, name):
    status, told = lint(name, GOOD)

    assert status == 0
    assert "arning" not in told


@pytest.mark.parametrize("name", ["taplo", "tombi"])
def test_each_mistake_is_marked_where_it_stands_and_once(lint, name):
    status, told = lint(name, BAD)

    assert status == 1
    places = ["study.toml:3:9", "study.toml:9:8", "study.toml:12:7", "study.toml:15:33"]
    assert [told.count(place) for place in places] == [1, 1, 1, 1]
    assert told.count("study.toml:") == len(places)


@pytest.mark.parametrize("name", ["taplo", "tombi"])
def test_a_key_that_there_is_not_is_marked(lint, name):
    status, told = lint(name, GOOD.replace('mode = "fixed"', 'mode = "fixed"\nmod = 1'))

    assert status == 1
    assert "study.toml:10:1" in told


@pytest.mark.parametrize("name", ["taplo", "tombi"])
def test_what_init_writes_is_good(troupe, lint, folder, name):
    troupe("init", "tea")

    for file in ("study.toml", "personas/ada.toml", "personas/ben.toml"):
        text = (folder / "tea" / file).read_text(encoding="utf-8")
        status, told = lint(name, text, f"tea/{file}")
        assert status == 0
        assert "arning" not in told


def test_the_keys_of_the_chosen_component_are_suggested(editor):
    suggested = editor(UNFINISHED_KEY).suggested("m")

    assert {"mode", "model"} <= set(suggested)
    assert "max_items" not in suggested


def test_installed_components_are_suggested(editor):
    assert '"recent"' in editor(UNFINISHED_VALUE).suggested("use = ")


def test_what_a_key_is_for_is_shown(editor):
    shown = editor(GOOD).hover("steps = 3")

    assert "How many ticks of the clock there are at most. Expected: a whole number ≥ 1." in shown
