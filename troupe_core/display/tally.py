"""How far a run is, and what it has cost so far."""

import time

from attrs import define, field

from troupe_core.journal.figures import money
from troupe_core.values.observed import ModelCallFinished, StepFinished

__all__ = ["Tally"]


@define
class Tally:
    """Counts what observers are told."""

    steps: int
    """How many there will be."""
    lived: int = 0
    calls: int = 0
    dollars: float = 0.0
    _began: float = field(factory=time.monotonic)

    def called(self, finished: ModelCallFinished) -> None:
        """One more call to a model."""
        self.calls += 1
        self.dollars += finished.response.usage.dollars if finished.response is not None else 0.0

    def stepped(self, finished: StepFinished) -> None:
        """One more step is over."""
        self.lived = finished.step + 1

    @property
    def cost(self) -> str:
        """Dollars, as text."""
        return money(self.dollars)

    @property
    def elapsed(self) -> float:
        """Seconds since it began."""
        return time.monotonic() - self._began
