"""What can be set of the builtin components."""

from attrs import field, frozen, validators

__all__ = ["RecentConfig", "RoomConfig", "TranscriptConfig"]


@frozen(kw_only=True)
class RecentConfig:
    """Settings of the memory ``recent``."""

    max_items: int = field(default=500, validator=validators.ge(1))
    """How many memories each agent keeps; the oldest go first."""


@frozen(kw_only=True)
class RoomConfig:
    """Settings of the environment ``room``."""

    place: str = "a room"
    """Where it is, as people would say it: ``"a bright meeting room"``."""
    topic: str | None = None
    """What people have come together for, in a few words."""


@frozen(kw_only=True)
class TranscriptConfig:
    """Settings of the analyzer ``transcript``."""

    thoughts: bool = False
    """Whether what people think is in it too."""
