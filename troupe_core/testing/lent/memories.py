"""Memories and cues for tests of memory backends, with vectors as the core gives them."""

from collections.abc import Iterable, Sequence
from typing import Any

from troupe_core.testing.lent.trial_turn import time_of
from troupe_core.testing.lent.words_embedder import vector_of_words
from troupe_core.values.ids import AgentId
from troupe_core.values.memory import Cue, Hit, Memory

__all__ = ["ANN", "BOB", "TEXTS", "cue", "ids_of", "memory", "scores_of"]

ANN, BOB = AgentId("Ann"), AgentId("Bob")

TEXTS = (
    "",
    "it rains",
    "it rains, it pours",
    "Good morning!",
    "早上好",
    "🦊 at the\ndoor",
    'she said "no"',
    "x" * 5000,
)
"""What people remember: nothing, words in common, other scripts, signs that a database could take amiss."""


def memory(id_: str, text: str = "it rains", *, step: int = 0, **more: Any) -> Memory:
    """A memory with the vector of its words."""
    return Memory(id=id_, text=text, kind="talk", step=step, at=time_of(step), vector=vector_of_words(text), **more)


def cue(text: str, count: int = 5, exclude: Iterable[str] = ()) -> Cue:
    """What an agent looks for; without a text nothing is on its mind, and there is no vector."""
    vector = vector_of_words(text) if text else None
    return Cue(text=text, count=count, now=time_of(0), exclude=frozenset(exclude), vector=vector)


async def ids_of(backend: Any, agent: AgentId) -> list[str]:
    """Every id, as the backend gives them."""
    return [each async for each in backend.ids(agent)]


def scores_of(hits: Sequence[Hit]) -> list[tuple[str, float]]:
    """Ids and scores."""
    return [(hit.memory.id, hit.score) for hit in hits]
