"""``troupe run --detach``: the run goes on by itself."""

import json
import os
import signal
import time

import pytest

from troupe_core.journal.run import Run

STUDY = """
[simulation]
steps = 3
[llm]
use = "mock"
latency = 0.05
[[agents]]
persona = { name = "Ann" }
"""


def wait_until_over(folder):
    """A detached run's end, or a failure after a minute."""
    for _ in range(600):
        if (folder / "journal.db").exists() and (run := Run.open(folder)).status != "running":
            return run
        time.sleep(0.1)
    raise AssertionError(f"{folder} is still running")


def test_the_command_returns_and_the_run_goes_on(troupe, study, tmp_path):
    printed = troupe("run", study(STUDY), "--set", "simulation.seed=9", "--out", tmp_path / "run", "--detach", "--json")

    told = json.loads(printed.out)
    assert (printed.status, told["run"]) == (0, str(tmp_path / "run"))
    run = wait_until_over(tmp_path / "run")
    assert run.status == "finished"
    assert run.config["simulation"]["seed"] == 9


@pytest.fixture(params=["as a rule", "ignored"])
def _ctrl_c(request):
    """What this process does at Ctrl-C: what a script starts in the background ignores it, as a rule."""
    before = signal.getsignal(signal.SIGINT)
    signal.signal(signal.SIGINT, signal.SIG_IGN if request.param == "ignored" else before)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("_ctrl_c")
def test_it_says_how_to_look_at_it_and_how_to_end_it(troupe, study, tmp_path):
    study(STUDY.replace("0.05", "5"))

    printed = troupe("run", "study.toml", "--out", "apart", "--detach")

    process = int(printed.out.split("in process ")[1].split(",")[0])
    assert f"  end it cleanly         kill -INT {process}" in printed.out
    assert "troupe show apart" in printed.out
    for _ in range(600):
        if (tmp_path / "apart" / "config.toml").exists():
            break
        time.sleep(0.1)
    time.sleep(0.5)
    os.kill(process, signal.SIGINT)
    assert wait_until_over(tmp_path / "apart").status == "interrupted"


def test_a_mistake_in_the_study_is_told_before_anything_starts(troupe, study, tmp_path):
    printed = troupe("run", study("[simulation]\nstps = 1"), "--out", tmp_path / "run", "--detach")

    assert printed.status == 2
    assert "unknown key, did you mean steps?" in printed.err
    assert not (tmp_path / "run.log").exists()
