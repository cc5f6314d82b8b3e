"""Kits that fail, for the words that their authors read."""

from typing import Literal

from kits.good_memory import GoodMemory
from kits.good_tool import GoodTool

from troupe_core.plugin import action
from troupe_core.testing import MemoryBackendConformance, ToolConformance

__all__ = ["TestForgetful", "TestNameless", "TestUnknown", "TestWithAnError"]


class Forgetful(GoodMemory):
    async def get(self, agent, ids):
        return []


class TestForgetful(MemoryBackendConformance):
    factory = Forgetful


class WithAnError(GoodTool):
    @action
    async def write(self, turn, text: str, color: Literal["red", "blue"]):
        """Write something on the board."""
        if len(text) > 7:
            raise KeyError(text)


class TestWithAnError(ToolConformance):
    factory = WithAnError


class TestUnknown(ToolConformance):
    component = "emall"


class TestNameless(ToolConformance):
    pass
