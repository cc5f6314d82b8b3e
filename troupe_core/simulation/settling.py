"""Decisions → outcomes: what comes of a group's actions, in order of rank, and what everybody keeps of it."""

from collections.abc import Sequence
from typing import Any

from attrs import define, evolve

from troupe_core.actions.offer import OfferedAction
from troupe_core.agent.live_agent import LiveAgent
from troupe_core.agent.remembering import deeds_remembered, memory_as_json, plainly_kept
from troupe_core.agent.turn import Decided
from troupe_core.contracts.action_provider import acted
from troupe_core.contracts.faculty import Faculty
from troupe_core.contracts.promised import each_promised, to_await
from troupe_core.errors import is_defect
from troupe_core.journal.defect import note_defect
from troupe_core.journal.notebook import Notebook
from troupe_core.simulation.lending import lent, own_copy, plainly
from troupe_core.simulation.live_turn import LiveTurn
from troupe_core.simulation.reading import read_kept
from troupe_core.simulation.stage import Stage
from troupe_core.simulation.world_view import WorldView
from troupe_core.values.action import ActionCall, Outcome
from troupe_core.values.ids import EventId
from troupe_core.values.memory import Memory
from troupe_core.values.stimulus import Stimulus

__all__ = ["keep", "settle_group"]


@define(eq=False)
class _Deed:
    """One action of a decision on its way to an outcome."""

    decided: Decided
    offered: OfferedAction
    call: ActionCall
    """As its provider calls it."""
    turn: LiveTurn
    outcome: Outcome | None = None


async def settle_group(stage: Stage, decided: Sequence[Decided], view: WorldView) -> None:
    """Let the world settle the group's actions in it, then let each agent's other actions happen, by rank."""
    by_turn = [_deeds(each) for each in decided]
    everything = [deed for deeds in by_turn for deed in deeds]
    _refuse_ungranted(stage, everything)
    await _settle_in_world(stage, [d for d in everything if d.offered.provider == "environment"], view)
    for each, deeds in zip(decided, by_turn, strict=True):
        await _settle_turn(stage, each, deeds)


def _deeds(decided: Decided) -> list[_Deed]:
    deeds = []
    for chosen in decided.decision.actions:
        arguments = dict(chosen)
        offered = decided.offer.actions[str(arguments.pop("action"))]
        call = ActionCall(decided.agent.id, offered.own_name, arguments)
        turn: Any = decided.turn
        deeds.append(_Deed(decided, offered, call, turn.of_call(decided.event)))
    return deeds


def _refuse_ungranted(stage: Stage, deeds: Sequence[_Deed]) -> None:
    for deed in deeds:
        deed.outcome = stage.grants.refusal(deed.offered.spec, deed.offered.provider)


async def _settle_in_world(stage: Stage, deeds: Sequence[_Deed], view: WorldView) -> None:
    """One call of `Environment.settle` for the group; a world that breaks down fails these actions, not the run."""
    open_deeds = [deed for deed in deeds if deed.outcome is None]
    if not open_deeds:
        return
    _touch(stage, open_deeds)
    try:
        calls = [(lent(deed.call), deed.turn) for deed in open_deeds]
        outcomes = each_promised(await to_await(stage.environment.settle(view, calls), "settle"), Outcome, "settle")
        if len(outcomes) != len(open_deeds):
            raise ValueError(f"settle returned {len(outcomes)} outcomes for {len(open_deeds)} actions")
    except BaseException as defect:
        if not is_defect(defect):
            raise
        outcomes = [Outcome.failed(defect)] * len(open_deeds)
    for deed, outcome in zip(open_deeds, outcomes, strict=True):
        deed.outcome = plainly(outcome)


async def _settle_turn(stage: Stage, decided: Decided, deeds: Sequence[_Deed]) -> None:
    agent, notebook = decided.agent, decided.notebook
    agent.waiting.clear()
    for deed in deeds:
        if deed.outcome is None:
            _touch(stage, [deed])
            deed.outcome = await _act(stage, agent, deed)
    outcomes = [_noted(notebook, deed) for deed in deeds]
    for _, outcome, _ in outcomes:
        if outcome.text:
            agent.receive(_result(outcome))
    await _remember(stage, decided, outcomes)


async def _act(stage: Stage, agent: LiveAgent, deed: _Deed) -> Outcome:
    provider = agent.providers[deed.offered.provider]
    if deed.offered.spec.effect == "read":
        return await read_kept(stage, provider, deed.offered.provider, deed.call, deed.turn)
    return plainly(await acted(provider, lent(deed.call), deed.turn))


def _touch(stage: Stage, deeds: Sequence[_Deed]) -> None:
    for deed in deeds:
        stage.touched.add((deed.offered.provider, None))
        stage.touched.add((deed.offered.provider, deed.call.agent))


def _noted(notebook: Notebook, deed: _Deed) -> tuple[ActionCall, Outcome, EventId]:
    outcome = deed.outcome
    assert outcome is not None
    data: dict[str, Any] = {"action": deed.offered.spec.name, "arguments": deed.call.arguments}
    if outcome.status != "done":
        data["status"] = outcome.status
    if outcome.text is not None:
        data["text"] = outcome.text
    if not outcome.trusted:
        data["trusted"] = False
    event = notebook.add("outcome", data, (deed.decided.event, *deed.turn.emissions))
    if outcome.status == "refused":
        notebook.add("refusal", {"action": data["action"], "why": outcome.problem or outcome.text}, (event,))
    elif outcome.problem is not None:
        component = f"{deed.offered.provider}.{deed.offered.own_name}"
        notebook.add("failure", {"component": component, "problem": outcome.problem}, (event,))
    return deed.call, outcome, event


def _result(outcome: Outcome) -> Stimulus:
    """What the agent perceives of an outcome in its next turn."""
    return Stimulus(text=outcome.text or "", kind="result", trusted=outcome.trusted)


async def _remember(stage: Stage, decided: Decided, outcomes: Sequence[tuple[ActionCall, Outcome, EventId]]) -> None:
    agent, turn, notebook = decided.agent, decided.turn, decided.notebook
    made = [*decided.fresh, *deeds_remembered(agent, turn, outcomes)]
    for place, part in agent.faculties:
        made += await _after(stage, place, part, decided, [outcome for _, outcome, _ in outcomes])
    if not made:
        return
    derived = [*decided.derived, *[False] * (len(made) - len(decided.derived))]
    stored = [m.id if follows else memory_as_json(m) for m, follows in zip(made, derived, strict=True)]
    await _store(stage, agent, notebook, made, notebook.add("memory", {"stored": stored}, (decided.event,)))


async def keep(
    stage: Stage, agent: LiveAgent, notebook: Notebook, memories: Sequence[Memory], cause: EventId | None
) -> None:
    """Let the agent keep these, whole in the journal."""
    stored = [memory_as_json(memory) for memory in memories]
    event = notebook.add("memory", {"stored": stored}, () if cause is None else (cause,))
    await _store(stage, agent, notebook, memories, event)


async def _store(
    stage: Stage, agent: LiveAgent, notebook: Notebook, memories: Sequence[Memory], event: EventId
) -> None:
    made = await _embedded(stage, agent, memories, notebook)
    try:
        await to_await(agent.memory.store(agent.id, made), "store")
    except BaseException as defect:
        if not is_defect(defect):
            raise
        note_defect(notebook, "memory", agent.memory, defect)
        notebook.add("note", {"lost": event})


async def _after(
    stage: Stage, place: str, faculty: Faculty, decided: Decided, outcomes: Sequence[Outcome]
) -> Sequence[Memory]:
    stage.touched.add((place, decided.agent.id))
    try:
        told = own_copy(decided.decision.told)
        returned = await to_await(faculty.after(decided.turn, told, outcomes), "after")
        made = each_promised(returned, Memory, "after")
        return [plainly_kept(memory) for memory in made]
    except BaseException as defect:
        if not is_defect(defect):
            raise
        note_defect(decided.notebook, place, faculty, defect)
        return ()


async def _embedded(stage: Stage, agent: LiveAgent, memories: Sequence[Memory], notebook: Notebook) -> Sequence[Memory]:
    """The memories with vectors, where there is an embedder; without, where it breaks down."""
    embedding, bare = stage.embedding, [memory for memory in memories if memory.vector is None]
    if embedding is None or not bare:
        return memories
    try:
        texts = [memory.text for memory in bare]
        vectors = iter(await embedding.embed(texts, "document", step=stage.step, rank=agent.rank))
    except BaseException as defect:
        if not is_defect(defect):
            raise
        note_defect(notebook, "embedder", embedding.embedder, defect)
        return memories
    return [memory if memory.vector is not None else evolve(memory, vector=next(vectors)) for memory in memories]
