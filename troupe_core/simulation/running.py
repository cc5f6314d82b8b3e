"""The run: from the first step to the last, and a clean end whatever happens."""

import asyncio
import resource
import sys
import time
from collections.abc import Sequence
from mimetypes import guess_type
from typing import Any

from attrs import define, field

from troupe_core.contracts.promised import each_promised, promised
from troupe_core.errors import ConfigError, RunStopped, headline_of, is_stop
from troupe_core.guard.untrusted import plain_text
from troupe_core.journal.defect import note_defect, problem_of
from troupe_core.journal.notebook import Notebook
from troupe_core.simulation.analyses import write_reports
from troupe_core.simulation.barrier import cross_barrier
from troupe_core.simulation.broken_parts import broken_parts
from troupe_core.simulation.checkpoint import keep_states
from troupe_core.simulation.group import play_group
from troupe_core.simulation.stage import Stage
from troupe_core.simulation.turn_order import groups
from troupe_core.simulation.watchdog import loop_watched
from troupe_core.values.change import Delivery
from troupe_core.values.ids import AgentId
from troupe_core.values.observed import RunFinished, RunStarted, StepFinished, StepStarted
from troupe_core.values.stimulus import Media

__all__ = ["Stopwatch", "begin", "close_step", "end", "open_step", "play", "play_step"]


@define
class Stopwatch:
    """What a run takes of this process: everything from its making on is included."""

    wall: float = field(factory=time.perf_counter)
    cpu: float = field(factory=time.process_time)

    def measured(self) -> dict[str, Any]:
        """Seconds, and the peak of resident memory in megabytes (10⁶ bytes)."""
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return {
            "wall_s": round(time.perf_counter() - self.wall, 3),
            "cpu_s": round(time.process_time() - self.cpu, 3),
            "peak_rss_mb": round(peak / 1e6 if sys.platform == "darwin" else peak * 1024 / 1e6, 1),
        }


async def play(stage: Stage, run_data: dict[str, Any], stopwatch: Stopwatch, *, first_step: int = 0) -> None:
    """Play all steps. Whatever ends the run, its parts are closed and its journal says how it ended."""
    status, reason = "failed", None
    try:
        reason = await _play_steps(stage, run_data, first_step)
        status = "finished"
    except RunStopped as stop:
        status, reason = "stopped", plain_text(stop.what)
        raise
    except (asyncio.CancelledError, KeyboardInterrupt):
        status, reason = "interrupted", "interrupted"
        raise
    except BaseException as fault:
        reason = plain_text(headline_of(fault))
        raise
    finally:
        await asyncio.shield(end(stage, status, reason, stopwatch))


async def _play_steps(stage: Stage, run_data: dict[str, Any], first_step: int) -> str | None:
    media = [_read_media(stage, entry.media) for entry in stage.study.stimuli]
    begin(stage, run_data, first_step)
    reason = None
    with loop_watched(stage):
        for step in range(first_step, stage.study.simulation.steps):
            stage.step = step
            await play_step(stage, media)
            reason = _over(stage)
            if reason is not None or not stage.agents:
                break
    closing = stage.world_notebook(stage.step + 1)
    closing.add("run", {"ended": reason or ("nobody is left" if not stage.agents else "all steps are done")})
    stage.write([closing])
    await write_reports(stage)
    return reason


def begin(stage: Stage, run_data: dict[str, Any], first_step: int) -> None:
    """Write what the run means, its first event, and tell observers."""
    settings = stage.study.simulation
    opening = stage.world_notebook(first_step)
    opening.add("run", run_data)
    stage.write([opening])
    agents = tuple(stage.agents)
    stage.observers.tell(RunStarted(folder=stage.folder, name=settings.name, steps=settings.steps, agents=agents))


async def play_step(stage: Stage, media: Sequence[Media | None] = (), told: Sequence[Delivery] = ()) -> None:
    """Play one step; `told` is delivered beside what the study's stimuli say."""
    notebook = open_step(stage)
    await cross_barrier(stage, notebook, media, told)
    order = _told_turns(stage, notebook)
    stage.note_asides(notebook)
    stage.write([notebook])
    stage.observers.tell(StepStarted(step=stage.step, present=len(stage.agents)))
    for number, members in groups(stage.study.simulation.turn_order, list(stage.agents.values()), order):
        await play_group(stage, number, members)
    close_step(stage)


def open_step(stage: Stage) -> Notebook:
    """What the step begins with: its time, and how many are there."""
    notebook = stage.world_notebook(stage.step)
    notebook.add("step", {"time": stage.clock.at(stage.step).isoformat(), "present": len(stage.agents)})
    return notebook


def close_step(stage: Stage) -> None:
    """Commit the step, with the states of all parts now and then."""
    if (stage.step + 1) % stage.study.execution.checkpoint == 0 or stage.step + 1 == stage.study.simulation.steps:
        keep_states(stage)
    stage.journal.commit()
    stage.observers.tell(StepFinished(step=stage.step))


def _told_turns(stage: Stage, notebook: Notebook) -> Sequence[Sequence[AgentId]] | None:
    """What the environment says about who acts when; None where it leaves that to the study, or breaks down."""
    try:
        told = stage.environment.turns(stage.step, stage.present)
        if told is None:
            return None
        return [list(map(AgentId, sorted(each_promised(group, str, "turns")))) for group in told]
    except BaseException as defect:
        if is_stop(defect):
            raise
        note_defect(notebook, "environment", stage.environment, defect)
        return None


def _over(stage: Stage) -> str | None:
    try:
        return promised(stage.environment.finished(), str | None, "finished")
    except BaseException as defect:
        if is_stop(defect):
            raise
        notebook = stage.world_notebook(stage.step + 1)
        note_defect(notebook, "environment", stage.environment, defect)
        stage.write([notebook])
        return None


def _read_media(stage: Stage, path: Any) -> Media | None:
    if path is None:
        return None
    try:
        data = path.read_bytes()
    except OSError as fault:
        raise ConfigError(f"the medium cannot be read: {fault.strerror}", where=str(path)) from fault
    media_type = guess_type(path.name)[0] or "application/octet-stream"
    return Media(ref=stage.blobs.put(data, media_type), media_type=media_type)


def _keep_trace(stage: Stage) -> None:
    """Which plugin did what, beside the journal. Only a traced run knows."""
    if stage.parts.trace is not None:
        ledger = stage.parts.plugins.loading()
        ledger.entries.update(stage.parts.trace.ledger.entries)
        stage.journal.about(traced=ledger.rows())


async def end(stage: Stage, status: str, reason: str | None, stopwatch: Stopwatch) -> None:
    """Close all parts, then the journal; tell observers."""
    problems = await stage.parts.close_all()
    notes = stage.world_notebook(stage.step + 1)
    for part, fault in problems:
        notes.add("note", {"component": type(part).__name__, "problem": f"close: {problem_of(fault)}"})
    stage.asides += broken_parts(stage)
    stage.note_asides(notes)
    stage.write([notes])
    stage.journal.about(status=status, reason=reason, measured={"llm": stage.meter.as_json(), **stopwatch.measured()})
    _keep_trace(stage)
    stage.journal.close()
    stage.observers.tell(RunFinished(folder=stage.folder, status=status, reason=reason, digest=stage.journal.digest))
