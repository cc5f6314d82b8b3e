"""A notebook while a run goes on: the last lines said above a bar; at its end one line, which a saved notebook keeps.

Elsewhere only the command line prints. Here nobody stands between a run and who started it: ``await
simulation.run()`` is all that is typed, so the run shows itself. Nothing is needed but rich and IPython, which is
there where a notebook is; no widgets, whose state a saved notebook loses.
"""

import asyncio
import sys
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from typing import TYPE_CHECKING, Any

from attrs import define, evolve, field

from troupe_core.config.settings import Study
from troupe_core.display.tally import Tally
from troupe_core.display.waiting import Waiting
from troupe_core.guard.untrusted import clipped
from troupe_core.journal.narration import Narrator
from troupe_core.values.observed import (
    EventRecorded,
    ModelCallFinished,
    RunFinished,
    RunStarted,
    StepFinished,
    Watch,
)

if TYPE_CHECKING:
    from rich.padding import Padding
    from rich.text import Text

    from troupe_core.display.notebook_page import Bundle

__all__ = ["in_notebook", "notebook_lights"]

_PAUSE = 0.2
"""Seconds between two pictures at least: a browser draws no faster, and a fast run must not wait for it."""
_TICK = 1.0
"""Seconds until the clock moves where nothing happens."""
_LINES = 6
_LONGEST = 300


def in_notebook() -> bool:
    """Whether this process is the kernel of a notebook. Imports nothing: where IPython is not loaded, it is none."""
    ipython: Any = sys.modules.get("IPython")
    shell = None if ipython is None else ipython.get_ipython()
    return getattr(shell, "kernel", None) is not None


@contextmanager
def notebook_lights(study: Study) -> Iterator[Watch]:
    """What shows the run below its cell, while it goes on and when it is over. An error before it begins shows none."""
    lights = _Lights(Tally(study.simulation.steps))
    try:
        yield {
            RunStarted: lights.started,
            EventRecorded: lights.recorded,
            ModelCallFinished: lights.called,
            StepFinished: lights.stepped,
            RunFinished: lights.finished,
        }
    finally:
        lights.out()


@define(eq=False)
class _Lights:
    """One output of a cell, drawn anew as the run goes on."""

    _tally: Tally
    _narrator: Narrator = field(factory=Narrator)
    _lines: "deque[Padding | Text]" = field(factory=lambda: deque(maxlen=_LINES))
    _colours: dict[str, str] = field(factory=dict)
    _waiting: Waiting = field(factory=Waiting)
    _output: Any = None
    _folder: str = ""
    _drawn: float = 0.0
    _over: bool = False
    _timer: asyncio.TimerHandle | None = None

    def started(self, started: RunStarted) -> None:
        self._folder = str(started.folder)
        self._drawn = time.monotonic()
        self._output = import_module("IPython.display").display(self._picture(), display_id=True)
        self._tick()

    def recorded(self, happened: EventRecorded) -> None:
        from troupe_core.display.stage_lights import rendered

        for line in self._narrator.lines(happened.event):
            if line.kind != "step":
                self._lines.append(rendered(evolve(line, text=clipped(line.text, _LONGEST)), self._colours))
        self._draw_now_and_then()

    def called(self, finished: ModelCallFinished) -> None:
        self._tally.called(finished)
        line = self._waiting.line(finished)
        if line is not None:
            from rich.text import Text

            self._lines.append(Text(clipped(line, _LONGEST), style="yellow"))
        self._draw_now_and_then()

    def stepped(self, finished: StepFinished) -> None:
        self._tally.stepped(finished)
        self._draw_now_and_then()

    def finished(self, finished: RunFinished) -> None:
        self._end(finished.status, finished.reason)

    def out(self) -> None:
        """The run is over, whatever it was told."""
        self._end("broken off", None)

    def _end(self, status: str, reason: str | None) -> None:
        if self._timer is not None:
            self._timer.cancel()
        if self._output is not None and not self._over:
            from troupe_core.display.notebook_page import ended

            self._over = True
            self._output.update(ended(self._tally, status, reason, self._folder))

    def _draw_now_and_then(self) -> None:
        now = time.monotonic()
        if self._output is not None and now - self._drawn >= _PAUSE:
            self._drawn = now
            self._output.update(self._picture())

    def _tick(self) -> None:
        self._draw_now_and_then()
        with suppress(RuntimeError):  # without a loop the clock moves when something happens
            self._timer = asyncio.get_running_loop().call_later(_TICK, self._tick)

    def _picture(self) -> "Bundle":
        from troupe_core.display.notebook_page import under_way

        return under_way(self._tally, self._lines)
