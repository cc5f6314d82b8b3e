"""The terminal while a run goes on: lines as people speak, above a bar with steps, calls, elapsed and cost."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.text import Text

from troupe_core.config.settings import Study
from troupe_core.display.tally import Tally
from troupe_core.display.waiting import Waiting
from troupe_core.journal.narration import Line, Narrator
from troupe_core.values.observed import EventRecorded, ModelCallFinished, StepFinished, Watch

__all__ = ["on_terminal", "rendered"]

_COLOURS = ("cyan", "magenta", "green", "yellow", "blue", "bright_red", "bright_cyan", "bright_magenta")


@contextmanager
def on_terminal(study: Study, console: Console | None = None) -> Iterator[Watch]:
    """What shows the run on a terminal."""
    columns = (
        SpinnerColumn(),
        TextColumn("[bold]{task.description}"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TextColumn("steps · {task.fields[calls]} calls · {task.fields[cost]} ·"),
        TimeElapsedColumn(),
    )
    tally = Tally(study.simulation.steps)
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=tally.steps, calls=0, cost=tally.cost)
        narrator, colours, waiting = Narrator(), dict[str, str](), Waiting()

        def recorded(happened: EventRecorded) -> None:
            event = happened.event
            for line in narrator.lines(event):
                progress.console.print(rendered(line, colours))
            if event.agent is not None and event.kind == "decision":
                progress.update(task, description=event.agent)

        def called(finished: ModelCallFinished) -> None:
            tally.called(finished)
            progress.update(task, calls=tally.calls, cost=tally.cost)
            line = waiting.line(finished)
            if line is not None:
                progress.console.print(Padding(Text(line, style="yellow"), (0, 0, 0, 2)))

        def stepped(finished: StepFinished) -> None:
            tally.stepped(finished)
            progress.update(task, completed=tally.lived)

        yield {EventRecorded: recorded, ModelCallFinished: called, StepFinished: stepped}


def rendered(line: Line, colours: dict[str, str]) -> Padding | Text:
    """A line in colour; everybody keeps the colour that `colours` notes, in the order of first speaking."""
    who = line.agent or ""
    colour = colours.setdefault(who, _COLOURS[len(colours) % len(_COLOURS)]) if who else ""
    match line.kind:
        case "step":
            return Text(f"\n{line.text}", style="bold")
        case "talk":
            head = Text(who, style=f"bold {colour}")
            if line.to:
                head.append(f" → {line.addressees}", style="dim")
            return Padding(Text.assemble(head, ": ", line.text), (0, 0, 0, 2))
        case "event":
            whom = Text(f"(to {line.addressees}) ", style="dim") if line.to else ""
            return Padding(Text.assemble(whom, (line.text, "italic bold")), (0, 0, 0, 2))
        case "thought":
            return Padding(Text(f"{who} thinks: {line.text}", style="dim italic"), (0, 0, 0, 6))
        case "deed":
            return Padding(Text.assemble((who, colour), f": {line.text}"), (0, 0, 0, 6))
        case _:
            return Padding(Text(f"{who + ': ' if who else ''}{line.text}", style="red"), (0, 0, 0, 2))
