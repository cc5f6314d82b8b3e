"""``troupe run``: what it prints, where the run lies, and what can be changed from the command line."""

import json
from typing import Any

import pytest

from troupe_core.journal.run import Run

STUDY = """
[simulation]
name = "Morning, in the kitchen!"
steps = 2
start = 2026-03-02T09:00:00
[llm]
use = "mock"
mode = "scripted"
script = "script.toml"
[llms.cheap]
use = "mock"
mode = "fixed"
[[agents]]
persona = { name = "Ann" }
[[agents]]
persona = { name = "Bob" }
"""

SCRIPT = """
[[entries]]
agent = "Ann"
actions = [{ action = "talk", to = "Bob", text = "Tea?" }, { action = "think", text = "He looks tired." }]
[[entries]]
agent = "Bob"
actions = [{ action = "wait" }]
[[entries]]
agent = "Bob"
step = 1
actions = [{ action = "talk", to = "Zoe", text = "Who is that?" }]
"""


@pytest.fixture
def kitchen(study):
    """A study of two people and what they do, as study.toml in the working directory."""
    return study(STUDY, script__toml=SCRIPT)


def test_piped_it_prints_plain_lines_and_ends_with_what_to_type_next(troupe, kitchen):
    printed = troupe("run", "study.toml")

    assert printed.status == 0
    assert printed.err == ""
    lines = printed.out.splitlines()
    assert lines[:11] == [
        "",
        "── Step 0 · Monday 2 March 2026, 09:00 ──",
        "Ann → Bob: Tea?",
        "    (Ann thinks: He looks tired.)",
        "",
        "── Step 1 · Monday 2 March 2026, 09:10 ──",
        "Ann → Bob: Tea?",
        "    (Ann thinks: He looks tired.)",
        "  ! Bob: could not talk: There is nobody called Zoe here. With you are: Ann.",
        "",
        lines[10],
    ]
    assert lines[10].startswith("Finished: 2 steps, 4 turns, 4 model calls, ")
    digest = Run.open("runs/morning-in-the-kitchen-1").digest()
    assert lines[11:] == [
        f"The run lies in runs/morning-in-the-kitchen-1 (digest {digest[:12]}…).",
        "  read it again   troupe show runs/morning-in-the-kitchen-1",
        "  its figures     troupe stats runs/morning-in-the-kitchen-1",
        "  every event     troupe events runs/morning-in-the-kitchen-1",
    ]


def test_where_something_was_found_the_end_says_how_to_read_it(troupe, kitchen):
    printed = troupe("run", "study.toml", "--set", 'analyzers=[{ use = "transcript" }]', "--out", "here")

    assert printed.out.endswith("\n  what was found  troupe report here --out report.html\n")


def test_each_run_has_a_folder_of_its_own(troupe, kitchen):
    folders = [troupe("run", "study.toml", "--quiet").out for _ in range(2)]

    assert folders == ["runs/morning-in-the-kitchen-1\n", "runs/morning-in-the-kitchen-2\n"]


def test_json_is_one_object_with_the_runs_figures(troupe, kitchen):
    printed = troupe("run", "study.toml", "--json", "--out", "here")

    figures = json.loads(printed.out)
    assert (printed.status, printed.err) == (0, "")
    assert set(figures) >= {"run", "digest", "steps", "turns", "events", "llm", "wall_s", "cpu_s", "peak_rss_mb"}
    assert set(figures["llm"]) == {
        "calls", "provider_calls", "cache_hits", "retries", "prompt_tokens", "completion_tokens", "dollars",
    }  # fmt: skip
    run = Run.open("here")
    assert (figures["run"], figures["digest"]) == ("here", run.digest())
    assert (figures["steps"], figures["turns"], figures["events"]) == (2, 4, len(list(run.events())))
    assert (figures["llm"]["calls"], figures["llm"]["provider_calls"]) == (4, 4)
    assert figures["llm"]["prompt_tokens"] > 0 < figures["llm"]["completion_tokens"]
    assert figures["peak_rss_mb"] > 1


def test_json_and_quiet_exclude_each_other(troupe, kitchen):
    printed = troupe("run", "study.toml", "--json", "--quiet")

    assert printed.status == 2
    assert printed.err.endswith("Error: --json and --quiet exclude each other.\n")


def test_set_changes_keys_and_the_run_keeps_the_study_as_it_was_run(troupe, kitchen):
    words = ("--set", "simulation.steps=1", "--set", "agents.2.name=Ben", "--set", "environment.use=room")

    troupe("run", "study.toml", "--llm", "cheap", "--out", "here", *words)

    run = Run.open("here")
    assert list(run.personas) == ["Ann", "Ben"]
    assert run.stats()["steps"] == 1
    assert run.config["simulation"] == {
        "name": "Morning, in the kitchen!",
        "steps": 1,
        "start": "2026-03-02T09:00:00",
    }
    assert run.config["environment"] == {"use": "room"}
    assert run.config["llm"] == {"use": "mock", "mode": "fixed"}


def test_the_kept_study_can_be_run_again_with_the_same_digest(troupe, study):
    study(STUDY.replace('mode = "scripted"\nscript = "script.toml"\n', ""))
    first = json.loads(troupe("run", "study.toml", "--set", "simulation.seed=8", "--json", "--out", "first").out)

    again = json.loads(troupe("run", "first/config.toml", "--json", "--out", "again").out)

    assert again["digest"] == first["digest"]


def test_a_wrong_setting_is_told_before_anything_runs(troupe, kitchen, tmp_path):
    assert troupe("run", "study.toml", "--set", "simulation.seed").err == (
        'troupe: --set: expected path=value, got "simulation.seed"\nFor example: --set simulation.seed=8\n'
    )
    printed = troupe("run", "study.toml", "--set", "simulation.seed=lots")
    assert printed.status == 2
    assert printed.err == 'troupe: study.toml: [simulation] seed: expected a whole number, got "lots"\n'
    assert not (tmp_path / "runs").exists()


def test_another_model_can_be_chosen(troupe, kitchen):
    troupe("run", "study.toml", "--llm", "cheap:small", "--out", "here")

    assert Run.open("here").config["llm"] == {"use": "mock", "mode": "fixed", "model": "small"}


@pytest.mark.parametrize("llm", ["cheap", "mock:small"])
def test_another_model_can_be_set_too(troupe, kitchen, llm):
    troupe("run", "study.toml", "--set", "llm.latency=0.001", "--llm", llm, "--out", "here")

    chosen: Any = Run.open("here").config["llm"]
    assert chosen["latency"] == 0.001


def test_a_run_that_could_not_even_begin_prints_its_error_alone(troupe, kitchen, toys):
    printed = troupe("run", "study.toml", "--llm", "keyless", "--out", "here")

    assert (printed.status, printed.out) == (2, "")
    assert printed.err == "troupe: there is no key\nCut one.\n"


def test_what_is_shown_of_a_run_that_could_not_even_begin_is_why(troupe, kitchen, toys):
    troupe("run", "study.toml", "--llm", "keyless", "--out", "here")

    title, _, ending = troupe("show", "here").out.splitlines()

    assert title == "Morning, in the kitchen!"
    assert ending.startswith("Failed (could not be opened: there is no key): 0 steps, ")


def test_a_model_that_is_not_there_is_told(troupe, kitchen):
    printed = troupe("run", "study.toml", "--llm", "chaep")

    assert printed.status == 2
    assert "there is no llm 'chaep'; installed: mock" in printed.err


def test_plugins_allows_those_it_names_only(troupe, kitchen):
    assert troupe("run", "study.toml", "--plugins", "troupe-mock-llm", "--quiet").status == 0

    printed = troupe("run", "study.toml", "--plugins", "")

    assert printed.status == 2
    assert printed.err.startswith("troupe: study.toml: [llm]: there is no llm 'mock'; installed: none\n")
    assert "is disabled, it may offer more: not among --plugins" in printed.err


def test_the_environment_can_say_which_plugins_are_allowed(troupe, kitchen, monkeypatch):
    monkeypatch.setenv("TROUPE_PLUGINS", "core")

    printed = troupe("run", "study.toml")

    assert printed.status == 2
    assert "is disabled, it may offer more: not among TROUPE_PLUGINS" in printed.err
    assert troupe("run", "study.toml", "--plugins", "mock-llm", "--quiet").status == 0


FOLDERS = {
    "a file": ("file", "file: the run folder cannot be written: Not a directory\nGive a folder that you may write to"),
    "below a file": (
        "file/run",
        "file/run: the run folder cannot be written: Not a directory\nGive a folder that you may write to",
    ),
    "not empty": ("full", "full: this folder is not empty\nGive a new or empty folder"),
    "a run": (
        "run",
        "run: this folder already holds a run\nRead it with: troupe show run. Or give another folder",
    ),
}


@pytest.mark.parametrize(("out", "words"), FOLDERS.values(), ids=FOLDERS)
def test_a_folder_that_cannot_take_a_run_is_told_and_left_alone(troupe, kitchen, tmp_path, out, words):
    (tmp_path / "file").write_text("mine")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "notes.txt").write_text("mine")
    troupe("run", "study.toml", "--out", "run")
    before = sorted(tmp_path.rglob("*"))

    printed = troupe("run", "study.toml", "--out", out)
    detached = troupe("run", "study.toml", "--out", out, "--detach")

    assert printed.status == 2
    assert printed.out == ""
    assert printed.err == f"troupe: {words} with --out.\n"
    assert (detached.status, detached.out) == (2, "")
    assert detached.err.replace("File exists", "Not a directory") == printed.err
    assert sorted(tmp_path.rglob("*")) == before
