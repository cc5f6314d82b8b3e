"""Events as lines that people read: the same while a run goes on and when it is read again."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Literal

from attrs import define, field, frozen

from troupe_core.values.event import Event
from troupe_core.values.ids import EventId

__all__ = ["Line", "Narrator"]


@frozen
class Line:
    """One line to read."""

    kind: Literal["step", "event", "talk", "thought", "deed", "trouble"]
    text: str
    who: str = ""
    to: str = ""

    def plain(self) -> str:
        """Without any colour."""
        match self.kind:
            case "step":
                return f"\n── {self.text} ──"
            case "talk":
                return f"{self.who}{f' → {self.to}' if self.to else ''}: {self.text}"
            case "thought":
                return f"    ({self.who} thinks: {self.text})"
            case "event":
                return f"* {self.text}"
            case "deed":
                return f"    {self.who}: {self.text}"
            case _:
                return f"  ! {self.who + ': ' if self.who else ''}{self.text}"


@define
class Narrator:
    """Turns events, in their order, into lines."""

    _said: set[EventId] = field(factory=set)

    def lines(self, event: Event) -> Iterator[Line]:
        """What there is to read about an event; nothing for the inner workings."""
        data: Any = event.data
        match event.kind:
            case "step":
                self._said.clear()
                time = datetime.fromisoformat(data["time"])
                yield Line("step", f"Step {event.step} · {time:%A} {time.day} {time:%B %Y}, {time:%H:%M}")
            case "stimulus":
                self._said.add(event.id)
                yield _stimulus(event, data)
            case "outcome":
                if data.get("status", "done") == "done" and not self._said.intersection(event.causes):
                    yield from _deed(event, data)
            case "refusal":
                yield Line("trouble", f"could not {data['action']}: {data['why']}", str(event.agent))
            case "failure" | "note" if "component" in data:
                yield Line("trouble", f"{data['component']}: {data['problem']}", event.agent or "")
            case "state":
                yield from _state(data)
            case "note":
                yield Line("trouble", ", ".join(f"{name}: {value}" for name, value in data.items()))
            case _:
                pass


def _stimulus(event: Event, data: Any) -> Line:
    text = " ".join(str(data["text"]).split())
    if event.agent is None:
        return Line("event", text)
    to = ", ".join(data.get("to") or ())
    return Line(
        "talk", text if data.get("kind") == "talk" else f"({data.get('kind', 'event')}) {text}", event.agent, to
    )


def _deed(event: Event, data: Any) -> Iterator[Line]:
    who, action, arguments = str(event.agent), data["action"], data["arguments"]
    if action == "think" and "text" in arguments:
        yield Line("thought", " ".join(str(arguments["text"]).split()), who)
    elif action != "wait":
        told = ", ".join(f"{name}: {value}" for name, value in arguments.items())
        yield Line("deed", f"{action} {told}".rstrip(), who)


def _state(data: Any) -> Iterator[Line]:
    if "arrived" in data:
        yield Line("event", f"{data['arrived']} arrives.")
    elif "departed" in data:
        yield Line("event", f"{data['departed']} leaves: {data['why']}")
