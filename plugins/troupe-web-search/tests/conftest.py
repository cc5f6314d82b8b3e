# mypy: allow-untyped-defs, allow-incomplete-defs, allow-untyped-calls
"""What the tests share: a server, a folder of documents, each provider with the same documents, and studies."""

import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as property_settings
from the_command import troupe

from troupe_core import Simulation

sys.path.insert(0, str(Path(__file__).parent))

from web_servers import DOCUMENTS, WebServer

__all__ = ["corpus", "folder", "live", "play", "provider", "searxng", "study", "troupe", "web"]

property_settings.register_profile("troupe", deadline=None, suppress_health_check=[HealthCheck.too_slow])
property_settings.load_profile("troupe")


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch):
    """No proxy from whoever runs the tests."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "DDGS_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def web():
    """A server of our own on loopback."""
    with WebServer() as server:
        yield server


@pytest.fixture
def folder(tmp_path):
    """The three documents in a folder."""
    there = tmp_path / "documents"
    there.mkdir()
    for name, (title, text) in DOCUMENTS.items():
        (there / f"{name}.md").write_text(f"# {title}\n\n{text}\n", encoding="utf-8")
    return there


@pytest.fixture
def corpus(folder):
    """Settings for the folder."""
    return {"provider": "corpus", "folder": folder}


@pytest.fixture
def searxng(web):
    """Settings for a SearXNG."""
    return {"provider": "searxng", "base_url": web.address, "timeout": 10.0}


@pytest.fixture
def live(web, monkeypatch):
    """Settings for the live web, whose only engine is our server."""
    engine = pytest.importorskip("ddgs.engines.duckduckgo").Duckduckgo
    monkeypatch.setattr(engine, "search_url", f"{web.address}/html/")
    monkeypatch.setattr("ddgs.ddgs.ENGINES", {"text": {"duckduckgo": engine}})
    return {"provider": "ddgs", "timeout": 10.0}


@pytest.fixture(params=["corpus", "searxng", "live"])
def provider(request):
    """Settings for each provider in turn."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def study(tmp_path, folder):
    """Writes a study of Ann, who holds the tool and does one thing in each step."""

    def write(*actions, tool='folder = "documents"'):
        entries = [f"[[entries]]\nstep = {step}\nactions = [{each}]" for step, each in enumerate(actions)]
        (tmp_path / "script.toml").write_text("\n".join([*entries, '[[entries]]\nactions = [{ action = "wait" }]']))
        file = tmp_path / "study.toml"
        text = f"""
[simulation]
steps = {len(actions) + 1}
[llm]
use = "mock"
mode = "scripted"
script = "script.toml"
[tools.web]
use = "web-search"
{tool}
[[agents]]
persona = {{ name = "Ann", age = 41 }}
tools = ["web"]
"""
        file.write_text(text, encoding="utf-8")
        return file

    return write


@pytest.fixture
def play(study, tmp_path):
    """Runs such a study; returns the run."""
    runs = iter(range(100))

    def run(*actions, **more):
        return Simulation.from_file(study(*actions, **more)).run_sync(tmp_path / f"run-{next(runs)}")

    return run
