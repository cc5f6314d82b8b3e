from attrs import field, frozen
from attrs.validators import ge, min_len


@frozen(kw_only=True)
class MeetingSettings:
    """Of the environment `council`."""

    motions: tuple[str, ...] = field(validator=min_len(1))
    """What is to be decided, in this order."""


@frozen(kw_only=True)
class PurseSettings:
    """Of the tool `purse`."""

    crowns: int = field(default=1000, validator=ge(0))
    """What is in it."""
