"""What a world is told before its first step."""

from attrs import frozen

from troupe_core.values.ids import AgentId

__all__ = ["Opening"]


@frozen(kw_only=True)
class Opening:
    """Who is there when a run begins, and how long it may last."""

    people: tuple[AgentId, ...]
    """Everybody who takes part from the start, in order of rank."""
    steps: int
    """How many steps the study has at most."""
