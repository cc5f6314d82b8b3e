"""Toys of the kinds that no plugin of ours has yet keep what those promise."""

from contextlib import contextmanager

import pytest

from troupe_core.testing import EmbedderConformance, ExecutorConformance, FacultyConformance, PersonaSourceConformance


@pytest.fixture(autouse=True)
def _installed(toys):
    """The toys are there before a kit looks for them."""


class TestMood(FacultyConformance):
    component = "mood"
    calls = (("sigh", {}),)
    answers = ({"mood": "cross"}, {"mood": "calm"}, {})


class TestNumbered(PersonaSourceConformance):
    component = "numbered"


class TestLetters(EmbedderConformance):
    component = "letters"


class TestLossy(ExecutorConformance):
    """Every other piece of work is lost: of the first of two, the kit is told, and does it again."""

    component = "lossy"

    @contextmanager
    def losing(self):
        yield

    def opened(self, context=None):
        return _Patient(super().opened(context), self.sentence)


class _Patient:
    """Runs work again that a worker lost, as the core does; but not where it is tried that this is told."""

    def __init__(self, opened, sentence):
        self._opened = opened
        self._core = "WorkerLost" not in sentence

    async def __aenter__(self):
        part = await self._opened.__aenter__()
        if self._core:
            run = part.run

            async def again(work):
                from troupe_core.plugin import WorkerLost

                try:
                    return await run(work)
                except WorkerLost:
                    return await run(work)

            part.run = again
        return part

    async def __aexit__(self, *fault):
        await self._opened.__aexit__(*fault)
