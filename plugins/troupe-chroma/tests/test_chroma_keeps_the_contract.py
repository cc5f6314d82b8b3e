# mypy: allow-untyped-defs, allow-incomplete-defs, allow-untyped-calls
"""The memory `chroma` keeps what all memory backends promise, in a folder and on a server, with few and with many."""

import pytest

from troupe_core.testing import MemoryBackendConformance


class TestInAFolder(MemoryBackendConformance):
    component = "chroma"
    durable = True


class TestWhereTheIndexChooses(MemoryBackendConformance):
    """As if there were more memories than are all compared."""

    component = "chroma"
    config = {"exact_up_to": 0}  # noqa: RUF012
    durable = True
    effort = 0.5


class TestOnAServer(MemoryBackendConformance):
    component = "chroma"
    durable = True
    effort = 0.5
    port = 0

    @pytest.fixture(autouse=True)
    def _server(self, chroma_server):
        type(self).port = chroma_server

    def table(self):
        return {"host": "127.0.0.1", "port": self.port}
