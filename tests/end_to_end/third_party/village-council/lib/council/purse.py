"""The purse."""

from typing import ClassVar, Literal

from council.settings import PurseSettings
from troupe_core.plugin import Refusal, Tool, Turn, action


class Purse(Tool):
    """Never changes: it only answers questions."""

    reach: ClassVar[Literal["self", "holders", "everyone"]] = "self"

    def __init__(self, settings: PurseSettings) -> None:
        self.crowns = settings.crowns

    @action(effect="read")
    def reckon(self, turn: Turn, cost: int) -> str:
        """Reckon whether the village can pay for something.

        Args:
            cost: what it costs, in crowns
        """
        if cost < 0:
            raise Refusal("Nobody pays you for it.")
        left = self.crowns - cost
        return f"That leaves {left} crowns." if left >= 0 else f"That is {-left} crowns too much."
