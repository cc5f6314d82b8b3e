"""What an agent keeps, how it is looked for, and what is found."""

from datetime import datetime

from attrs import frozen

from troupe_core.values.ids import AgentId

__all__ = ["Cue", "Hit", "Marks", "Memory"]


@frozen(kw_only=True)
class Memory:
    """One thing an agent keeps."""

    id: str
    """Given by the core; the same memory has the same id in every run of the same study."""
    text: str
    kind: str
    """``talk``, ``event``, ``said``, ``thought``, ``did``, … : where it came from."""
    step: int
    at: datetime
    """Simulated time."""
    source: AgentId | None = None
    """Whom it came from; None for the world, the agent's own id for its own deeds."""
    importance: float = 0.5
    """From 0 (nothing) to 1 (everything)."""
    vector: tuple[float, ...] | None = None
    """Its embedding, where the run has an embedder: unit length."""


@frozen(kw_only=True)
class Cue:
    """What an agent looks for in its memory."""

    text: str
    """What is on its mind: the percepts of this turn."""
    count: int
    """How many memories it can use at most."""
    now: datetime
    """Simulated time."""
    exclude: frozenset[str] = frozenset()
    """Ids it does not want, because it has them in mind already."""
    vector: tuple[float, ...] | None = None
    """Its embedding as a query; None where the run has no embedder, where that broke down, or where nothing is on its
    mind. Then a backend that searches by vectors gives the newest."""


@frozen
class Hit:
    """A memory that was found, and how well it fits: higher is better, ties are broken by id."""

    memory: Memory
    score: float


@frozen(kw_only=True)
class Marks:
    """What changes about a memory while it is kept; None leaves a mark as it is."""

    strength: float | None = None
    """From 0 (about to be forgotten) to 1."""
    recalled: datetime | None = None
    """When it was last recalled, in simulated time."""
    tier: str | None = None
    """Which shelf of a layered memory it lies on."""
