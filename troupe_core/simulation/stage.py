"""Everything that is alive in one run."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from attrs import define, field

from troupe_core.actions.answer_schema import AnswerSchemas
from troupe_core.actions.grants import Grants
from troupe_core.actions.offer import Offer, Offers
from troupe_core.agent.live_agent import LiveAgent
from troupe_core.config.settings import Study
from troupe_core.contracts.environment import Environment
from troupe_core.contracts.promised import each_promised
from troupe_core.errors import is_stop
from troupe_core.journal.blobs import Blobs
from troupe_core.journal.defect import note_defect
from troupe_core.journal.notebook import Notebook
from troupe_core.journal.writer import JournalWriter
from troupe_core.llm.line import ModelLine
from troupe_core.llm.meter import Meter
from troupe_core.memory.embedding import EmbeddingLine
from troupe_core.simulation.clock import Clock
from troupe_core.simulation.observers import Observers
from troupe_core.simulation.parts import Parts
from troupe_core.values.action import ActionSpec
from troupe_core.values.ids import WORLD, AgentId, Rank
from troupe_core.values.json import JSON

__all__ = ["Stage"]


@define(kw_only=True, eq=False)
class Stage:
    """The study, its parts, the people present, and the journal that all of it goes into."""

    study: Study
    folder: Path
    run_id: str
    """Names this run and no other in the world: to whatever is outside, such as a mail server."""
    parts: Parts
    environment: Environment
    embedding: EmbeddingLine | None
    journal: JournalWriter
    blobs: Blobs
    observers: Observers
    grants: Grants
    meter: Meter
    gate: asyncio.Semaphore
    lines: dict[str, ModelLine] = field(factory=dict)
    """The line to each model, by place."""
    agents: dict[AgentId, LiveAgent] = field(factory=dict)
    """Everybody present, in order of rank."""
    next_rank: Rank = field(default=Rank(0))
    step: int = 0
    state: dict[str, JSON] = field(factory=dict)
    """The state of a `VersionedEnvironment`."""
    offers: Offers = field(factory=Offers)
    schemas: AnswerSchemas = field(factory=AnswerSchemas)
    touched: set[tuple[str, AgentId | None]] = field(factory=set)
    """Whose state has to be kept at the next checkpoint: place of the part, agent."""
    asides: list[Mapping[str, str]] = field(factory=list)
    """What went wrong beside what happened, not yet noted: it belongs in no digest."""
    broken: Counter[str] = field(factory=Counter)
    """How often each component broke down, as `failure` events name it."""
    _world: Notebook | None = field(default=None, init=False)
    """The last one of the world's own."""

    @property
    def seed(self) -> int:
        return self.study.simulation.seed

    @property
    def clock(self) -> Clock:
        return Clock(self.study.simulation)

    @property
    def present(self) -> tuple[AgentId, ...]:
        return tuple(self.agents)

    def world_notebook(self, step: int) -> Notebook:
        """For what happens before anybody acts in a step; it counts on where the last one of that step ended."""
        last = self._world
        first = last.next_ordinal if last is not None and last.step == step else 0
        self._world = Notebook(step, -1, WORLD, None, first)
        return self._world

    def note_asides(self, notebook: Notebook) -> None:
        """Write down what went wrong beside what happened: behind all events, whose ids must not depend on it."""
        for each in self.asides:
            notebook.add("note", each)
        self.asides.clear()
        self.observers.note_problems(notebook)

    def write(self, notebooks: Sequence[Notebook]) -> None:
        """Append events in their logical order, and tell observers."""
        self.journal.append(notebooks)
        for notebook in notebooks:
            if notebook.failed:
                self.broken.update(notebook.failed)
        self.observers.events(notebooks)

    def rank_of(self, agent: AgentId | None) -> Rank:
        """The rank for inputs: the world's for None, and for somebody who is not there."""
        known = None if agent is None else self.agents.get(agent)
        return WORLD if known is None else known.rank

    def line_of(self, agent: AgentId | None) -> ModelLine:
        """The line to the model of an agent, or to the run's."""
        known = None if agent is None else self.agents.get(agent)
        return self.lines["llm" if known is None else known.llm]

    def offer_for(self, agent: LiveAgent, notebook: Notebook) -> Offer:
        """What this agent can do now. A provider that cannot tell offers nothing, and is named in the journal."""
        provided = []
        for place, provider in agent.providers.items():
            try:
                provided.append((place, each_promised(provider.actions(agent.id), ActionSpec, "actions")))
            except BaseException as defect:
                if is_stop(defect):
                    raise
                note_defect(notebook, place, provider, defect)
        return self.offers.of(provided)
