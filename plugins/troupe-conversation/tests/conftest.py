# mypy: allow-untyped-defs, allow-incomplete-defs, allow-untyped-calls
"""What the tests share: studies given as text, and people who follow a script."""

import sys
from pathlib import Path

import pytest

from troupe_core import Simulation
from troupe_core.cli.main import main

sys.path.insert(0, str(Path(__file__).parent))

IMPROVISED = '\n[llm]\nuse = "mock"\n'
SCRIPTED = '\n[llm]\nuse = "mock"\nmode = "scripted"\nscript = "script.toml"\n'


@pytest.fixture
def play(tmp_path):
    """Runs a study given as text (all but its model and its people); returns the run."""
    runs = iter(range(1000))

    def run(text, people, *, script=None, settings=(), start=None):
        cast = "".join(f'[[agents]]\npersona = {{ name = "{name}" }}\n' for name in people)
        if script is not None:
            (tmp_path / "script.toml").write_text(script, encoding="utf-8")
        file = tmp_path / "study.toml"
        file.write_text(text + (IMPROVISED if script is None else SCRIPTED) + cast, encoding="utf-8")
        return Simulation.from_file(file, settings=settings).run_sync(tmp_path / f"run-{next(runs)}", start=start)

    return run


@pytest.fixture
def refused(tmp_path, capsys):
    """What the command says of a study that it does not run."""

    def command(text, people=("Ann", "Bob")):
        cast = "".join(f'[[agents]]\npersona = {{ name = "{name}" }}\n' for name in people)
        file = tmp_path / "study.toml"
        file.write_text(text + IMPROVISED + cast, encoding="utf-8")
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main(["run", str(file), "--out", str(tmp_path / "run")])
        assert ended.value.code == 2
        assert not (tmp_path / "run").exists()
        return capsys.readouterr().err.replace(f"{tmp_path}/", "")

    return command
