"""Percept → cue → memories: what comes to an agent's mind."""

from collections.abc import Sequence

from attrs import evolve

from troupe_core.agent.agent import Agent
from troupe_core.contracts.embedder import Embedder
from troupe_core.contracts.turn import Turn
from troupe_core.values.memory import Cue, Hit, Memory

__all__ = ["recall"]

_LONGEST_CUE = 2000
"""In characters."""


async def recall(agent: Agent, turn: Turn, fresh: Sequence[Memory], embedder: Embedder | None) -> Sequence[Hit]:
    """The memories that fit what the agent just perceived (`fresh`, which are not among them), best first."""
    if not agent.limits.recall:
        return ()
    cue = Cue(
        text="\n".join(memory.text for memory in fresh)[-_LONGEST_CUE:],
        count=agent.limits.recall,
        now=turn.now,
        exclude=frozenset(memory.id for memory in fresh),
    )
    for _, faculty in agent.faculties:
        cue = faculty.cue(turn, cue)
    if embedder is not None and cue.vector is None and cue.text:
        vectors = await embedder.embed([cue.text], "query")
        cue = evolve(cue, vector=next(vectors.rows()))
    return (await agent.memory.search(agent.id, cue))[: cue.count]
