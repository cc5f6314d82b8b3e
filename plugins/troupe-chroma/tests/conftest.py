# mypy: allow-untyped-defs, allow-incomplete-defs, allow-untyped-calls
"""What the tests share: a real Chroma server."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from chroma_serving import free_port, serving


@pytest.fixture(scope="session")
def chroma_server(tmp_path_factory):
    """A server for all tests; its port."""
    port = free_port()
    with serving(tmp_path_factory.mktemp("chroma-server"), port):
        yield port
