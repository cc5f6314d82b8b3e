"""The dice."""

from kit_dice.config import DiceConfig
from troupe_core.plugin import Tool, action


class Dice(Tool):
    """A dice, thrown by whoever holds it."""

    def __init__(self, config: DiceConfig) -> None:
        self.sides = config.sides

    @action(effect="internal")
    def throw(self, turn):
        """Throw the dice."""
        return f"You threw a {turn.random('dice').randint(1, self.sides)}."


class HeavyDice(Dice):
    """The same with six sides."""

    def __init__(self) -> None:
        super().__init__(DiceConfig())
