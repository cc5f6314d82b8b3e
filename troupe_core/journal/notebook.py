"""The events of one turn, until it commits."""

from collections.abc import Iterable, Mapping
from typing import Any

from troupe_core.values.canonical import canonical
from troupe_core.values.event import EventKind
from troupe_core.values.ids import AgentId, EventId, Rank, event_id

__all__ = ["Notebook", "Row"]

Row = tuple[int, int, int, int, str, str, bytes]
"""step, group, rank, ordinal, kind, causes (ids with spaces between), data as canonical JSON."""


class Notebook:
    """Collects the events of one stamp: written to the journal as one, or not at all."""

    __slots__ = ("_next", "agent", "failed", "group", "rank", "rows", "step", "written")

    def __init__(self, step: int, group: int, rank: Rank, agent: AgentId | None, first: int = 0) -> None:
        self.step = step
        self.group = group
        self.rank = rank
        self.agent = agent
        self.rows: list[Row] = []
        self.failed: list[str] = []
        """The components that broke down, one for each `failure`."""
        self.written = False
        """Whether it stands in the journal: from then on nothing can be added."""
        self._next = first

    @property
    def next_ordinal(self) -> int:
        """The ordinal of the event that comes next."""
        return self._next

    def add(self, kind: EventKind, data: Mapping[str, Any], causes: Iterable[EventId] = ()) -> EventId:
        """Note an event; returns its id. `data` is written down at once: what changes it later changes no event.

        Raises `TypeError` for data that JSON cannot say; then nothing is noted.
        """
        ordinal = self._next
        if kind == "failure":
            self.failed.append(str(data.get("component", "")))
        self.rows.append((self.step, self.group, self.rank, ordinal, kind, " ".join(causes), canonical(data)))
        self._next = ordinal + 1
        return event_id(self.step, self.rank, ordinal)
