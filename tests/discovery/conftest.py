"""A place to install plugins into."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from installing import Site, new_site


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """An empty folder of installed packages, on the path."""
    yield from new_site(tmp_path / "site", monkeypatch)
