"""What a person sees while a run goes on: who is speaking, and how far it is."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from troupe_core.cli.narration import Narrator
from troupe_core.config.settings import Study
from troupe_core.errors import LLMError, RunStopped
from troupe_core.values.observed import EventRecorded, RunStarted

__all__ = ["Watcher", "watching"]

Watcher = Callable[[object], None]


@contextmanager
def watching(study: Study, *, silent: bool) -> Iterator[Watcher | None]:
    """A watcher for `Simulation.run`: rich on a terminal, plain lines where piped, None where nothing is printed.

    Where the run ends early, says on standard error where it lies.
    """
    folder: list[Path] = []

    def note_folder(happened: object) -> None:
        if isinstance(happened, RunStarted):
            folder.append(happened.folder)

    try:
        if silent:
            yield None if not sys.stderr.isatty() else note_folder
        elif sys.stdout.isatty():
            from troupe_core.cli.stage_lights import on_terminal

            with on_terminal(study) as watcher:
                yield _both(note_folder, watcher)
        else:
            yield _both(note_folder, _plain_lines())
    except (KeyboardInterrupt, RunStopped, LLMError) as fault:
        if folder:
            why = "Interrupted" if isinstance(fault, KeyboardInterrupt) else "The run ended early"
            click.echo(f"\n{why}. What was lived is kept: troupe show {folder[0]}", err=True)
        raise


def _both(first: Watcher, second: Watcher) -> Watcher:
    def watcher(happened: object) -> None:
        first(happened)
        second(happened)

    return watcher


def _plain_lines() -> Watcher:
    narrator = Narrator()

    def watcher(happened: object) -> None:
        if isinstance(happened, EventRecorded):
            for line in narrator.lines(happened.event):
                click.echo(line.plain())

    return watcher
