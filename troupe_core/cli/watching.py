"""What a person sees while a run goes on: who is speaking, and how far it is."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from troupe_core.cli.closed_pipe import print_no_more
from troupe_core.config.settings import Study
from troupe_core.display.waiting import Waiting
from troupe_core.journal.narration import Narrator
from troupe_core.values.observed import EventRecorded, ModelCallFinished, Watch

__all__ = ["watching"]


@contextmanager
def watching(study: Study, *, silent: bool) -> Iterator[Watch]:
    """What `Simulation.run` is to tell: all of it on a terminal, lines where piped, nothing where silent."""
    if silent:
        yield {}
    elif sys.stdout.isatty():
        from troupe_core.display.stage_lights import on_terminal

        with on_terminal(study) as lights:
            yield lights
    else:
        yield {EventRecorded: _plain_lines(), ModelCallFinished: _reasons_to_wait()}


def _plain_lines() -> Callable[[EventRecorded], None]:
    narrator = Narrator()

    def recorded(happened: EventRecorded) -> None:
        for line in narrator.lines(happened.event):
            try:
                click.echo(line.plain())
            except BrokenPipeError:  # nobody reads any more: that ends a run as Ctrl-C does, cleanly
                print_no_more()
                raise KeyboardInterrupt from None

    return recorded


def _reasons_to_wait() -> Callable[[ModelCallFinished], None]:
    """They are no part of what happens, so they go where errors go."""
    waiting = Waiting()

    def called(finished: ModelCallFinished) -> None:
        line = waiting.line(finished)
        if line is not None:
            click.echo(f"  ! {line}", err=True)

    return called
