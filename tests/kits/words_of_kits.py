"""Kits that fail, for the words that their authors read."""

from typing import Literal

from kits.good_memory import GoodMemory
from kits.good_tool import GoodTool

from troupe_core.plugin import Environment, Modality, ModalityError, Percept, Persona, PersonaSource, Tool, action
from troupe_core.testing import (
    EnvironmentConformance,
    MemoryBackendConformance,
    ModalityConformance,
    PersonaSourceConformance,
    ToolConformance,
)

__all__ = [
    "TestEasilyPleased",
    "TestForgetful",
    "TestForgetsHowToRestore",
    "TestKnowsHowManyCome",
    "TestNameless",
    "TestTypeless",
    "TestUnkept",
    "TestUnknown",
    "TestWithAnError",
    "TestWordless",
]


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


class Wordless(Tool):
    @action
    async def write(self, turn, text: str):
        return "written"


class TestWordless(ToolConformance):
    factory = Wordless


class Typeless(Tool):
    @action
    async def write(self, turn, text):
        """Write something on the board."""


class TestTypeless(ToolConformance):
    factory = Typeless


class Unkept(Environment):
    """Knows how often somebody has rested, and keeps nothing of it."""

    def __init__(self):
        self.rests = 0

    def scene(self, view, agent):
        return f"Rests: {self.rests}."

    def observe(self, view, agent):
        return ()

    @action
    def rest(self, turn):
        """Rest for a while."""
        self.rests += 1
        return "You rest."


class TestUnkept(EnvironmentConformance):
    factory = Unkept


class ForgetsHowToRestore(Unkept):
    def snapshot(self, agent):
        return {"rests": self.rests} if agent is None else None

    def restore(self, agent, state):
        self.rests = state["rest"]


class TestForgetsHowToRestore(EnvironmentConformance):
    factory = ForgetsHowToRestore


class EasilyPleased(Modality):
    """Reads whatever is text."""

    accepts = ("text/plain",)

    async def open(self, context):
        self.context = context

    async def perceive(self, stimulus, perceiver):
        data = await self.context.get_blob(stimulus.media.ref)
        if not data.isascii() or not data:
            raise ModalityError("this is no text")
        return Percept(stimulus, data.decode())


class TestEasilyPleased(ModalityConformance):
    factory = EasilyPleased
    samples = ((b"Good day.", "text/plain"),)


class KnowsHowManyCome(PersonaSource):
    """Everybody is as old as there are people."""

    async def personas(self, count, random):
        for number in range(count):
            yield Persona(name=f"Number {number}", age=20 + count)


class TestKnowsHowManyCome(PersonaSourceConformance):
    factory = KnowsHowManyCome
