"""The least of everything: for answers that must only be valid."""

from troupe_mock_llm.schema.chooser import Place

__all__ = ["Least"]


class Least:
    """Decides for the first, the smallest and the shortest."""

    def index(self, size: int) -> int:
        """The first."""
        return 0

    def whole(self, low: int, high: int) -> int:
        """The smallest."""
        return low

    def real(self, low: float, high: float) -> float:
        """The smallest."""
        return low

    def chance(self, probability: float) -> bool:
        """Never."""
        return False

    def text(self, place: Place, most: int | None) -> str:
        """Everybody, where somebody is to be named; else one word."""
        return "all" if place and place[-1] == "to" else "Hello."
