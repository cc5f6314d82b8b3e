"""What was worked out before, as long as there is room for it."""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

__all__ = ["Bounded"]

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Bounded(Generic[K, V]):
    """Remembers up to `most` values; when it is full it forgets the oldest."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: dict[K, V] = {}

    def get(self, key: K, make: Callable[[], V]) -> V:
        """The value of this key, made where it is not known."""
        known = self._values.get(key)
        return known if known is not None else self.put(key, make())

    def put(self, key: K, value: V) -> V:
        """Remember it from now on."""
        if len(self._values) >= self._most:
            del self._values[next(iter(self._values))]
        self._values[key] = value
        return value
