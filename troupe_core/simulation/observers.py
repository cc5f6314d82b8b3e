"""Telling plugins what happens: nothing is made, and nothing called, where nobody listens."""

from collections.abc import Sequence

import orjson
from attrs import define, field

from troupe_core.discovery.plugins import Plugins
from troupe_core.guard.untrusted import plain_text
from troupe_core.journal.notebook import Notebook, Row
from troupe_core.values.event import Event
from troupe_core.values.ids import WORLD, EventId, event_id
from troupe_core.values.observed import (
    EventRecorded,
    ModelCallFinished,
    RunFinished,
    RunStarted,
    StepFinished,
    StepStarted,
    Watch,
)

__all__ = ["HOOK_OF", "Observers", "Watch"]

HOOK_OF = {
    RunStarted: "troupe_run_started",
    RunFinished: "troupe_run_finished",
    StepStarted: "troupe_step_started",
    StepFinished: "troupe_step_finished",
    EventRecorded: "troupe_event_recorded",
    ModelCallFinished: "troupe_model_call_finished",
}
"""Which hook is told which object."""


@define(eq=False)
class Observers:
    """The observer hooks of the active plugins, and functions of the caller's own: the terminal's progress."""

    plugins: Plugins
    own: Watch
    problems: list[str] = field(factory=list)
    """What observers did wrong, not yet noted in the journal."""

    def listens(self, kind: type) -> bool:
        """Whether anybody wants objects of this kind."""
        return kind in self.own or self.plugins.listens(HOOK_OF[kind])

    def tell(self, happened: object) -> None:
        """Tell everybody who listens. An observer that fails is noted; the run goes on."""
        own = self.own.get(type(happened))
        if own is not None:
            own(happened)
        if self.plugins.listens(HOOK_OF[type(happened)]):
            self._notify(happened)

    def events(self, notebooks: Sequence[Notebook]) -> None:
        """Tell of each event in these notebooks. What plugins do to theirs, whoever started the run does not see."""
        own, listens = self.own.get(EventRecorded), self.plugins.listens(HOOK_OF[EventRecorded])
        if own is None and not listens:
            return
        for notebook in notebooks:
            for row in notebook.rows:
                if own is not None:
                    own(EventRecorded(event=_event(notebook, row)))
                if listens:
                    self._notify(EventRecorded(event=_event(notebook, row)))

    def note_problems(self, notebook: Notebook) -> None:
        """Write down what went wrong: `note` events, outside the digest."""
        for problem in self.problems:
            notebook.add("note", {"observer": plain_text(problem)})
        self.problems.clear()

    def _notify(self, happened: object) -> None:
        self.problems += [problem.text for problem in self.plugins.notify(HOOK_OF[type(happened)], happened)]


def _event(notebook: Notebook, row: Row) -> Event:
    step, group, rank, ordinal, kind, causes, data = row
    return Event(
        step=step,
        group=group,
        rank=notebook.rank,
        ordinal=ordinal,
        kind=kind,  # type: ignore[arg-type]
        agent=None if rank == WORLD else notebook.agent,
        causes=tuple(EventId(each) for each in causes.split()),
        data=orjson.loads(data),
        id=event_id(step, notebook.rank, ordinal),
    )
