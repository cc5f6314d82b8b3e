"""Who acts when within a step."""

from collections.abc import Collection, Sequence

from troupe_core.agent.live_agent import LiveAgent
from troupe_core.values.ids import AgentId

__all__ = ["groups"]


def groups(
    order: str, present: Sequence[LiveAgent], told: Sequence[Collection[AgentId]] | None
) -> list[tuple[int, list[LiveAgent]]]:
    """The numbered groups of a step; members of a group act at once, each group sees what those before it did.

    `told` is what the environment says (`Environment.turns`); without it the study's `order` counts. Members stand
    in order of rank. Names that are not present are passed over, and nobody acts twice in a step.
    """
    if told is None:
        if order == "sequential":
            return [(agent.rank, [agent]) for agent in present]
        return [(0, list(present))] if present else []
    left = {agent.id: agent for agent in present}
    numbered = []
    for number, names in enumerate(told):
        members = [left.pop(name) for name in sorted(set(names)) if name in left]
        if members:
            numbered.append((number, sorted(members, key=lambda agent: agent.rank)))
    return numbered
