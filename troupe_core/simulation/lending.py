"""What crosses the line between the run and a part that acts: its arguments, and what it says of the outcome."""

from typing import Any

from attrs import evolve

from troupe_core.guard.untrusted import plain_text
from troupe_core.values.action import ActionCall, Outcome

__all__ = ["lent", "own_copy", "plainly"]


def lent(call: ActionCall) -> ActionCall:
    """The call with arguments of its own: what a part does to them changes nothing of what was decided."""
    return ActionCall(call.agent, call.action, {name: own_copy(value) for name, value in call.arguments.items()})


def plainly(outcome: Outcome) -> Outcome:
    """The outcome with texts that journal, prompt and memory can take: plain, and within bounds."""
    said = (outcome.text, outcome.remembered, outcome.problem)
    text, remembered, problem = plain = tuple(map(_plain, said))
    return outcome if plain == said else evolve(outcome, text=text, remembered=remembered, problem=problem)


def own_copy(value: Any) -> Any:
    """A copy that shares nothing that can be changed; `deepcopy` would take six times as long."""
    if isinstance(value, dict):
        return {key: own_copy(each) for key, each in value.items()}
    return [own_copy(each) for each in value] if isinstance(value, list) else value


def _plain(text: str | None) -> str | None:
    return plain_text(text) if text else text
