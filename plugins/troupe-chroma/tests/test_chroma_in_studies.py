# mypy: allow-untyped-defs, allow-incomplete-defs, allow-untyped-calls
"""The memory `chroma` in studies: chosen by one word, the same in every run, and its errors as people read them."""

import os
import subprocess
import sys

import pytest

from troupe_core import Simulation
from troupe_core.cli.main import main
from troupe_core.plugin import ConfigError

STUDY = """
[simulation]
steps = 5
seed = 3
[llm]
use = "mock"
[memory]
use = "chroma"
{memory}
{embedder}
[environment]
use = "room"
topic = "A shop without tills."
[[agents]]
persona = {{ name = "Ann", age = 41 }}
[[agents]]
persona = {{ name = "Bob", age = 37 }}
[[agents]]
persona = {{ name = "Łucja", age = 63 }}
"""
HASHING = '[embedder]\nuse = "hashing"'


@pytest.fixture
def study(tmp_path):
    """Writes a study."""

    def write(memory="", embedder=HASHING):
        file = tmp_path / "study.toml"
        file.write_text(STUDY.format(memory=memory, embedder=embedder), encoding="utf-8")
        return file

    return write


def recalled(run):
    return [id_ for event in run.events(kind="recall") for id_ in event.data["ids"]]


def test_a_run_remembers_and_recalls(study, tmp_path):
    run = Simulation.from_file(study()).run_sync(tmp_path / "run")

    assert run.status == "finished"
    assert not list(run.events(kind="failure"))
    assert (tmp_path / "run" / "parts" / "memory" / "store" / "chroma.sqlite3").is_file()


def test_the_same_study_has_the_same_digest_every_time(study, tmp_path):
    file = study()
    runs = [Simulation.from_file(file).run_sync(tmp_path / f"run-{n}") for n in range(2)]
    command = [sys.executable, "-m", "troupe_core", "run", str(file), "--out", str(tmp_path / "elsewhere"), "--quiet"]
    subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": "7"})

    assert runs[0].digest() == runs[1].digest()
    printed = [sys.executable, "-m", "troupe_core", "digest", str(tmp_path / "elsewhere")]
    assert runs[0].digest() in subprocess.run(printed, check=True, capture_output=True, text=True).stdout


def test_a_server_gives_the_same_memories_as_a_folder(study, tmp_path, chroma_server):
    here = Simulation.from_file(study()).run_sync(tmp_path / "here")
    server = Simulation.from_file(study(f'host = "127.0.0.1"\nport = {chroma_server}')).run_sync(tmp_path / "there")

    assert recalled(here) == recalled(server)
    assert recalled(here)


def test_without_an_embedder_the_run_ends_and_says_what_to_add(study, tmp_path, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["run", str(study(embedder="")), "--out", str(tmp_path / "run")])

    printed = capsys.readouterr().err
    assert ended.value.code == 2
    assert "the study has no embedder" in printed
    assert 'use = "hashing"' in printed
    assert "Traceback" not in printed


@pytest.mark.parametrize(
    ("memory", "words"),
    [
        ("port = 0", "[memory] port"),
        ("timeout = 0", "[memory] timeout"),
        ("exact_up_to = -1", "[memory] exact_up_to"),
        ('hosts = "x"', "host"),
        ("ssl = true", "port and ssl belong to a server"),
    ],
)
def test_wrong_settings_are_named_before_anything_runs(study, memory, words):
    with pytest.raises(ConfigError) as caught:
        Simulation.from_file(study(memory))

    assert words in str(caught.value)


def test_every_setting_is_described(capsys):
    with pytest.raises(SystemExit):
        main(["plugins", "show", "chroma"])

    printed = capsys.readouterr().out
    assert all(key in printed for key in ("host", "port", "ssl", "timeout", "exact_up_to"))
