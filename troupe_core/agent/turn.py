"""One agent's turn, up to its decision: stimulus → percept → recall → prompt → decision.

Deciding only reads, so that many agents can do it at once; what follows from it is settled afterwards, in order.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from attrs import evolve, frozen

from troupe_core.actions.answer_schema import AnswerSchemas
from troupe_core.actions.offer import Offer
from troupe_core.agent.faculties import asides, asked_along, encoded, noticed
from troupe_core.agent.live_agent import LiveAgent
from troupe_core.agent.perception import attended, perceive
from troupe_core.agent.prompt import Introduction, Situation, compose
from troupe_core.agent.recall import recall
from troupe_core.agent.remembering import percepts_remembered
from troupe_core.contracts.executor import Executor
from troupe_core.contracts.promised import promised, to_await
from troupe_core.contracts.turn import Turn
from troupe_core.errors import WorkerLost, is_defect
from troupe_core.guard.untrusted import clipped
from troupe_core.journal.defect import note_defect, problem_of
from troupe_core.journal.notebook import Notebook
from troupe_core.memory.embedding import EmbeddingLine
from troupe_core.values.canonical import content_hash
from troupe_core.values.chat import ChatRequest
from troupe_core.values.ids import EventId
from troupe_core.values.input import Commit
from troupe_core.values.memory import Hit, Memory
from troupe_core.values.percept import Percept
from troupe_core.values.stimulus import Media, Stimulus
from troupe_core.values.work import Decision, TurnResult, TurnWork

__all__ = ["Decided", "Surroundings", "decide_turn"]

_MOST_TRIES = 3
"""How often the same work is handed to an executor that loses its workers."""

_LONGEST_ANSWER_KEPT = 4000
"""In characters: how much of an answer that cannot be used stands in the journal; the input has it whole."""


@frozen(kw_only=True)
class Surroundings:
    """What the world gives an agent for its turn."""

    observed: Iterable[Stimulus]
    scene: str | None
    offer: Offer
    seed: int
    schemas: AnswerSchemas
    commit: Commit
    embedding: EmbeddingLine | None = None


@frozen(kw_only=True)
class Decided:
    """A turn that waits to be settled."""

    agent: LiveAgent
    turn: Turn
    notebook: Notebook
    offer: Offer
    decision: Decision
    event: EventId
    """The `decision` event."""
    fresh: Sequence[Memory]
    """Memories of what was perceived, to be kept once the turn is settled."""
    derived: Sequence[bool]
    """Which of these follow from their stimulus alone: the journal needs no more than their ids."""


async def decide_turn(agent: LiveAgent, turn: Turn, around: Surroundings, notebook: Notebook) -> Decided:
    """The turn up to its decision. Writes nothing but the notebook."""
    stimuli = attended(agent, around.observed)
    percepts = noticed(agent, turn, await perceive(agent, turn, stimuli, around.commit, notebook), notebook)
    perceived = notebook.add("percept", {"percepts": [_noted(each) for each in percepts]}, _ids(percepts))
    plain = percepts_remembered(agent, turn, percepts, perceived)
    fresh = encoded(agent, turn, plain, notebook)
    hits = await recall(agent, turn, fresh, around.embedding, notebook)
    notebook.add("recall", {"ids": [hit.memory.id for hit in hits]}, (perceived,))
    request = _showing(_request(agent, turn, around, fresh, hits, notebook), _seen(agent, percepts))
    asked = notebook.add("request", _request_noted(agent, request), (perceived,))
    work = TurnWork(agent=agent.id, step=turn.step, rank=agent.rank, llm=agent.llm, request=request)
    result = await _decided(agent, work, around.offer, notebook)
    event = _note_result(notebook, result, asked)
    return Decided(
        agent=agent,
        turn=turn,
        notebook=notebook,
        offer=around.offer,
        decision=result.decision,
        event=event,
        fresh=fresh,
        derived=[
            kept is was and percept.stimulus.id is not None
            for kept, was, percept in zip(fresh, plain, percepts, strict=True)
        ],
    )


def _request(
    agent: LiveAgent,
    turn: Turn,
    around: Surroundings,
    fresh: Sequence[Memory],
    hits: Sequence[Hit],
    notebook: Notebook,
) -> ChatRequest:
    if agent.introduction is None:
        agent.introduction = Introduction.of(agent.persona, around.offer)
    schema, size = around.schemas.of(around.offer, asked_along(agent, turn, notebook))
    situation = Situation(
        now=turn.now,
        scene=around.scene,
        asides=asides(agent, turn, notebook),
        memories=[(hit.memory.at, hit.memory.text) for hit in hits],
        percepts=[memory.text for memory in fresh],
        offer=around.offer,
    )
    return ChatRequest(
        messages=compose(agent.introduction, situation, agent.limits.request_bytes - size),
        schema=schema,
        seed=around.seed,
        agent=agent.id,
        step=turn.step,
    )


def _seen(agent: LiveAgent, percepts: Sequence[Percept]) -> tuple[Media, ...]:
    """The pictures that a model which takes them sees itself."""
    if not agent.perceiver.sees_images:
        return ()
    kept = (percept.media for percept in percepts)
    return tuple(medium for medium in kept if medium is not None and medium.media_type.startswith("image/"))


def _showing(request: ChatRequest, seen: tuple[Media, ...]) -> ChatRequest:
    if not seen:
        return request
    *before, now = request.messages
    return evolve(request, messages=(*before, evolve(now, media=seen)))


async def _decided(agent: LiveAgent, work: TurnWork, offer: Offer, notebook: Notebook) -> TurnResult:
    """What the executor makes of the work; where it breaks down, it is named, and the agent waits."""
    try:
        result = promised(await _run(agent.executor, work), TurnResult, "run")
        unknown = [name for each in result.decision.actions if (name := each.get("action")) not in offer.actions]
        if unknown:
            raise ValueError(f"run decided on {unknown[0]!r}, which was not offered")
    except BaseException as defect:
        if not is_defect(defect):
            raise
        note_defect(notebook, "execution", agent.executor, defect)
        return TurnResult(attempts=(), decision=Decision(because=problem_of(defect)))
    return result


async def _run(executor: Executor, work: TurnWork) -> TurnResult:
    for _ in range(_MOST_TRIES - 1):
        with suppress(WorkerLost):
            return await to_await(executor.run(work), "run")
    return await to_await(executor.run(work), "run")


def _request_noted(agent: LiveAgent, request: ChatRequest) -> Mapping[str, Any]:
    """The request for the journal: what changes in full, message 0 by its hash."""
    introduction, *rest = request.messages
    noted: dict[str, Any] = {
        "llm": agent.llm,
        "introduction": content_hash(introduction.text.encode()),
        "messages": [each.text for each in rest],
    }
    media = [medium.ref for each in rest for medium in each.media]
    return {**noted, "media": media} if media else noted


def _note_result(notebook: Notebook, result: TurnResult, asked: EventId) -> EventId:
    cause = asked
    for attempt in result.attempts:
        if attempt.response is not None:
            text = clipped(attempt.response.text, _LONGEST_ANSWER_KEPT)
            cause = notebook.add("answer", {"text": text, "finish": attempt.response.finish}, (cause,))
        if attempt.problem is not None:
            cause = notebook.add("failure", {"component": "llm", "problem": attempt.problem}, (cause,))
    decision = result.decision
    data: dict[str, Any] = {"actions": list(decision.actions)}
    if decision.told:
        data["told"] = decision.told
    if decision.because is not None:
        data["because"] = decision.because
    return notebook.add("decision", data, (cause,))


def _noted(percept: Percept) -> Any:
    """A percept for the journal: a reference where it is just what the stimulus says."""
    stimulus = percept.stimulus
    if stimulus.id is None:
        return {"stimulus": stimulus.to_json(), "text": percept.text}
    return stimulus.id if percept.text == stimulus.text else {"of": stimulus.id, "text": percept.text}


def _ids(percepts: Sequence[Percept]) -> tuple[EventId, ...]:
    return tuple(percept.stimulus.id for percept in percepts if percept.stimulus.id is not None)
