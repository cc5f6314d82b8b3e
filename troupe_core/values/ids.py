"""Names of things inside one run, all derived: none is drawn at random or read off a clock.

An event's id is ``step.rank.ordinal``. It is unique in its run, sorts as the run went, and can be cited.
"""

from typing import NewType, TypeAlias

__all__ = ["WORLD", "AgentId", "EventId", "Rank", "Stamp", "event_id"]

AgentId = NewType("AgentId", str)
"""An agent's name: unique in a run."""

EventId = NewType("EventId", str)
"""``"3.2.5"``: the sixth event of the agent of rank 2 in step 3."""

Rank = NewType("Rank", int)
"""An agent's place in the order of the study file, from 0."""

Stamp: TypeAlias = tuple[int, int, int, int]
"""When something was journalled: step, group, rank, ordinal. Stamps compare as the run went."""

WORLD = Rank(-1)
"""The rank of what is nobody's in particular: comes before everybody."""


def event_id(step: int, rank: Rank, ordinal: int) -> EventId:
    """The id of the event at this stamp; the world's own events have ``w`` for a rank."""
    return EventId(f"{step}.{'w' if rank == WORLD else rank}.{ordinal}")
