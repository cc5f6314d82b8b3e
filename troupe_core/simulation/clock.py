"""The simulation's clock: from step to simulated time."""

from datetime import datetime

from attrs import frozen

from troupe_core.config.settings import SimulationSettings

__all__ = ["Clock"]


@frozen
class Clock:
    """Steps as simulated time."""

    settings: SimulationSettings

    def at(self, step: int) -> datetime:
        """The time of a step."""
        return self.settings.start + step * self.settings.step
