"""How an agent's faculties take part in a turn, up to its decision: one after the other, in the order of the study.

One that breaks down is named in the journal, and the turn goes on without its part in it.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from troupe_core.agent.live_agent import LiveAgent
from troupe_core.agent.remembering import plainly_kept
from troupe_core.contracts.faculty import Faculty
from troupe_core.contracts.promised import each_promised, promised
from troupe_core.contracts.turn import Turn
from troupe_core.errors import is_stop
from troupe_core.guard.untrusted import plain_text
from troupe_core.journal.defect import note_defect
from troupe_core.journal.notebook import Notebook
from troupe_core.values.canonical import canonical
from troupe_core.values.json import JSON
from troupe_core.values.memory import Cue, Memory
from troupe_core.values.percept import Percept

__all__ = ["asides", "asked_along", "encoded", "noticed", "sought"]

T = TypeVar("T")

_LONGEST_ASIDE = 2000
"""In characters."""


def noticed(agent: LiveAgent, turn: Turn, percepts: Sequence[Percept], notebook: Notebook) -> list[Percept]:
    """What of the percepts reaches the mind (`Faculty.attend`)."""

    def attend(faculty: Faculty, so_far: list[Percept]) -> list[Percept]:
        return each_promised(faculty.attend(turn, list(so_far)), Percept, "attend")

    return _in_turn(agent, notebook, list(percepts), attend)


def encoded(agent: LiveAgent, turn: Turn, memories: Sequence[Memory], notebook: Notebook) -> list[Memory]:
    """How they are kept (`Faculty.encode`)."""

    def encode(faculty: Faculty, so_far: Memory) -> Memory:
        kept = promised(faculty.encode(turn, so_far), Memory, "encode")
        return so_far if kept is so_far else plainly_kept(kept)

    return [_in_turn(agent, notebook, memory, encode) if agent.faculties else memory for memory in memories]


def sought(agent: LiveAgent, turn: Turn, cue: Cue, notebook: Notebook) -> Cue:
    """What is looked for in memory (`Faculty.cue`)."""

    def shape(faculty: Faculty, so_far: Cue) -> Cue:
        return promised(faculty.cue(turn, so_far), Cue, "cue")

    return _in_turn(agent, notebook, cue, shape)


def asides(agent: LiveAgent, turn: Turn, notebook: Notebook) -> Sequence[str]:
    """What the model is told besides (`Faculty.prompt`)."""

    def add(faculty: Faculty, so_far: tuple[str, ...]) -> tuple[str, ...]:
        aside = promised(faculty.prompt(turn), str | None, "prompt")
        return (*so_far, plain_text(aside, _LONGEST_ASIDE)) if aside else so_far

    return _in_turn(agent, notebook, tuple[str, ...](), add)


def asked_along(agent: LiveAgent, turn: Turn, notebook: Notebook) -> Mapping[str, JSON]:
    """The further fields of the one answer (`Faculty.asks`)."""

    def add(faculty: Faculty, so_far: dict[str, JSON]) -> dict[str, JSON]:
        asked: Mapping[str, JSON] = promised(faculty.asks(turn), Mapping, "asks")  # type: ignore[type-abstract]
        taken = [name for name in asked if name == "actions" or name in so_far]
        if taken:
            raise ValueError(f"asks for {taken[0]!r}, a field that the answer has already")
        canonical(asked)
        return {**so_far, **asked}

    return _in_turn(agent, notebook, dict[str, JSON](), add)


def _in_turn(agent: LiveAgent, notebook: Notebook, start: T, take_part: Callable[[Faculty, T], T]) -> T:
    so_far = start
    for place, faculty in agent.faculties:
        try:
            so_far = take_part(faculty, so_far)
        except BaseException as defect:
            if is_stop(defect):
                raise
            note_defect(notebook, place, faculty, defect)
    return so_far
