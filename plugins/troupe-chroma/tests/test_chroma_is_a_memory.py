# mypy: allow-untyped-defs, allow-incomplete-defs, allow-untyped-calls
"""The memory `chroma` keeps what all memory backends promise, in a folder and on a server, with few and with many."""

import pytest
from memory.shared_memory_tests import MemoryTests
from troupe_chroma.config import Config
from troupe_chroma.memory import ChromaMemory


class TestInAFolder(MemoryTests):
    durable = True

    def backend(self):
        return ChromaMemory(Config())


class TestWhereTheIndexChooses(MemoryTests):
    """As if there were more memories than are all compared."""

    durable = True

    def backend(self):
        return ChromaMemory(Config(exact_up_to=0))


class TestOnAServer(MemoryTests):
    durable = True
    port = 0

    @pytest.fixture(autouse=True)
    def _server(self, chroma_server):
        type(self).port = chroma_server

    def backend(self):
        return ChromaMemory(Config(host="127.0.0.1", port=self.port))
