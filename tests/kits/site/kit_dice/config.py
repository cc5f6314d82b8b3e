"""What can be set of the dice."""

from attrs import field, frozen, validators


@frozen
class DiceConfig:
    """Settings of the tool `kit-dice`."""

    sides: int = field(default=6, validator=validators.ge(2))
    """How many faces the dice has."""
