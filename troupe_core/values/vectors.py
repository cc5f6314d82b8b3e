"""Embeddings, without any library for numbers."""

from array import array
from collections.abc import Iterator, Sequence

from attrs import field, frozen

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

    def rows(self) -> Iterator[tuple[float, ...]]:
        """Each vector, in order."""
        for start in range(0, len(self.data), self.dimensions):
            yield tuple(self.data[start : start + self.dimensions])
