"""What a run cannot derive: model answers and final failures, vectors, readings, effects."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeAlias

from attrs import define, field, frozen

from troupe_core.values.ids import Rank

__all__ = ["Commit", "Input", "Ordinals"]


@frozen(kw_only=True)
class Input:
    """One thing that came from outside, known again by its place and by the hash of what was asked."""

    step: int
    rank: Rank
    purpose: str
    """``turn``, ``repair``, ``embed:query``, ``perceive:modalities.vision``, ``read:tools.search``,
    ``intent``, ``result``, …"""
    ordinal: int
    """Counts the inputs of one purpose within a turn, from 0."""
    attempt: int = 0
    """Counts what was asked again for the same thing: repairs."""
    request: str
    """Content hash of what was asked."""
    payload: Mapping[str, Any]
    """What came back: ``{"answer": …}`` or ``{"failure": …}``."""
    seconds: float = 0.0
    """How long it took, in wall time; outside the digest."""


Commit: TypeAlias = Callable[[Input], Awaitable[None]]
"""Returns when the input is written: only then may anything follow from it."""


@define(eq=False)
class Ordinals:
    """Counts the inputs of a step: those of one rank and one purpose from 0."""

    _step: int = field(default=-1, init=False)
    _last: dict[tuple[Rank, str], int] = field(factory=dict, init=False)

    def next(self, step: int, rank: Rank, purpose: str) -> int:
        """The ordinal of the next input of this purpose."""
        if step != self._step:
            self._step = step
            self._last.clear()
        self._last[rank, purpose] = ordinal = self._last.get((rank, purpose), -1) + 1
        return ordinal
