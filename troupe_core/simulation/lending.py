"""What crosses the line between the run and a part that acts: its arguments, and what it says of the outcome."""

from copy import deepcopy

from attrs import evolve

from troupe_core.guard.untrusted import plain_text
from troupe_core.values.action import ActionCall, Outcome

__all__ = ["lent", "plainly"]


def lent(call: ActionCall) -> ActionCall:
    """The call with arguments of its own: what a part does to them changes nothing of what was decided."""
    return ActionCall(call.agent, call.action, deepcopy(call.arguments))


def plainly(outcome: Outcome) -> Outcome:
    """The outcome with texts that journal, prompt and memory can take: plain, and within bounds."""
    said = (outcome.text, outcome.remembered, outcome.problem)
    text, remembered, problem = plain = tuple(map(_plain, said))
    return outcome if plain == said else evolve(outcome, text=text, remembered=remembered, problem=problem)


def _plain(text: str | None) -> str | None:
    return plain_text(text) if text else text
