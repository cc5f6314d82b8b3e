"""Events as lines that people read: the same while a run goes on and when it is read again."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Literal, TypeAlias

from attrs import define, field, frozen

from troupe_core.guard.untrusted import plain_text
from troupe_core.values.calendar import day_and_time
from troupe_core.values.event import Event, EventKind
from troupe_core.values.ids import AgentId, EventId
from troupe_core.values.prose import phrase

__all__ = ["TOLD", "Line", "LineKind", "Narrator"]

_LONGEST = 200
"""So many characters of what came of an action does a line show."""

LineKind: TypeAlias = Literal["step", "event", "talk", "thought", "deed", "trouble"]

TOLD: tuple[EventKind, ...] = ("step", "stimulus", "outcome", "refusal", "failure", "state", "note")
"""The kinds of events that there may be something to read about."""


@frozen(kw_only=True)
class Line:
    """One line to read."""

    step: int
    time: datetime | None
    """The simulated time of the step."""
    kind: LineKind
    """`step` is the heading of a step, `talk` what somebody says, `event` what happens, `trouble` what went wrong."""
    text: str
    agent: AgentId | None = None
    """Who speaks, thinks or does it; None for the world."""
    to: tuple[AgentId, ...] = ()
    """To whom it is said; of an event, who alone perceives it."""
    event: EventId
    """The event in the journal that the line tells."""

    def plain(self) -> str:
        """Without any colour."""
        match self.kind:
            case "step":
                return f"\n── {self.text} ──"
            case "talk":
                return f"{self.agent}{f' → {self.addressees}' if self.to else ''}: {self.text}"
            case "thought":
                return f"    ({self.agent} thinks: {self.text})"
            case "event":
                return f"* {f'(to {self.addressees}) ' if self.to else ''}{self.text}"
            case "deed":
                return f"    {self.agent}: {self.text}"
            case _:
                return f"  ! {self.agent + ': ' if self.agent else ''}{self.text}"

    @property
    def addressees(self) -> str:
        """To whom it is said, as text."""
        return ", ".join(self.to)


@define
class Narrator:
    """Turns events, in their order, into lines."""

    _held: dict[EventId, Line] = field(factory=dict)
    """What was said in a turn and waits for its outcome: a turn's deeds are told in the order of the decision."""
    _time: datetime | None = None

    def lines(self, event: Event) -> Iterator[Line]:
        """What there is to read about an event; nothing for the inner workings."""
        data: Any = event.data
        if any(line.step != event.step or line.agent != event.agent for line in self._held.values()):
            yield from self.rest()
        match event.kind:
            case "step":
                self._time = time = datetime.fromisoformat(data["time"])
                heading = f"Step {event.step} · {' '.join(day_and_time(time))}"
                yield self._line(event, "step", heading, agent=None)
            case "stimulus":
                line = self._stimulus(event, data)
                if line.agent is None or line.agent != event.agent:
                    yield line
                else:
                    self._held[event.id] = line
            case "outcome":
                said = [self._held.pop(cause) for cause in event.causes if cause in self._held]
                yield from said
                if not said and data.get("status", "done") == "done":
                    yield from self._deed(event, data)
            case "refusal":
                yield self._line(event, "trouble", f"could not {data['action']}: {data['why']}")
            case "failure" | "note" if "component" in data:
                yield self._line(event, "trouble", f"{data['component']}: {data['problem']}")
            case "state":
                yield from self._state(event, data)
            case "note":
                told = ", ".join(f"{name}: {value}" for name, value in data.items())
                yield self._line(event, "trouble", told, agent=None)
            case _:
                pass

    def rest(self) -> Iterator[Line]:
        """What was said without an action's outcome that tells it: at the end, or when somebody else's turn is told."""
        held, self._held = self._held, {}
        yield from held.values()

    def _stimulus(self, event: Event, data: Any) -> Line:
        text = " ".join(str(data["text"]).split())
        speaker = data.get("source")
        to = tuple(AgentId(str(name)) for name in data.get("to") or ())
        if speaker is None:
            return self._line(event, "event", text, agent=None, to=to)
        kind = data.get("kind", "event")
        told = text if kind in ("talk", "question") else f"({kind}) {text}"
        return self._line(event, "talk", told, agent=AgentId(speaker), to=to)

    def _deed(self, event: Event, data: Any) -> Iterator[Line]:
        action, arguments = data["action"], data["arguments"]
        if action == "think" and "text" in arguments:
            yield self._line(event, "thought", " ".join(str(arguments["text"]).split()))
        elif action == "answer" and list(arguments) == ["answer"]:
            yield self._line(event, "talk", phrase(arguments["answer"]))
        elif action != "wait":
            told = ", ".join(f"{name}: {value}" for name, value in arguments.items())
            came = _shortened(" ".join(str(data.get("text") or "").split()))
            yield self._line(event, "deed", f"{action} {told}".rstrip() + (f" → {came}" if came else ""))

    def _state(self, event: Event, data: Any) -> Iterator[Line]:
        if "arrived" in data:
            yield self._line(event, "event", f"{data['arrived']} arrives.", agent=None)
        elif "departed" in data:
            yield self._line(event, "event", f"{data['departed']} leaves: {data['why']}", agent=None)

    def _line(self, event: Event, kind: LineKind, text: str, **who: Any) -> Line:
        """One line, whatever stands in the journal: an argument of a model may hold what steers a terminal."""
        about: dict[str, Any] = {"agent": event.agent, **who}
        told = " ".join(plain_text(text).split())
        return Line(step=event.step, time=self._time, kind=kind, text=told, event=event.id, **about)


def _shortened(text: str) -> str:
    """As much of it as fits beside what was done: what comes from outside may be a whole page."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
