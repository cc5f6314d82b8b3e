"""Embeddings, without any library for numbers."""

import sys
from array import array
from base64 import b64decode, b64encode
from collections.abc import Iterator, Sequence
from typing import Any

from attrs import field, frozen

from troupe_core.values.json import JSONObject

__all__ = ["Vectors"]


@frozen
class Vectors:
    """`count` unit vectors of `dimensions` float32 each, row after row.

    `data` has the buffer protocol: ``numpy.frombuffer(v.data, "f4").reshape(v.count, v.dimensions)`` copies nothing.
    """

    data: "array[float]" = field(eq=False)
    dimensions: int

    @classmethod
    def of(cls, rows: Sequence[Sequence[float]], dimensions: int) -> "Vectors":
        """From rows of numbers. Raises `ValueError` where a row has another length than `dimensions`."""
        data = array("f")
        for row in rows:
            if len(row) != dimensions:
                raise ValueError(f"a vector has {len(row)} numbers, expected {dimensions}")
            data.extend(row)
        return cls(data, dimensions)

    @property
    def count(self) -> int:
        """How many vectors there are."""
        return len(self.data) // self.dimensions

    def to_json(self) -> JSONObject:
        """For the journal: the numbers as base64 of little-endian float32 (RFC 4648; IEEE 754)."""
        return {"dimensions": self.dimensions, "float32": b64encode(_little_endian(self.data).tobytes()).decode()}

    @classmethod
    def from_json(cls, kept: Any) -> "Vectors":
        """From what `to_json` returned, bit for bit."""
        data = array("f", b64decode(kept["float32"]))
        return cls(_little_endian(data), kept["dimensions"])

    def rows(self) -> Iterator[tuple[float, ...]]:
        """Each vector, in order."""
        for start in range(0, len(self.data), self.dimensions):
            yield tuple(self.data[start : start + self.dimensions])


def _little_endian(data: "array[float]") -> "array[float]":
    """From this machine's order of bytes, or back to it."""
    if sys.byteorder == "little":
        return data
    swapped = data[:]
    swapped.byteswap()
    return swapped
