"""What was said and done, as a script to read."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from troupe_core.builtin.config import TranscriptConfig
from troupe_core.plugin import Analyzer, Event, EventId, Finding, Findings, RunReader, Table, clipped, plain_markdown

__all__ = ["Transcript"]

_LONGEST = 200
"""In characters: what is told of what came of a deed."""


class Transcript(Analyzer):
    """A line for each thing that people said or did, by step; and how much each of them spoke."""

    def __init__(self, config: TranscriptConfig) -> None:
        self._thoughts = config.thoughts

    async def analyze(self, runs: Sequence[RunReader]) -> Findings:
        prose = "\n\n".join("\n".join(self._lines(run)) for run in runs)
        return Findings(
            title="Transcript",
            prose=prose,
            findings=tuple(finding for run in runs for finding in _failures(run)),
            tables=tuple(_spoken(run) for run in runs),
        )

    def _lines(self, run: RunReader) -> Iterator[str]:
        said: dict[EventId, Event] = {}
        for event in run.events():
            if event.kind == "step":
                yield f"\n## Step {event.step} · {datetime.fromisoformat(str(event.data['time'])):%d %b %Y %H:%M}\n"
            elif event.kind == "stimulus":
                said[event.id] = event
                if event.agent is None:
                    yield f"*{_alone(event.data)}{_plain(event.data['text'])}*\n"
            elif event.kind == "outcome":
                line = self._line(event, said)
                if line:
                    yield f"{line}\n"

    def _line(self, event: Event, said: dict[EventId, Event]) -> str | None:
        uttered = [said[cause] for cause in event.causes if cause in said]
        if uttered:
            who = f"**{_plain(event.agent)}**"
            return "\n".join(f"{who}{_to(each.data)}: {_plain(each.data['text'])}" for each in uttered)
        deed = self._deed(event)
        return None if deed is None else f"*{_plain(f'{event.agent}{deed}')}*"

    def _deed(self, event: Event) -> str | None:
        """What somebody did without a word, and what came of it."""
        action, arguments = event.data["action"], event.data.get("arguments")
        status, came = event.data.get("status", "done"), event.data.get("text")
        if status != "done":
            return f" tried to {action}: {came or status}"
        if action == "think" and isinstance(arguments, dict):
            return f" thinks: {arguments.get('text')}" if self._thoughts else None
        if action == "wait":
            return None
        return f": {action} {_listed(arguments)}".rstrip() + (f" → {clipped(str(came), _LONGEST)}" if came else "")


def _plain(said: object) -> str:
    return plain_markdown(str(said))


def _to(stimulus: Any) -> str:
    return f" to {_plain(', '.join(stimulus['to']))}" if stimulus.get("to") else ""


def _alone(stimulus: Any) -> str:
    """Who alone perceives what happens."""
    return f"({_to(stimulus).strip()}) " if stimulus.get("to") else ""


def _listed(arguments: Any) -> str:
    """What was said, read or done with, as one writes it down."""
    given = arguments.items() if isinstance(arguments, dict) else ()
    return ", ".join(f"{name}: {value}" for name, value in given)


def _spoken(run: RunReader) -> Table:
    lines: dict[str, int] = dict.fromkeys(run.personas, 0)
    words = dict(lines)
    for event in run.events(kind="stimulus"):
        if event.agent is not None and event.data.get("kind") == "talk":
            lines[event.agent] += 1
            words[event.agent] += len(str(event.data["text"]).split())
    rows = tuple((name, lines[name], words[name]) for name in lines)
    return Table(title="Who spoke", columns=("person", "lines", "words"), rows=rows)


def _failures(run: RunReader) -> Iterator[Finding]:
    for event in run.events(kind="failure"):
        yield Finding(text=f"{event.agent or 'The world'}: {event.data['problem']}", events=(event.id,))
