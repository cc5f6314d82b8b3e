"""What the tests of the command line share."""

import pytest

from troupe_core.discovery import plugins
from troupe_core.discovery.entry_points import installed_entry_points

MODELS = ("troupe-core", "troupe-mock-llm", "troupe-openai")


@pytest.fixture(autouse=True)
def on_the_path(monkeypatch):
    """The reader types ``troupe``, as everywhere but in an environment of tox; all plugins are allowed."""
    monkeypatch.delenv("TOX_ENV_DIR", raising=False)
    monkeypatch.delenv("TROUPE_PLUGINS", raising=False)


@pytest.fixture
def few_plugins(monkeypatch):
    """As if only the core and its models were installed, whatever else is: for what is told of what is not there."""
    known = tuple(entry for entry in installed_entry_points() if entry.distribution in MODELS)
    monkeypatch.setattr(plugins, "installed_entry_points", lambda: known)
