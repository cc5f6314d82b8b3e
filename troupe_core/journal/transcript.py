"""What was said and done in a run, to read: as text, as a page in a notebook, as a frame."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, overload

from attrs import evolve, frozen

from troupe_core.errors import InputError, RunFolderError, nearest
from troupe_core.journal.figures import counted
from troupe_core.journal.frame import LibraryName, frame
from troupe_core.journal.narration import Line, Narrator
from troupe_core.values.event import Event
from troupe_core.values.ids import AgentId

__all__ = ["Transcript", "headed", "told"]

_SHOWN = 500
"""So many lines does a notebook get: a browser keeps them all in memory."""

_COLUMNS: dict[str, type] = {
    "step": int,
    "time": datetime,
    "agent": str,
    "kind": str,
    "to": str,
    "text": str,
    "event": str,
}


def told(events: Iterable[Event]) -> Iterator[Line]:
    """Events, in their order, as lines: one at a time, however many there are.

    Raises `RunFolderError` for an event that does not hold what its kind holds: no run writes such a one.
    """
    narrator = Narrator()
    for event in events:
        try:
            lines = list(narrator.lines(event))
        except (LookupError, TypeError, ValueError, AttributeError) as fault:
            what = f"the {event.kind} {event.id} does not hold what it should ({type(fault).__name__}: {fault})"
            raise RunFolderError(
                f"journal.db: {what}",
                remedy="It was damaged, or changed by hand. troupe events shows what is there.",
            ) from fault
        yield from lines
    yield from narrator.rest()


def headed(name: str, people: Sequence[str]) -> str:
    """What is shown, and who is in it, if anybody is; the one who lives alone is named once."""
    return name if list(people) in ([], [name]) else f"{name}: {', '.join(people)}"


@frozen(repr=False)
class Transcript(Sequence[Line]):
    """The lines of a run, in the order in which they were lived. ``print`` it, filter it, index it.

    Each `Line` has `step`, `time` (simulated), `agent`, `kind`, `to`, `text`, and the id of the `event` it tells.
    """

    name: str
    """What the simulation is called."""
    people: tuple[AgentId, ...]
    """Everybody who was ever in it."""
    lines: tuple[Line, ...]

    @overload
    def __getitem__(self, index: int) -> Line: ...
    @overload
    def __getitem__(self, index: slice) -> "Transcript": ...
    def __getitem__(self, index: int | slice) -> "Line | Transcript":
        return evolve(self, lines=self.lines[index]) if isinstance(index, slice) else self.lines[index]

    def __len__(self) -> int:
        return len(self.lines)

    def of(self, agent: str) -> "Transcript":
        """What one agent said, did and thought, with the headings of the steps in which they did.

        Raises `InputError` where nobody in the run is called so.
        """
        if agent not in self.people:
            close = nearest(agent, self.people)
            hint = f"Did you mean {close}?" if close else f"There are: {', '.join(self.people)}."
            raise InputError(f'nobody in this run is called "{agent}"', remedy=hint)
        steps = {line.step for line in self.lines if line.agent == agent}
        kept = (each for each in self.lines if each.agent == agent or (each.kind == "step" and each.step in steps))
        return evolve(self, lines=tuple(kept))

    def to_frame(self, *, library: LibraryName | None = None) -> Any:
        """One row a line, without the headings: step, time, agent, kind, to, text, event.

        A frame of pandas, or of polars where only that is installed; `library` chooses. Raises `TroupeError` where
        there is none.
        """
        rows = (
            (each.step, each.time, each.agent, each.kind, each.addressees or None, each.text, each.event)
            for each in self.lines
            if each.kind != "step"
        )
        return frame(_COLUMNS, rows, library)

    def __str__(self) -> str:
        """As ``troupe show`` prints it."""
        return "\n".join([headed(self.name, self.people), *(each.plain() for each in self.lines)])

    def __repr__(self) -> str:
        return f"<Transcript of {self.name}: {counted(len(self), 'line')}>"

    def _repr_html_(self) -> str:
        from troupe_core.journal.drawn import drawn_lines
        from troupe_core.values.html import card, grey

        left = len(self) - _SHOWN
        out = (
            grey(f"{counted(left, 'more line')}: print(…) shows them all, .to_frame() makes a table.")
            if left > 0
            else ""
        )
        return card(self.name, drawn_lines(islice(self.lines, _SHOWN)), out, note=counted(len(self), "line"))
