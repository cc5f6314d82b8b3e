"""Which memories are the nearest: the same on every machine, whatever order they came in."""

from collections.abc import Sequence
from itertools import groupby, islice
from math import fsum
from operator import itemgetter, mul
from typing import TypeAlias

from troupe_core.plugin import Hit, Memory

__all__ = ["Near", "candidates", "ranked", "settled"]

Near: TypeAlias = tuple[float, str]
"""How far a memory is by Chroma's reckoning, and its id; plain, since there are thousands in a turn."""

_UNSURE = 1e-4
"""Chroma's distances differ by less than this from machine to machine."""


def settled(near: Sequence[Near], count: int) -> bool:
    """Whether nothing beyond these, nearest first, can be among the first `count`."""
    return len(near) > count and near[-1][0] > near[count - 1][0] + _UNSURE


def candidates(near: Sequence[Near], count: int) -> Sequence[str]:
    """The ids of all that may be among the first `count`. Of those with the same vector, that many are enough."""
    ordered = sorted(near)
    farthest = ordered[min(count, len(ordered)) - 1][0] + _UNSURE
    close = (each for each in ordered if each[0] <= farthest)
    return [id_ for _, alike in groupby(close, itemgetter(0)) for _, id_ in islice(alike, count)]


def ranked(memories: Sequence[Memory], vector: Sequence[float], count: int) -> Sequence[Hit]:
    """The first `count` by the cosine of the angle, exactly rounded, and by id."""
    hits = [Hit(memory, fsum(map(mul, vector, memory.vector or ()))) for memory in memories]
    return sorted(hits, key=lambda hit: (-hit.score, hit.memory.id))[:count]
