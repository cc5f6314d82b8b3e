"""The world as one turn may see it."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from random import Random
from typing import Protocol, TypeVar

from troupe_core.values.ids import AgentId
from troupe_core.values.json import JSON
from troupe_core.values.stimulus import Stimulus

__all__ = ["Frontier", "View"]

T = TypeVar("T")


class View(Protocol):
    """The world as one turn may see it. Keys and values are the environment's own; it keeps no other state."""

    @property
    def step(self) -> int: ...
    @property
    def now(self) -> datetime:
        """Simulated time of this step."""

    @property
    def since(self) -> datetime:
        """Simulated time of the step before."""

    @property
    def present(self) -> Sequence[AgentId]:
        """Everybody who is there, in order of rank."""

    def is_new(self, stimulus: Stimulus) -> bool:
        """Whether it was emitted since the agent that observes last looked; true for what was never emitted."""

    def random(self, *key: str | int) -> Random:
        """A stream of random numbers for each key: the same whenever it is asked for in this step."""

    def get(self, key: str) -> JSON:
        """The value, or None."""

    def scan(self, prefix: str) -> Iterable[tuple[str, JSON]]:
        """All keys that begin so, sorted, with their values."""

    def set(self, key: str, value: JSON) -> None:
        """Write. Only `VersionedEnvironment.apply` may; raises `TypeError` in `observe`."""

    def shared(self, name: str, make: Callable[[], T]) -> T:
        """Computed once for all who observe at the same time; what it returns is never changed."""


class Frontier(Protocol):
    """How far each agent has come, and the world as committed so far. Provisional: nothing runs ahead yet."""

    def committed(self) -> Iterable[tuple[str, int]]:
        """Each agent with the last step that it has committed."""

    def get(self, key: str) -> JSON:
        """The newest value that is committed, or None."""
