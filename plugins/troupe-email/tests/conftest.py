# mypy: allow-untyped-defs, allow-incomplete-defs, allow-untyped-calls
"""What the tests share: studies of people who hold the tool and act by a script."""

import os
import sys
from pathlib import Path

import pytest
from attrs import frozen
from hypothesis import HealthCheck
from hypothesis import settings as property_settings

from troupe_core import Simulation
from troupe_core.cli.main import main

sys.path.insert(0, str(Path(__file__).parent))

property_settings.register_profile("troupe", deadline=None, suppress_health_check=[HealthCheck.too_slow])
property_settings.load_profile("troupe")

PEOPLE = ("Ann Lee", "Bob Ray", "Cy Vance")


@frozen
class Printed:
    """What a command printed, and how it ended."""

    status: int
    out: str
    err: str


def entries(script):
    """A script from ``{"Ann": [[action, …] of step 0, [action, …] of step 1, …]}``; whoever has none waits."""
    lines = ['[[entries]]\nactions = [{ action = "wait" }]\n']
    for name, steps in script.items():
        for step, actions in enumerate(steps):
            if actions:
                told = ", ".join(actions)
                lines.append(f'[[entries]]\nagent = "{name}"\nstep = {step}\nactions = [{told}]\n')
    return "\n".join(lines)


@pytest.fixture
def study(tmp_path):
    """Writes a study of people who act by a script."""

    def write(script, *, email="", people=PEOPLE, steps=None, more="", tail=""):
        (tmp_path / "script.toml").write_text(entries(script), encoding="utf-8")
        steps = max(map(len, script.values()), default=0) + 1 if steps is None else steps
        cast = "\n".join(f'[[agents]]\npersona = {{ name = "{name}" }}' for name in people)
        file = tmp_path / "study.toml"
        text = f"""
[simulation]
steps = {steps}
{more}
[llm]
use = "mock"
mode = "scripted"
script = "script.toml"
[agent_defaults]
tools = ["email"]
recall = 0
[tools.email]
use = "email"
{email}
{cast}
{tail}
"""
        file.write_text(text, encoding="utf-8")
        return file

    return write


@pytest.fixture
def play(study, tmp_path):
    """Runs such a study; returns the run."""
    runs = iter(range(100))

    def run(script, *, out=None, **more):
        folder = tmp_path / f"run-{next(runs)}" if out is None else out
        return Simulation.from_file(study(script, **more)).run_sync(folder)

    return run


@pytest.fixture
def troupe(capsys):
    """The command ``troupe``, in this process."""

    def command(*words):
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main([str(word) for word in words])
        printed = capsys.readouterr()
        return Printed(int(ended.value.code or 0), printed.out, printed.err)

    return command


@pytest.fixture
def told():
    """What came of an agent's actions, as it was told."""

    def texts(run, agent):
        return [event.data.get("text") for event in run.events(kind="outcome", agent=agent)]

    return texts


@pytest.fixture
def prompt():
    """What the model of an agent read at a step."""

    def of(run, agent, step):
        return next(e.data["messages"][0] for e in run.events(kind="request", agent=agent) if e.step == step)

    return of


@pytest.fixture
def no_password(monkeypatch):
    """No password from whoever runs the tests."""
    for name in list(os.environ):
        if name.startswith("SMTP_"):
            monkeypatch.delenv(name)
