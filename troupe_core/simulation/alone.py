"""One person's life outside any simulation: what it is told and asked is a run of its own."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

from attrs import define, field

from troupe_core.agent.interview import Question, interview
from troupe_core.agent.live_agent import LiveAgent
from troupe_core.agent.question_form import form_of
from troupe_core.errors import LLMError, TroupeError
from troupe_core.guard.untrusted import plain_text
from troupe_core.journal.notebook import Notebook
from troupe_core.journal.run import Run
from troupe_core.simulation.group import moment_of, turn_of
from troupe_core.simulation.lent_context import LentContext
from troupe_core.simulation.live_turn import emitted
from troupe_core.simulation.observers import Watch
from troupe_core.simulation.prepared import Prepared
from troupe_core.simulation.reaction import Reaction
from troupe_core.simulation.running import Stopwatch, begin, close_step, end, open_step, play_step
from troupe_core.simulation.settling import keep
from troupe_core.simulation.stage import Stage
from troupe_core.simulation.staging import meaning
from troupe_core.values.change import Delivery
from troupe_core.values.event import Event
from troupe_core.values.ids import AgentId
from troupe_core.values.json import JSON
from troupe_core.values.memory import Memory
from troupe_core.values.observed import EventRecorded
from troupe_core.values.stimulus import Stimulus
from troupe_core.values.streams import derived_seed

__all__ = ["Alone"]


@define(eq=False)
class Alone:
    """Opened with the first thing that is told or asked. Each of these is a step; they wait for one another."""

    prepare: Callable[[], Prepared]
    """Makes the study of one person."""
    memories: Sequence[Memory] = ()
    """What is remembered of an earlier run."""
    run: Run | None = field(default=None, init=False)
    _stage: Stage | None = field(default=None, init=False)
    _loop: asyncio.AbstractEventLoop | None = field(default=None, init=False)
    _lock: asyncio.Lock = field(factory=asyncio.Lock, init=False)
    _stopwatch: Stopwatch = field(factory=Stopwatch, init=False)
    _events: list[Event] = field(factory=list, init=False)
    """Of the present step."""
    _next_step: int = field(default=0, init=False)

    async def tell(self, text: str, by: str | None) -> Reaction:
        """Play a step in which this is heard. Raises `TroupeError`."""
        async with self._lock, self._step() as (stage, agent):
            name = AgentId(by) if by else None
            told = (agent.id,) if by else None  # what happens is for whoever is there
            heard = Stimulus(text=text, kind="talk" if by else "event", source=name, to=told)
            await play_step(stage, told=[Delivery(heard, (agent.id,))])
            return Reaction.of(agent.id, self._events)

    async def ask(self, question: str, schema: Any, by: str, *, remembered: bool) -> JSON:
        """Ask, beside the loop. Raises `TroupeError`; `LLMError` where no answer could be used."""
        form = form_of(schema)
        async with self._lock, self._step() as (stage, agent):
            stage.write([open_step(stage)])
            notebook = Notebook(stage.step, 0, agent.rank, agent.id)
            said = Stimulus(text=question, kind="question", source=AgentId(by), to=(agent.id,))
            seed = derived_seed(stage.seed, agent.id, stage.step, "ask")
            asked = Question(asked=emitted(said, notebook), form=form, seed=seed)
            turn = turn_of(stage, agent, moment_of(stage), notebook)
            answer = await interview(agent, turn, asked, LentContext(stage, "agent").ask, stage.embedding, notebook)
            if remembered:
                await keep(stage, agent, notebook, answer.memories, answer.event)
            stage.write([notebook])
            close_step(stage)
        if answer.problem is not None:
            raise LLMError(f"{agent.id} gave no answer that can be used: {answer.problem}", where="ask")
        return answer.value

    async def close(self) -> None:
        """Close what is open."""
        if self._stage is not None:
            stage, self._stage = self._stage, None
            await end(stage, "finished", None, self._stopwatch)

    @asynccontextmanager
    async def _step(self) -> AsyncIterator[tuple[Stage, LiveAgent]]:
        """The next step. After it everything is on disk, as if that had been the end."""
        stage = await self._opened()
        stage.step = self._next_step
        self._next_step += 1
        self._events.clear()
        stage.journal.about(status="running", reason=None)
        (agent,) = stage.agents.values()
        try:
            yield stage, agent
        except BaseException as fault:
            stage.journal.about(status="stopped", reason=plain_text(f"{type(fault).__name__}: {fault}"))
            raise
        else:
            stage.journal.about(status="finished")
        finally:
            stage.journal.commit()

    async def _opened(self) -> Stage:
        loop = asyncio.get_running_loop()
        if self._stage is None:
            prepared = self.prepare()
            folder = prepared.folder_for(None)
            watch: Watch = {EventRecorded: lambda told: self._events.append(told.event)}
            self._stage = await prepared.stage(folder, watch)
            self._loop, self.run = loop, Run.open(folder)
            begin(self._stage, meaning(self._stage, prepared.file), 0)
            if self.memories:
                await self._remember(self._stage)
        elif self._loop is not loop:
            raise TroupeError(
                "this agent lives in another event loop, that of its first tell or ask",
                remedy="Put all that you await into one coroutine: asyncio.run(main()).",
            )
        return self._stage

    async def _remember(self, stage: Stage) -> None:
        """The first step: nothing happens in it but that the agent remembers."""
        stage.step = self._next_step
        self._next_step += 1
        stage.write([open_step(stage)])
        (agent,) = stage.agents.values()
        notebook = Notebook(stage.step, 0, agent.rank, agent.id)
        await keep(stage, agent, notebook, self.memories, None)
        stage.write([notebook])
        close_step(stage)
