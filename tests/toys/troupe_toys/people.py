"""A toy population, and toy analyzers."""

from collections.abc import AsyncIterator, Sequence
from random import Random

from troupe_core.plugin import Analyzer, Findings, Persona, PersonaSource, RunReader, Table


class Numbered(PersonaSource):
    """People who are called by their numbers."""

    async def personas(self, count: int, random: Random) -> AsyncIterator[Persona]:
        for number in range(count):
            yield Persona(name=f"Person {number}", age=random.randint(18, 80))


class Headcount(Analyzer):
    """How many there are."""

    async def analyze(self, runs: Sequence[RunReader]) -> Findings:
        rows = tuple((str(run.folder.name), len(run.personas)) for run in runs)
        return Findings(title="Headcount", tables=(Table(title="Heads", columns=("run", "heads"), rows=rows),))


class Sulking(Analyzer):
    """Does not want to."""

    async def analyze(self, runs: Sequence[RunReader]) -> Findings:
        raise RuntimeError("not today")
