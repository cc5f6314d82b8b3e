"""The world as one agent's turn may see it: `View`, for worlds with a barrier at each step."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from random import Random
from typing import Any, TypeVar

from attrs import define, field

from troupe_core.values.ids import AgentId
from troupe_core.values.json import JSON
from troupe_core.values.stimulus import Stimulus
from troupe_core.values.streams import stream

__all__ = ["Moment", "WorldView"]

T = TypeVar("T")


@define(eq=False)
class Moment:
    """What all views of one group of turns have in common."""

    step: int
    now: datetime
    since: datetime
    present: Sequence[AgentId]
    state: dict[str, JSON]
    """Of a `VersionedEnvironment`."""
    seed: int
    shared: dict[str, Any] = field(factory=dict)


@define(eq=False)
class WorldView:
    """One agent's view, or with `writable` that of the owner who settles a group."""

    moment: Moment
    last_look: tuple[int, int]
    writable: bool = False

    @property
    def step(self) -> int:
        return self.moment.step

    @property
    def now(self) -> datetime:
        return self.moment.now

    @property
    def since(self) -> datetime:
        return self.moment.since

    @property
    def present(self) -> Sequence[AgentId]:
        return self.moment.present

    def is_new(self, stimulus: Stimulus) -> bool:
        return stimulus.stamp is None or stimulus.stamp[:2] >= self.last_look

    def random(self, *key: str | int) -> Random:
        return stream(self.moment.seed, "world", self.step, *key)

    def get(self, key: str) -> JSON:
        return self.moment.state.get(key)

    def scan(self, prefix: str) -> Iterable[tuple[str, JSON]]:
        return [(key, value) for key, value in sorted(self.moment.state.items()) if key.startswith(prefix)]

    def set(self, key: str, value: JSON) -> None:
        if not self.writable:
            raise TypeError(f"observe only looks: it cannot set {key!r}; let an action's apply do it")
        self.moment.state[key] = value

    def shared(self, name: str, make: Callable[[], T]) -> T:
        if name not in self.moment.shared:
            self.moment.shared[name] = make()
        made: T = self.moment.shared[name]
        return made
