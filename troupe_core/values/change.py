"""What an environment or a tool can bring about between two steps."""

from datetime import datetime

from attrs import frozen

from troupe_core.values.ids import AgentId
from troupe_core.values.persona import Persona
from troupe_core.values.stimulus import Stimulus

__all__ = ["Arrival", "Change", "Delivery", "Departure", "Now"]


@frozen
class Now:
    """The simulation's clock: the step about to begin, and its simulated time."""

    step: int
    time: datetime


@frozen
class Delivery:
    """A stimulus reaches these agents in the step about to begin; None for all."""

    stimulus: Stimulus
    to: tuple[AgentId, ...] | None = None


@frozen
class Arrival:
    """Somebody joins, with the ways of `like`: the same model, memory and tools."""

    persona: Persona
    like: AgentId


@frozen
class Departure:
    """Somebody leaves for good."""

    agent: AgentId
    why: str


Change = Delivery | Arrival | Departure
"""What `ActionProvider.advance` returns."""
