"""From a prompt to a valid decision."""

from troupe_core.actions.answer_form import AnswerForms
from troupe_core.agent.answering import Ask, answered
from troupe_core.values.work import Decision, TurnResult, TurnWork

__all__ = ["Ask", "decide"]


async def decide(work: TurnWork, ask: Ask, forms: AnswerForms) -> TurnResult:
    """Ask, check, and ask once more with what to mend; after that the decision is to do nothing, and says why.

    Errors that asking again cannot cure (`AuthFailed`, `BadRequest`) are raised.
    """
    form = forms.of(work.request.schema or {})
    attempts, decision = await answered(work.request, ask, form.read, work.agent)
    return TurnResult(attempts=attempts, decision=decision or Decision(because=attempts[-1].problem))
