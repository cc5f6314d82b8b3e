"""Who decides where a schema leaves a choice."""

from random import Random
from typing import Protocol

from attrs import frozen

__all__ = ["Chooser", "Drawn", "Place"]

Place = tuple[str, ...]
"""The names of the properties on the way to a value, outermost first."""


class Chooser(Protocol):
    """Decides what a schema leaves open."""

    def index(self, size: int) -> int:
        """One of `size` possibilities, from 0."""

    def whole(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""

    def real(self, low: float, high: float) -> float:
        """A number from `low` to `high`."""

    def chance(self, probability: float) -> bool:
        """Whether something happens that need not."""

    def text(self, place: Place, most: int | None) -> str:
        """Words for the text at this place, at most `most` characters if it can be said so shortly."""


@frozen
class Drawn:
    """Decides by lot; its words are a few letters."""

    random: Random

    def index(self, size: int) -> int:
        """Each as likely as the others."""
        return self.random.randrange(size)

    def whole(self, low: int, high: int) -> int:
        """Each as likely as the others."""
        return self.random.randint(low, high)

    def real(self, low: float, high: float) -> float:
        """From all over the range."""
        return low + (high - low) * self.random.random()

    def chance(self, probability: float) -> bool:
        """As often as `probability` says."""
        return self.random.random() < probability

    def text(self, place: Place, most: int | None) -> str:
        """The name of the place: ``title 7``."""
        return f"{place[-1] if place else 'text'} {self.random.randrange(100)}".replace("_", " ")
