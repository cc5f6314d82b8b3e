"""A study that can be run: the way in, for the command line and for Python."""

import asyncio
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from os import environ
from pathlib import Path
from typing import Any

import tomli_w
from attrs import asdict, define, field

from troupe_core.actions.grants import Grants
from troupe_core.config.settings import PartTable, Study
from troupe_core.config.study_file import StudyFile
from troupe_core.contracts.embedder import Embedder
from troupe_core.contracts.environment import Environment
from troupe_core.contracts.llm import LLM
from troupe_core.discovery.plugins import Plugins
from troupe_core.discovery.selection import Selection
from troupe_core.errors import TroupeError
from troupe_core.journal.blobs import Blobs
from troupe_core.journal.folder import free_folder, make_run_folder
from troupe_core.journal.run import Run
from troupe_core.journal.writer import JournalWriter
from troupe_core.llm.line import ModelLine
from troupe_core.llm.meter import Meter
from troupe_core.simulation.casting import add_agent, make_parts, read_personas, roles
from troupe_core.simulation.checkpoint import Start, restore_states
from troupe_core.simulation.lent_context import LentContext
from troupe_core.simulation.observers import Observers
from troupe_core.simulation.parts import Parts
from troupe_core.simulation.running import Stopwatch, play
from troupe_core.simulation.stage import Stage
from troupe_core.values.canonical import canonical, content_hash
from troupe_core.values.observed import ModelCallFinished
from troupe_core.values.persona import Persona

__all__ = ["Simulation"]

_MEANING = (
    "simulation",
    "agent_defaults",
    "memory",
    "embedder",
    "environment",
    "tools",
    "faculties",
    "modalities",
    "stimuli",
)
"""The sections that decide what a run means: they are in its first event, and so in its digest."""


@define(kw_only=True, eq=False)
class Simulation:
    """A study, checked as far as that goes without running it: every file is read, every component found."""

    file: StudyFile
    study: Study
    plugins: Plugins
    personas: Sequence[Sequence[Persona]] = field(repr=False)

    @classmethod
    def from_file(
        cls,
        path: str | Path,
        *,
        settings: Iterable[str] = (),
        llm: str | None = None,
        plugins: str | None = None,
    ) -> "Simulation":
        """The simulation that a study file describes.

        `settings` are ``path=value`` as behind ``--set``, `llm` is ``NAME[:MODEL]``, `plugins` the allow list of
        ``--plugins``. Raises `ConfigError` and `PluginError` with everything that can be known to be wrong.
        """
        return cls.of(StudyFile.read(path, settings=settings, llm=llm), plugins=plugins)

    @classmethod
    def of(cls, file: StudyFile, *, plugins: str | None = None) -> "Simulation":
        """The simulation of tables that are read already."""
        selection = Selection.read(file.plugins, where=file.name, environ=environ, option=plugins)
        found = Plugins.discover(selection)
        found.check_required()
        study = file.study()
        simulation = cls(file=file, study=study, plugins=found, personas=read_personas(study, file.name))
        make_parts(study, simulation._new_parts(), file.name)
        return simulation

    async def run(
        self,
        out: str | Path | None = None,
        *,
        watch: Callable[[object], None] | None = None,
        start: Start | None = None,
    ) -> Run:
        """Run it, into the folder `out` or a new one below ``runs/``; returns the run on disk.

        `watch` is told what observers are told. `start` lets it begin later than at step 0, with states that another
        run kept; memories are not among them, since they follow from the journal. Raises `RunFolderError` before anything is asked, `RunStopped` at a
        limit; on cancellation the run ends cleanly and stays readable.
        """
        stopwatch = Stopwatch()
        folder = free_folder(Path("runs"), self.study.simulation.name) if out is None else Path(out)
        parts = self._new_parts()
        make_parts(self.study, parts, self.file.name)
        make_run_folder(folder)
        stage = self._stage(parts, folder, watch)
        try:
            await self._open(stage, start)
        except BaseException:
            await parts.close_all()
            stage.journal.about(status="failed", reason="could not be opened")
            stage.journal.close()
            raise
        await play(stage, self._meaning(stage), stopwatch, first_step=0 if start is None else start.step)
        return Run.open(folder)

    def run_sync(
        self,
        out: str | Path | None = None,
        *,
        watch: Callable[[object], None] | None = None,
        start: Start | None = None,
    ) -> Run:
        """As `run`, for scripts. Raises `TroupeError` where an event loop runs already: there, ``await`` it."""
        with suppress(RuntimeError):
            asyncio.get_running_loop()
            raise TroupeError("an event loop runs already, as in a notebook", remedy="Write: await simulation.run()")
        return asyncio.run(self.run(out, watch=watch, start=start))

    def _new_parts(self) -> Parts:
        return Parts(plugins=self.plugins, file=self.file.name, folder=self.file.folder)

    def _stage(self, parts: Parts, folder: Path, watch: Callable[[object], None] | None) -> Stage:
        environment, embedder = parts.made["environment"], parts.made.get("embedder")
        assert isinstance(environment, Environment)
        assert embedder is None or isinstance(embedder, Embedder)
        stage = Stage(
            study=self.study,
            folder=folder,
            parts=parts,
            environment=environment,
            embedder=embedder,
            journal=JournalWriter(folder),
            blobs=Blobs(folder / "blobs"),
            observers=Observers(self.plugins, watch),
            grants=Grants({table.place: frozenset(table.grants) for table in _tables(self.study)}),
            meter=Meter(),
            gate=asyncio.Semaphore(self.study.execution.concurrency),
        )
        stage.lines = {table.place: _line(stage, table) for table in _models(self.study)}
        return stage

    async def _open(self, stage: Stage, start: Start | None) -> None:
        """Open all parts, then let everybody come alive."""
        _write_config(stage.folder, self.file.tables)
        stage.journal.about(config=_plain(self.file.tables), file=self.file.name)
        await stage.parts.open_all(lambda place: LentContext(stage, place))
        for persona, entry in await roles(self.study, self.personas, stage.parts, self.file.name):
            add_agent(stage, persona, entry)
        if start is not None:
            restore_states(stage, start.states)

    def _meaning(self, stage: Stage) -> dict[str, Any]:
        """The first event: all that the run means, and nothing of how it is carried out."""
        tables = {section: self.file.tables[section] for section in _MEANING if section in self.file.tables}
        personas = {name: asdict(agent.persona) for name, agent in stage.agents.items()}
        return {"study": _plain(tables), "agents": list(personas), "personas": content_hash(personas)}


def _models(study: Study) -> list[PartTable]:
    return [table for table in (study.llm, *study.llms.values()) if table is not None]


def _tables(study: Study) -> list[PartTable]:
    single = [study.memory, study.environment, *filter(None, [study.embedder])]
    named = [*study.tools.values(), *study.faculties.values(), *study.modalities.values(), *study.analyzers]
    return [*_models(study), *single, *named]


def _line(stage: Stage, table: PartTable) -> ModelLine:
    llm = stage.parts.made[table.place]
    assert isinstance(llm, LLM)
    listens = stage.observers.listens(ModelCallFinished)
    return ModelLine(
        place=table.place,
        llm=llm,
        commit=stage.journal.bring_in,
        total=stage.meter,
        gate=stage.gate,
        budget=table.budget,
        notify=stage.observers.tell if listens else None,
    )


def _write_config(folder: Path, tables: Mapping[str, Any]) -> None:
    text = "# The study as it was run: the file with everything that the command line changed.\n"
    (folder / "config.toml").write_text(text + tomli_w.dumps(tables), encoding="utf-8")


def _plain(tables: Mapping[str, Any]) -> Any:
    """The tables with nothing but what JSON can say: TOML has dates too."""
    return json.loads(canonical(tables))
