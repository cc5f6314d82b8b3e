"""Question → recall → prompt → answer: what somebody says when asked from outside, beside the loop.

A question is no turn: nothing is done in any world. What was asked and answered is remembered, unless it is not to be.
"""

from collections.abc import Sequence

from attrs import frozen

from troupe_core.agent.answering import Ask, answered
from troupe_core.agent.faculties import asides, encoded
from troupe_core.agent.live_agent import LiveAgent
from troupe_core.agent.prompt import compose_question
from troupe_core.agent.question_form import QuestionForm
from troupe_core.agent.recall import recall
from troupe_core.agent.remembering import percepts_remembered
from troupe_core.contracts.turn import Turn
from troupe_core.guard.untrusted import clipped
from troupe_core.journal.notebook import Notebook
from troupe_core.memory.embedding import EmbeddingLine
from troupe_core.values.canonical import canonical, content_hash
from troupe_core.values.chat import ChatRequest
from troupe_core.values.ids import EventId
from troupe_core.values.json import JSON
from troupe_core.values.memory import Memory
from troupe_core.values.percept import Percept
from troupe_core.values.stimulus import Stimulus
from troupe_core.values.work import Attempt

__all__ = ["Answer", "Question", "interview"]

_LONGEST_KEPT = 4000
"""In characters, of an answer in the journal; the input has it whole."""


@frozen(kw_only=True)
class Question:
    """What somebody is asked."""

    asked: Stimulus
    """By whom, and in which words; journalled already."""
    form: QuestionForm
    seed: int


@frozen(kw_only=True)
class Answer:
    """What came of a question."""

    value: JSON
    """Prose, or what fits the form; None where no answer could be used."""
    problem: str | None
    """Why no answer could be used."""
    memories: Sequence[Memory]
    """What would be remembered of it: question and answer."""
    event: EventId
    """The outcome, or the last failure."""


async def interview(
    agent: LiveAgent, turn: Turn, question: Question, ask: Ask, embedding: EmbeddingLine | None, notebook: Notebook
) -> Answer:
    """Ask the agent. Writes nothing but the notebook; raises what ends a run, and nothing else."""
    assert question.asked.id is not None
    heard = [Percept(question.asked, question.asked.text)]
    fresh = encoded(agent, turn, percepts_remembered(agent, turn, heard, question.asked.id), notebook)
    hits = await recall(agent, turn, fresh, embedding, notebook)
    notebook.add("recall", {"ids": [hit.memory.id for hit in hits]}, (question.asked.id,))
    messages = compose_question(
        agent.persona,
        question.asked,
        now=turn.now,
        asides=asides(agent, turn, notebook),
        memories=[(hit.memory.at, hit.memory.text) for hit in hits],
        in_form=question.form.schema is not None,
        room=agent.limits.request_bytes - len(canonical(question.form.schema)),
    )
    request = ChatRequest(
        messages=messages,
        schema=question.form.schema,
        seed=question.seed,
        purpose="ask",
        agent=agent.id,
        step=turn.step,
    )
    noted = {"llm": agent.llm, "introduction": content_hash(messages[0].text.encode()), "messages": [messages[1].text]}
    cause = notebook.add("request", noted, (question.asked.id,))
    attempts, value = await answered(request, ask, question.form.read, agent.id)
    return _noted(agent, turn, attempts, value, fresh, notebook, cause)


def _noted(
    agent: LiveAgent,
    turn: Turn,
    attempts: Sequence[Attempt],
    value: JSON,
    fresh: Sequence[Memory],
    notebook: Notebook,
    cause: EventId,
) -> Answer:
    for attempt in attempts:
        if attempt.response is not None:
            text = clipped(attempt.response.text, _LONGEST_KEPT)
            cause = notebook.add("answer", {"text": text, "finish": attempt.response.finish}, (cause,))
        if attempt.problem is not None:
            cause = notebook.add("failure", {"component": "llm", "problem": attempt.problem}, (cause,))
    problem = attempts[-1].problem
    if problem is not None:
        return Answer(value=None, problem=problem, memories=fresh, event=cause)
    cause = notebook.add("outcome", {"action": "answer", "arguments": {"answer": value}}, (cause,))
    told = value if isinstance(value, str) else canonical(value).decode()
    said = Memory(id=cause, text=f"You answered: {told}", kind="did", step=turn.step, at=turn.now, source=agent.id)
    return Answer(value=value, problem=None, memories=[*fresh, said], event=cause)
