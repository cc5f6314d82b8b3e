"""Percept → cue → memories: what comes to an agent's mind."""

from collections.abc import Sequence

from attrs import evolve

from troupe_core.agent.faculties import sought
from troupe_core.agent.live_agent import LiveAgent
from troupe_core.contracts.promised import each_promised, to_await
from troupe_core.contracts.turn import Turn
from troupe_core.errors import is_defect
from troupe_core.journal.defect import note_defect
from troupe_core.journal.notebook import Notebook
from troupe_core.memory.embedding import EmbeddingLine
from troupe_core.values.memory import Cue, Hit, Memory

__all__ = ["recall"]

_LONGEST_CUE = 2000
"""In characters."""


async def recall(
    agent: LiveAgent, turn: Turn, fresh: Sequence[Memory], embedding: EmbeddingLine | None, notebook: Notebook
) -> Sequence[Hit]:
    """The memories that fit what the agent just perceived (`fresh`, which are not among them), best first.

    A part that breaks down over it is named; then the agent remembers nothing, or without the part's help.
    """
    if not agent.limits.recall:
        return ()
    cue = Cue(
        text="\n".join(memory.text for memory in fresh)[-_LONGEST_CUE:],
        count=agent.limits.recall,
        now=turn.now,
        exclude=frozenset(memory.id for memory in fresh),
    )
    cue = sought(agent, turn, cue, notebook)
    if embedding is not None and cue.vector is None and cue.text:
        cue = await _with_vector(cue, embedding, agent, turn, notebook)
    try:
        return each_promised(await to_await(agent.memory.search(agent.id, cue), "search"), Hit, "search")[: cue.count]
    except BaseException as defect:
        if not is_defect(defect):
            raise
        note_defect(notebook, "memory", agent.memory, defect)
        return ()


async def _with_vector(cue: Cue, embedding: EmbeddingLine, agent: LiveAgent, turn: Turn, notebook: Notebook) -> Cue:
    try:
        (vector,) = await embedding.embed([cue.text], "query", step=turn.step, rank=agent.rank)
    except BaseException as defect:
        if not is_defect(defect):
            raise
        note_defect(notebook, "embedder", embedding.embedder, defect)
        return cue
    return evolve(cue, vector=vector)
