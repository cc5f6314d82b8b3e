# mypy: allow-untyped-defs, allow-incomplete-defs, allow-untyped-calls
"""What the tests share: studies whose people follow a script, and networks given as ties."""

import asyncio
import json

import pytest
from troupe_network_analysis.analyzer import NetworkAnalyzer
from troupe_network_analysis.config import Config

from troupe_core import Simulation

HEAD = '[llm]\nuse = "mock"\nmode = "scripted"\nscript = "script.toml"\n'


@pytest.fixture
def play(tmp_path):
    """Runs a study of people who say what a script says: (step, who, to, text) each; returns the run."""
    runs = iter(range(1000))

    def run(people, lines, *, steps=3, more=""):
        entries = [
            {"agent": who, "step": step, "actions": [{"action": "talk", "to": to, "text": text}]}
            for step, who, to, text in lines
        ]
        script = tmp_path / "script.json"
        script.write_text(json.dumps([*entries, {"actions": [{"action": "wait"}]}]), encoding="utf-8")
        cast = "".join(f'[[agents]]\npersona = {{ name = "{name}" }}\n' for name in people)
        file = tmp_path / "study.toml"
        head = HEAD.replace("script.toml", "script.json")
        file.write_text(f"[simulation]\nsteps = {steps}\n{head}{cast}{more}", encoding="utf-8")
        return Simulation.from_file(file).run_sync(tmp_path / f"run-{next(runs)}")

    return run


@pytest.fixture
def analyzed():
    """What the analyzer finds in runs, with these settings."""

    def find(*runs, **settings):
        return asyncio.run(NetworkAnalyzer(Config(**settings)).analyze(runs))

    return find
