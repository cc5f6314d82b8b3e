"""How an agent is told what it perceives and what it did: one line each, the same in prompt and memory."""

from collections.abc import Mapping

from troupe_core.guard.untrusted import clipped, marked_untrusted
from troupe_core.values.action import ActionCall, Outcome
from troupe_core.values.ids import AgentId
from troupe_core.values.percept import Percept

__all__ = ["deed_told", "percept_told"]


def percept_told(percept: Percept, agent: AgentId) -> str:
    """``Oscar to all: …`` for what was said, ``Oscar (mail) to you: …`` for what came from somebody,
    ``→ …`` for what came of an own action, and the bare text for what happened.
    """
    stimulus = percept.stimulus
    text = percept.text if stimulus.trusted else marked_untrusted(percept.text)
    if stimulus.kind == "result":
        return f"→ {text}"
    if stimulus.source is None:
        return text
    manner = "" if stimulus.kind == "talk" else f" ({stimulus.kind})"
    return f"{stimulus.source}{manner} to {_addressees(stimulus.to, agent)}: {text}"


def deed_told(call: ActionCall, outcome: Outcome) -> str:
    """How an agent remembers what it did; empty where it is not worth remembering."""
    if outcome.remembered is not None:
        return outcome.remembered
    told = f"You did: {call.action}({_listed(call.arguments)})"
    return told if outcome.status == "done" else f"{told}, which was {outcome.status}"


def _addressees(to: tuple[AgentId, ...] | None, agent: AgentId) -> str:
    if not to:
        return "all"
    return "you" if to == (agent,) else ", ".join("you" if each == agent else each for each in to[:5])


def _listed(arguments: Mapping[str, object]) -> str:
    return ", ".join(f"{name}: {clipped(' '.join(str(value).split()), 200)}" for name, value in arguments.items())
