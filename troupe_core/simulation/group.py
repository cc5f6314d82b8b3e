"""One group of turns: everybody decides at once, then all of it is settled in order of rank."""

import asyncio
from collections.abc import Coroutine, Iterable, Sequence
from itertools import islice
from typing import Any, TypeVar

from troupe_core.agent.live_agent import LiveAgent
from troupe_core.agent.turn import Decided, Surroundings, decide_turn
from troupe_core.contracts.promised import each_promised, promised
from troupe_core.errors import RunStopped, is_defect, is_stop
from troupe_core.guard.untrusted import plain_text
from troupe_core.journal.defect import note_defect, problem_of
from troupe_core.journal.notebook import Notebook
from troupe_core.simulation.live_turn import LiveTurn
from troupe_core.simulation.settling import settle_group
from troupe_core.simulation.stage import Stage
from troupe_core.simulation.world_view import Moment, WorldView
from troupe_core.values.stimulus import Stimulus
from troupe_core.values.streams import derived_seed
from troupe_core.values.work import Decision

__all__ = ["moment_of", "play_group", "turn_of"]

T = TypeVar("T")


async def play_group(stage: Stage, number: int, members: Sequence[LiveAgent]) -> None:
    """Decide and settle the turns of one group, and write what happened."""
    step, moment = stage.step, moment_of(stage)
    decided = await _all(_decide(stage, agent, number, moment) for agent in members)
    await settle_group(stage, decided, WorldView(moment, (step, number), writable=True))
    for agent in members:
        agent.last_look = (step, number)
    stage.write([each.notebook for each in decided])


def moment_of(stage: Stage) -> Moment:
    """What all who act now have in common."""
    return Moment(
        step=stage.step,
        now=stage.clock.at(stage.step),
        since=stage.clock.at(max(stage.step - 1, 0)),
        present=stage.present,
        state=stage.state,
        seed=stage.seed,
    )


def turn_of(stage: Stage, agent: LiveAgent, moment: Moment, notebook: Notebook) -> LiveTurn:
    """The agent's turn of this step, as parts get to know it."""
    return LiveTurn(
        agent=agent.id,
        own_persona=agent.persona,
        step=stage.step,
        rank=agent.rank,
        now=moment.now,
        present=moment.present,
        seed=stage.seed,
        run=stage.run_id,
        notebook=notebook,
        journal=stage.journal,
    )


async def _decide(stage: Stage, agent: LiveAgent, number: int, moment: Moment) -> Decided:
    notebook = Notebook(stage.step, number, agent.rank, agent.id)
    turn = turn_of(stage, agent, moment, notebook)
    view = WorldView(moment, agent.last_look)
    around = Surroundings(
        observed=_observed(stage, view, agent, notebook),
        scene=_scene(stage, view, agent, notebook),
        offer=stage.offer_for(agent, notebook),
        seed=derived_seed(stage.seed, agent.id, stage.step, "turn"),
        schemas=stage.schemas,
        embedding=stage.embedding,
        commit=stage.journal.bring_in,
    )
    try:
        return await decide_turn(agent, turn, around, notebook)
    except BaseException as defect:
        if not is_defect(defect):
            raise
        return _nothing_decided(agent, turn, around, notebook, defect)


def _nothing_decided(
    agent: LiveAgent, turn: LiveTurn, around: Surroundings, notebook: Notebook, defect: BaseException
) -> Decided:
    """A turn that broke down where no part can be named: the agent waits."""
    failure = note_defect(notebook, "turn", agent, defect)
    because = problem_of(defect)
    event = notebook.add("decision", {"actions": [], "because": because}, (failure,))
    return Decided(
        agent=agent,
        turn=turn,
        notebook=notebook,
        offer=around.offer,
        decision=Decision(because=because),
        event=event,
        fresh=(),
        derived=(),
    )


def _observed(stage: Stage, view: WorldView, agent: LiveAgent, notebook: Notebook) -> Sequence[Stimulus]:
    """What the agent observes: as much as its attention can take, however much there is."""
    try:
        seen = islice(stage.environment.observe(view, agent.id), agent.limits.attention)
        return each_promised(seen, Stimulus, "observe")
    except BaseException as defect:
        if is_stop(defect):
            raise
        note_defect(notebook, "environment", stage.environment, defect)
        return ()


def _scene(stage: Stage, view: WorldView, agent: LiveAgent, notebook: Notebook) -> str | None:
    try:
        scene = promised(stage.environment.scene(view, agent.id), str | None, "scene")
        return plain_text(scene) if scene else None
    except BaseException as defect:
        if is_stop(defect):
            raise
        note_defect(notebook, "environment", stage.environment, defect)
        return None


async def _all(turns: Iterable[Coroutine[Any, Any, T]]) -> list[T]:
    """All of them at once, in order. The first that fails ends the others; of several, the lowest rank counts.

    A limit ends nobody who is under way: what is asked already is paid for, and its answer kept.
    """
    tasks = [asyncio.ensure_future(turn) for turn in turns]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
        while len(done) < len(tasks) and all(isinstance(task.exception(), RunStopped | None) for task in done):
            await asyncio.wait([task for task in tasks if task not in done], return_when=asyncio.FIRST_EXCEPTION)
            done = {task for task in tasks if task.done()}
    except asyncio.CancelledError:
        await _end(tasks)
        raise
    failed = [task for task in tasks if task in done and task.exception() is not None]
    if failed:
        await _end(tasks)
        raise failed[0].exception() or RuntimeError
    return [task.result() for task in tasks]


async def _end(tasks: Sequence["asyncio.Future[Any]"]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
