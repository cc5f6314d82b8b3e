"""Something agents can use."""

from typing import ClassVar, Literal

from troupe_core.contracts.action_provider import ActionProvider

__all__ = ["Tool"]


class Tool(ActionProvider):
    """Something agents can use: a post office, a search, a notebook."""

    reach: ClassVar[Literal["self", "holders", "everyone"]] = "everyone"
    """Whom its state can carry something to: only whoever uses it, all who hold it, or anybody."""
