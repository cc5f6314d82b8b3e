"""What somebody did on being told something."""

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import frozen

from troupe_core.values.event import Event
from troupe_core.values.ids import AgentId

__all__ = ["Reaction"]


@frozen
class Reaction:
    """What `Agent.tell` returns: the actions of one turn, in order, and what came of each."""

    agent: AgentId
    actions: Sequence[Mapping[str, Any]] = ()
    """Each with ``action`` (its name) and ``arguments``; ``status`` where it was not done, ``text`` where it came to
    something that the agent perceives."""
    problem: str | None = None
    """Why there are none, where the model's answer could not be used."""

    @classmethod
    def of(cls, agent: AgentId, events: Sequence[Event]) -> "Reaction":
        """The reaction in the events of a turn."""
        actions = [event.data for event in events if event.kind == "outcome"]
        because = [event.data.get("because") for event in events if event.kind == "decision"]
        return cls(agent, tuple(actions), str(because[-1]) if because and because[-1] is not None else None)

    @property
    def said(self) -> str:
        """What was said aloud; empty where nothing was."""
        return " ".join(_text(each) for each in self.actions if each["action"] == "talk" and "status" not in each)

    def __str__(self) -> str:
        """A line for each action."""
        lines = [_line(self.agent, each) for each in self.actions]
        if self.problem is not None:
            lines.append(f"{self.agent} did nothing: {self.problem}")
        return "\n".join(lines) or f"{self.agent} did nothing."

    def _repr_html_(self) -> str:
        from troupe_core.values.html import card, line

        return card(self.agent, *(line(each.removeprefix(f"{self.agent}: ")) for each in str(self).split("\n")))


def _line(agent: AgentId, action: Mapping[str, Any]) -> str:
    name, text = action["action"], _text(action)
    if name == "talk":
        line = f"{agent}: {text}"
    elif name in ("think", "wait"):
        line = f"{agent} {'thinks' if name == 'think' else 'waits'}{f': {text}' if text else ''}"
    else:
        told = ", ".join(f"{key}: {value}" for key, value in action["arguments"].items())
        line = f"{agent} does {name}({told})"
    if "status" in action:
        line += f" [{action['status']}]"
    return f"{line} → {action['text']}" if action.get("text") else line


def _text(action: Mapping[str, Any]) -> str:
    return str(action["arguments"].get("text", ""))
