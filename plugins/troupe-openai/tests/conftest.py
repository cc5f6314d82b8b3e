# mypy: allow-untyped-defs, allow-incomplete-defs, allow-untyped-calls
"""What the tests share: a server that speaks chat completions, a real model as a process, studies, the command."""

import sys
from pathlib import Path

import pytest
from the_command import troupe

from troupe_core import Simulation

sys.path.insert(0, str(Path(__file__).parent))

from real_model import RealModel, missing
from speaking_server import SpeakingServer

__all__ = ["play", "real_model", "server", "study", "troupe"]

PEOPLE = """
[[agents]]
persona = { name = "Ann", age = 41 }
[[agents]]
persona = { name = "Bob", age = 37 }
"""


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch):
    """No key and no address from whoever runs the tests."""
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID", "AZURE_OPENAI_AD_TOKEN"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def server():
    """A server of our own on loopback."""
    with SpeakingServer() as speaking:
        yield speaking


@pytest.fixture
def study(tmp_path, server):
    """Writes a study of two people whose model is the server; keyword arguments are lines of [llm]."""

    def write(*, llm="", steps=1, seed=0, more="", base_url=None, people=PEOPLE):
        address = server.address if base_url is None else base_url
        at = f'base_url = "{address}"' if address else ""
        text = f"""
[simulation]
steps = {steps}
seed = {seed}
[execution]
patience = 0
[llm]
use = "openai"
model = "gpt-test"
{at}
{llm}
{more}
{people}
"""
        file = tmp_path / "study.toml"
        file.write_text(text, encoding="utf-8")
        return file

    return write


@pytest.fixture
def play(study, tmp_path):
    """Runs such a study; returns the run."""
    runs = iter(range(100))

    def run(**lines):
        return Simulation.from_file(study(**lines)).run_sync(tmp_path / f"run-{next(runs)}")

    return run


@pytest.fixture(scope="session")
def real_model():
    """A small real model behind a server of its own."""
    if why := missing():
        pytest.skip(f"{why}; tox run -e plugin-openai has them")
    with RealModel() as model:
        yield model
