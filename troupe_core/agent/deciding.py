"""From a prompt to a valid decision: one call to the model, and one more where the answer has to be mended."""

from collections.abc import Awaitable
from typing import Protocol

from attrs import evolve

from troupe_core.actions.answer_form import AnswerForm, AnswerForms, InvalidAnswer
from troupe_core.errors import AuthFailed, BadRequest, LLMError
from troupe_core.guard.untrusted import clipped, plain_text
from troupe_core.values.chat import ChatRequest, ChatResponse, Message
from troupe_core.values.ids import AgentId
from troupe_core.values.work import Attempt, Decision, TurnResult, TurnWork

__all__ = ["Ask", "decide"]

_MOST_SHOWN = 2000
"""In characters: how much of an unusable answer its model gets to see again."""


class Ask(Protocol):
    """A line to a model: `Context.ask`."""

    def __call__(
        self, request: ChatRequest, *, purpose: str, agent: AgentId | None = None
    ) -> Awaitable[ChatResponse]: ...


async def decide(work: TurnWork, ask: Ask, forms: AnswerForms) -> TurnResult:
    """Ask, check, and ask once more with what to mend; after that the decision is to do nothing, and says why.

    Errors that asking again cannot cure (`AuthFailed`, `BadRequest`) are raised.
    """
    form = forms.of(work.request.schema or {})
    attempts: list[Attempt] = []
    request = work.request
    while True:
        attempt, decision = await _attempt(request, form, ask, work.agent)
        attempts.append(attempt)
        if decision is not None:
            return TurnResult(attempts=tuple(attempts), decision=decision)
        if len(attempts) == 2 or attempt.response is None:
            return TurnResult(attempts=tuple(attempts), decision=Decision(because=attempt.problem))
        request = _mending(work.request, attempt.response, str(attempt.problem))


async def _attempt(request: ChatRequest, form: AnswerForm, ask: Ask, agent: AgentId) -> tuple[Attempt, Decision | None]:
    try:
        response = await ask(request, purpose=request.purpose, agent=agent)
    except (AuthFailed, BadRequest):
        raise
    except LLMError as fault:
        problem = plain_text(f"{type(fault).__name__}: {fault.what}")
        return Attempt(request=request, response=None, problem=problem), None
    try:
        decision = form.read(response.text)
    except InvalidAnswer as fault:
        problem = "the answer was cut off at the provider's limit" if response.finish == "length" else str(fault)
        return Attempt(request=request, response=response, problem=problem), None
    return Attempt(request=request, response=response, problem=None), decision


def _mending(request: ChatRequest, response: ChatResponse, problem: str) -> ChatRequest:
    shown = clipped(response.text, _MOST_SHOWN)
    mend = f"That cannot be used: {problem}. Answer again, with JSON of the form described and nothing else."
    answered = (Message("assistant", shown), Message("user", mend)) if shown.strip() else (Message("user", mend),)
    return evolve(request, messages=(*request.messages, *answered), purpose="repair")
