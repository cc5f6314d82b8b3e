# mypy: allow-untyped-defs, allow-incomplete-defs, allow-untyped-calls
"""People who hold a tool and act by a script: what the tests of tools share."""

import pytest

from troupe_core import Simulation

__all__ = ["PEOPLE", "play", "prompt", "told", "write_study"]

PEOPLE = ("Ann Lee", "Bob Ray", "Cy Vance")


def entries(script):
    """A script from ``{"Ann": [[action, …] of step 0, [action, …] of step 1, …]}``; whoever has none waits."""
    lines = ['[[entries]]\nactions = [{ action = "wait" }]\n']
    for name, steps in script.items():
        for step, actions in enumerate(steps):
            if actions:
                told = ", ".join(actions)
                lines.append(f'[[entries]]\nagent = "{name}"\nstep = {step}\nactions = [{told}]\n')
    return "\n".join(lines)


def write_study(folder, script, *, tool, settings="", people=PEOPLE, steps=None, more="", tail=""):
    """Write the study of people who hold the tool and act by the script; `settings` are lines of its table."""
    (folder / "script.toml").write_text(entries(script), encoding="utf-8")
    steps = max(map(len, script.values()), default=0) + 1 if steps is None else steps
    cast = "\n".join(f'[[agents]]\npersona = {{ name = "{name}" }}' for name in people)
    file = folder / "study.toml"
    text = f"""
[simulation]
steps = {steps}
{more}
[llm]
use = "mock"
mode = "scripted"
script = "script.toml"
[agent_defaults]
tools = ["{tool}"]
recall = 0
[tools.{tool}]
use = "{tool}"
{settings}
{cast}
{tail}
"""
    file.write_text(text, encoding="utf-8")
    return file


@pytest.fixture
def play(study, tmp_path):
    """Runs such a study; returns the run."""
    runs = iter(range(100))

    def run(script, *, out=None, **more):
        folder = tmp_path / f"run-{next(runs)}" if out is None else out
        return Simulation.from_file(study(script, **more)).run_sync(folder)

    return run


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
