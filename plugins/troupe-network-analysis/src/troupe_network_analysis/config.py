"""What can be set of the analyzer `network-analysis`."""

from typing import Any

from attrs import field, frozen, validators

__all__ = ["Config"]

_KINDS: Any = validators.deep_iterable(validators.min_len(1), validators.min_len(1))


@frozen(kw_only=True)
class Config:
    """Settings of the analyzer `network-analysis`."""

    kinds: tuple[str, ...] = field(default=("talk",), validator=_KINDS)
    """The kinds of stimuli that count as speaking: `talk`, and what tools call theirs, such as `mail`."""

    addressed_only: bool = False
    """Whether only what was said to somebody by name counts, and nothing that was said to all."""

    resolution: float = field(default=1.0, validator=validators.gt(0))
    """How fine the circles are: above 1 there are more and smaller ones, below 1 fewer and larger ones."""

    most_pairs: int = field(default=30, validator=validators.ge(1))
    """How many pairs the table of pairs has at most, those who speak most first."""

    most_drawn: int = field(default=30, validator=validators.ge(2))
    """How many people the figures show at most, those who take part most."""
