"""What the tests of the command line share."""

import pytest


@pytest.fixture(autouse=True)
def on_the_path(monkeypatch):
    """The reader types ``troupe``, as everywhere but in an environment of tox; all plugins are allowed."""
    monkeypatch.delenv("TOX_ENV_DIR", raising=False)
    monkeypatch.delenv("TROUPE_PLUGINS", raising=False)
