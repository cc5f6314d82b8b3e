"""Runs that end early: each says why and where it lies, ends with a status of its own, and can be read."""

import json
import signal
from contextlib import suppress

import pytest

from troupe_core.errors import RunFolderError
from troupe_core.journal.run import Run

STUDY = """
[simulation]
steps = 200
[llm]
use = "mock"
mode = "fixed"
latency = 0.02
dollars_per_million_prompt_tokens = 1000
[[agents]]
persona = { name = "Ann" }
[[agents]]
persona = { name = "Bob" }
"""

SCRIPT = """
[[entries]]
agent = "Ann"
step = 3
actions = [{ action = "wait" }]
[[entries]]
agent = "Bob"
actions = [{ action = "wait" }]
"""


@pytest.mark.parametrize(("name", "most"), [("calls", "5"), ("tokens", "500"), ("dollars", "0.5")])
def test_a_used_up_budget_stops_the_run_with_status_3(troupe, study, name, most):
    study(STUDY)

    printed = troupe("run", "study.toml", "--set", f"llm.budget.{name}={most}", "--out", "here")

    assert printed.status == 3
    assert printed.err == (
        f"troupe: the budget of [llm] is used up: {name} = {most}\n"
        f"What was paid for is kept. To go further, raise budget.{name} in [llm].\n"
    )
    assert "Stopped: " in printed.out
    assert "  read it again   troupe show here" in printed.out
    run = Run.open("here")
    assert (run.status, run.reason) == ("stopped", f"the budget of [llm] is used up: {name} = {most}")
    assert 0 < run.stats()["steps"] < 200
    assert troupe("show", "here").out.splitlines()[-1].startswith(f"Stopped (the budget of [llm] is used up: {name}")


def test_a_budget_is_never_overdrawn_by_a_call(troupe, study):
    study(STUDY)

    figures = json.loads(troupe("run", "study.toml", "--set", "llm.budget.calls=5", "--json").out)

    assert figures["llm"]["provider_calls"] == 5
    assert figures["status"] == "stopped"


def test_a_budget_of_nothing_asks_nothing(troupe, study):
    study(STUDY)

    printed = troupe("run", "study.toml", "--set", "llm.budget.dollars=0.0", "--quiet")

    assert (printed.status, printed.out) == (3, "runs/simulation-1\n")
    assert Run.open("runs/simulation-1").stats()["llm"]["provider_calls"] == 0


def test_a_script_without_an_entry_ends_the_run_and_shows_the_nearest(troupe, study):
    study(STUDY, script__toml=SCRIPT)

    printed = troupe("run", "study.toml", "--set", "llm.mode=scripted", "--set", "llm.script=script.toml")

    assert printed.status == 2
    assert printed.err == (
        'troupe: script.toml: no entry for agent "Ann", step 0, purpose turn; '
        'the nearest is entry 1, agent "Ann", step 3\n'
        'Add one: [[entries]]\nagent = "Ann"\nstep = 0\nactions = [{ action = "wait" }]\n'
    )
    assert "The run lies in runs/simulation-1 " in printed.out
    assert Run.open("runs/simulation-1").status == "failed"


def test_ctrl_c_ends_a_run_cleanly_with_status_130(start, troupe, study):
    study(STUDY)
    process = start("run", "study.toml", "--out", "here")
    while not process.stdout.readline().startswith("Ann"):
        pass

    process.send_signal(signal.SIGINT)
    out, err = process.communicate()

    assert process.returncode == 130
    assert err.strip() == ""
    assert "Interrupted: " in out
    assert "  read it again   troupe show here" in out
    run = Run.open("here")
    assert run.status == "interrupted"
    assert 0 < run.stats()["steps"] < 200
    assert troupe("show", "here").out.splitlines()[-1].startswith("Interrupted: ")
    assert troupe("digest", "here").status == 0


def test_ctrl_c_leaves_json_whole(start, study):
    study(STUDY)
    process = start("run", "study.toml", "--json", "--out", "here")
    _wait_for_a_turn(process)

    process.send_signal(signal.SIGINT)
    out, err = process.communicate()

    figures = json.loads(out)
    assert (process.returncode, err.strip()) == (130, "")
    assert (figures["run"], figures["status"]) == ("here", "interrupted")


def test_a_run_that_nobody_reads_any_more_is_interrupted(start, study):
    study(STUDY)
    process = start("run", "study.toml", "--out", "here")
    process.stdout.readline()

    process.stdout.close()

    assert process.stderr.read() == ""
    assert process.wait() == 130
    assert Run.open("here").status == "interrupted"


def test_a_reader_that_has_seen_enough_is_no_mistake(start, troupe, study):
    study(STUDY)
    troupe("run", "study.toml", "--set", "llm.latency=0", "--quiet", "--out", "here")
    process = start("events", "here", "--json")
    process.stdout.readline()

    process.stdout.close()

    assert process.stderr.read() == ""
    assert process.wait() == 0


def _wait_for_a_turn(process):
    while process.poll() is None:
        with suppress(RunFolderError):  # not there yet
            if any(Run.open("here").events(kind="decision")):
                return
