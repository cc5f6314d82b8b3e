"""What was said and done, as a script to read."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from troupe_core.builtin.config import TranscriptConfig
from troupe_core.plugin import Analyzer, Event, EventId, Finding, Findings, RunReader, Table

__all__ = ["Transcript"]


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
                    yield f"*{_alone(event.data)}{event.data['text']}*\n"
            elif event.kind == "outcome":
                line = self._line(event, said)
                if line:
                    yield f"{line}\n"

    def _line(self, event: Event, said: dict[EventId, Event]) -> str | None:
        uttered = [said[cause] for cause in event.causes if cause in said]
        if uttered:
            return "\n".join(f"**{event.agent}**{_to(each.data)}: {each.data['text']}" for each in uttered)
        action, arguments = event.data["action"], event.data.get("arguments")
        status = event.data.get("status", "done")
        if status != "done":
            return f"*{event.agent} tried to {action}: {event.data.get('text') or status}*"
        if action == "think" and isinstance(arguments, dict):
            return f"*{event.agent} thinks: {arguments.get('text')}*" if self._thoughts else None
        return None if action == "wait" else f"*{event.agent}: {f'{action} {_listed(arguments)}'.strip()}*"


def _to(stimulus: Any) -> str:
    return f" to {', '.join(stimulus['to'])}" if stimulus.get("to") else ""


def _alone(stimulus: Any) -> str:
    """Who alone perceives what happens."""
    return f"({_to(stimulus).strip()}) " if stimulus.get("to") else ""


def _listed(arguments: Any) -> str:
    return ", ".join(f"{name} {value}" for name, value in arguments.items()) if isinstance(arguments, dict) else ""


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
