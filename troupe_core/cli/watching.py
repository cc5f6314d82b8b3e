"""What a person sees while a run goes on: who is speaking, and how far it is."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from troupe_core.cli.figures import typed
from troupe_core.cli.narration import Narrator
from troupe_core.config.settings import Study
from troupe_core.errors import LLMError, RunStopped
from troupe_core.simulation.observers import Watch
from troupe_core.values.observed import EventRecorded, RunStarted

__all__ = ["watching"]


@contextmanager
def watching(study: Study, *, silent: bool) -> Iterator[Watch]:
    """What `Simulation.run` is to tell: all of it on a terminal, lines where piped, next to nothing where silent.

    Where the run ends early, says on standard error where it lies.
    """
    folder: list[Path] = []
    where: Watch = {RunStarted: lambda started: folder.append(started.folder)}
    try:
        if silent:
            yield where
        elif sys.stdout.isatty():
            from troupe_core.cli.stage_lights import on_terminal

            with on_terminal(study) as lights:
                yield {**where, **lights}
        else:
            yield {**where, EventRecorded: _plain_lines()}
    except (KeyboardInterrupt, RunStopped, LLMError) as fault:
        if folder:
            why = "Interrupted" if isinstance(fault, KeyboardInterrupt) else "The run ended early"
            click.echo(f"\n{why}. What was lived is kept: {typed()} show {folder[0]}", err=True)
        raise


def _plain_lines() -> Callable[[EventRecorded], None]:
    narrator = Narrator()

    def recorded(happened: EventRecorded) -> None:
        for line in narrator.lines(happened.event):
            click.echo(line.plain())

    return recorded
