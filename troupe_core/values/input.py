"""What a run cannot derive: model answers and final failures, what tools read, what came of effects."""

from collections.abc import Mapping
from typing import Any

from attrs import frozen

from troupe_core.values.ids import Rank

__all__ = ["Input"]


@frozen(kw_only=True)
class Input:
    """One thing that came from outside, known again by its place and by the hash of what was asked."""

    step: int
    rank: Rank
    purpose: str
    """``turn``, ``repair``, ``read:tools.search``, ``intent``, ``result``, …"""
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
