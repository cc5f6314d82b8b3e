"""What goes wrong inside a part, in the journal's words."""

from collections.abc import Iterable

from troupe_core.errors import words_of
from troupe_core.guard.untrusted import plain_text
from troupe_core.journal.notebook import Notebook
from troupe_core.values.ids import EventId

__all__ = ["note_defect", "problem_of"]

_LONGEST = 2000
"""In characters."""


def problem_of(defect: BaseException) -> str:
    """A defect in words that any journal can hold."""
    return plain_text(f"{type(defect).__name__}: {words_of(defect)}", _LONGEST)


def note_defect(
    notebook: Notebook, place: str, part: object, defect: BaseException, causes: Iterable[EventId] = ()
) -> EventId:
    """A `failure` event that names the component and what went wrong in it."""
    data = {"component": f"{place} ({type(part).__name__})", "problem": problem_of(defect)}
    return notebook.add("failure", data, causes)
