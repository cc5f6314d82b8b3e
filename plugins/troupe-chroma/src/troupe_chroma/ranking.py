"""Which memories are the nearest: the same on every machine, whatever order they came in."""

from collections.abc import Sequence
from itertools import groupby
from math import fsum

from attrs import frozen

from troupe_core.plugin import Hit, Memory

__all__ = ["Near", "candidates", "ranked", "settled"]

_UNSURE = 1e-4
"""Chroma's distances differ by less than this from machine to machine."""


@frozen
class Near:
    """A memory that is near, by Chroma's reckoning."""

    distance: float
    id: str


def settled(near: Sequence[Near], count: int) -> bool:
    """Whether nothing beyond these, nearest first, can be among the first `count`."""
    return len(near) > count and near[-1].distance > near[count - 1].distance + _UNSURE


def candidates(near: Sequence[Near], count: int) -> Sequence[str]:
    """The ids of all that may be among the first `count`. Of those with the same vector, that many are enough."""
    ordered = sorted(near, key=lambda each: (each.distance, each.id))
    farthest = ordered[min(count, len(ordered)) - 1].distance + _UNSURE
    close = [each for each in ordered if each.distance <= farthest]
    return [each.id for _, alike in groupby(close, lambda each: each.distance) for each in list(alike)[:count]]


def ranked(memories: Sequence[Memory], vector: Sequence[float], count: int) -> Sequence[Hit]:
    """The first `count` by the cosine of the angle, exactly rounded, and by id."""
    hits = [Hit(memory, _cosine(vector, memory.vector or ())) for memory in memories]
    return sorted(hits, key=lambda hit: (-hit.score, hit.memory.id))[:count]


def _cosine(one: Sequence[float], other: Sequence[float]) -> float:
    """Of unit vectors."""
    return fsum(a * b for a, b in zip(one, other, strict=True))
