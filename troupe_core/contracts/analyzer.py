"""A reader of runs."""

from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from troupe_core.contracts.part import Part
from troupe_core.values.event import Event, EventKind
from troupe_core.values.findings import Findings
from troupe_core.values.ids import AgentId
from troupe_core.values.json import JSONObject
from troupe_core.values.persona import Persona

__all__ = ["Analyzer", "RunReader"]


class RunReader(Protocol):
    """A run on disk, to read."""

    @property
    def folder(self) -> Path: ...
    @property
    def config(self) -> JSONObject:
        """The study as it was resolved."""

    @property
    def personas(self) -> Mapping[AgentId, Persona]:
        """Everybody who ever was in it, in order of rank."""

    def events(self, *, kind: EventKind | None = None, agent: str | None = None) -> Iterator[Event]:
        """The journal in its logical order."""


class Analyzer(Part):
    """Reads runs and says what it found. Never changes them."""

    @abstractmethod
    async def analyze(self, runs: Sequence[RunReader]) -> Findings:
        """One run, or the arms and branches of one study."""
