"""``troupe show``: what was said and done in a run."""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from troupe_core.cli.completing import folders

if TYPE_CHECKING:
    from troupe_core.journal.narration import Line

__all__ = ["show"]


@click.command(epilog="Example: troupe show runs/product-panel-1 --no-thoughts")
@click.argument("run", type=click.Path(path_type=str), shell_complete=folders)
@click.option("--thoughts/--no-thoughts", default=True, help="Whether what people only thought is shown.")
def show(run: str, thoughts: bool) -> None:
    """Read what was said and done in the run that lies in the folder RUN."""
    from troupe_core.journal.figures import headline
    from troupe_core.journal.run import Run
    from troupe_core.journal.transcript import headed, told

    opened = Run.open(run)
    printed = _printer()
    click.echo(headed(opened.name, list(opened.personas)))
    for line in told(opened.told_events()):
        if thoughts or line.kind != "thought":
            printed(line)
    stats = opened.stats()
    why = f" ({opened.reason})" if opened.reason not in (None, stats["status"]) else ""
    ended = "still running, or cut short" if opened.status == "running" else opened.status
    click.echo(f"\n{ended.capitalize()}{why}: {headline(stats)}.")


def _printer() -> Callable[["Line"], None]:
    """Colour on a terminal, plain lines elsewhere."""
    if not sys.stdout.isatty():
        return lambda line: click.echo(line.plain())
    from rich.console import Console

    from troupe_core.display.stage_lights import rendered

    console, colours = Console(), dict[str, str]()
    return lambda line: console.print(rendered(line, colours))
