"""What can be set of the toys."""

from collections.abc import Mapping
from typing import Literal

from attrs import field, frozen, validators

from troupe_core.plugin import JSON


@frozen(kw_only=True)
class QueueConfig:
    """Settings of the world ``queue``."""

    until: int = field(default=3, validator=validators.ge(1))
    """After how many steps it is over."""

    newcomer: bool = True
    """Whether somebody joins."""

    guard: str | None = None
    """Who has to be there."""

    ghost: bool = False
    """Whether somebody tries to join whom no journal can hold."""


@frozen(kw_only=True)
class RuinConfig:
    """Settings of the world ``ruin``."""

    breaks: Literal["observe", "scene", "settle", "short", "advance", "turns", "finished", "act", "offer"] = "observe"
    """Which of its methods breaks down."""


@frozen(kw_only=True)
class SlipConfig:
    """Settings of toys that break their promises."""

    method: str = ""
    """In which of its methods."""

    breaks: bool = False
    """Whether it raises; else it returns rubbish."""


@frozen(kw_only=True)
class AskingConfig:
    """Settings of the world ``asking``."""

    where: Literal["advance", "act", "nowhere"] = "nowhere"
    """In which of its methods it asks."""


@frozen(kw_only=True)
class BorrowerConfig:
    """Settings of the tool ``borrower``."""

    kind: str = "tool"
    """Of which kind the part is that it builds."""

    of: Mapping[str, JSON] = field(factory=lambda: {"use": "counter"})
    """That part's table."""


@frozen(kw_only=True)
class BusyConfig:
    """Settings of a provider that turns people away."""

    times: int = 1
    """How many calls of each person it turns away."""

    retry_after: float | None = None
    """In seconds, what it says when to come again."""

    from_step: int = 0
    """Before that it answers everybody."""

    images: bool = False
    """Whether it takes pictures."""
