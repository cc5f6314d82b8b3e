"""From a request to an answer that can be used: one call to the model, and one more where it has to be mended."""

from collections.abc import Awaitable, Callable
from typing import Protocol, TypeVar

from attrs import evolve

from troupe_core.actions.json_in_text import InvalidAnswer
from troupe_core.errors import AuthFailed, BadRequest, LLMError
from troupe_core.guard.untrusted import clipped, plain_text
from troupe_core.values.chat import ChatRequest, ChatResponse, Message
from troupe_core.values.ids import AgentId
from troupe_core.values.work import Attempt

__all__ = ["Ask", "answered"]

T = TypeVar("T")

_MOST_SHOWN = 2000
"""In characters: how much of an unusable answer its model gets to see again."""


class Ask(Protocol):
    """A line to a model: `Context.ask`."""

    def __call__(
        self, request: ChatRequest, *, purpose: str, agent: AgentId | None = None
    ) -> Awaitable[ChatResponse]: ...


async def answered(
    request: ChatRequest, ask: Ask, read: Callable[[str], T], agent: AgentId
) -> tuple[tuple[Attempt, ...], T | None]:
    """Every attempt, and what `read` made of the last answer; None where no answer could be used.

    `read` raises `InvalidAnswer` with what to mend. Errors that asking again cannot cure (`AuthFailed`, `BadRequest`)
    are raised.
    """
    attempts: list[Attempt] = []
    asked = request
    while True:
        attempt, value = await _attempt(asked, ask, read, agent)
        attempts.append(attempt)
        if attempt.problem is None or attempt.response is None or len(attempts) == 2:
            return tuple(attempts), value
        asked = _mending(request, attempt.response, attempt.problem)


async def _attempt(
    request: ChatRequest, ask: Ask, read: Callable[[str], T], agent: AgentId
) -> tuple[Attempt, T | None]:
    try:
        response = await ask(request, purpose=request.purpose, agent=agent)
    except (AuthFailed, BadRequest):
        raise
    except LLMError as fault:
        what = fault.what if fault.remedy is None else f"{fault.what.rstrip('.')}. {fault.remedy}"
        problem = plain_text(f"{type(fault).__name__}: {what}")
        return Attempt(request=request, response=None, problem=problem), None
    try:
        value = read(response.text)
    except InvalidAnswer as fault:
        problem = "the answer was cut off at the provider's limit" if response.finish == "length" else str(fault)
        return Attempt(request=request, response=response, problem=problem), None
    return Attempt(request=request, response=response, problem=None), value


def _mending(request: ChatRequest, response: ChatResponse, problem: str) -> ChatRequest:
    shown = clipped(response.text, _MOST_SHOWN)
    form = "JSON of the form described and nothing else" if request.schema else "a text"
    mend = f"That cannot be used: {problem}. Answer again, with {form}."
    answered = (Message("assistant", shown), Message("user", mend)) if shown.strip() else (Message("user", mend),)
    return evolve(request, messages=(*request.messages, *answered), purpose="repair")
