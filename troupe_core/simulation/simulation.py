"""A study that can be run: the way in, for the command line and for Python."""

import asyncio
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from attrs import define

from troupe_core.config.settings import Study
from troupe_core.config.study_file import StudyFile
from troupe_core.config.use import Use
from troupe_core.errors import TroupeError
from troupe_core.journal.figures import counted
from troupe_core.journal.run import Run
from troupe_core.simulation.agent import Agent
from troupe_core.simulation.checkpoint import Start
from troupe_core.simulation.composing import Component, Member, Settings, composed
from troupe_core.simulation.observers import Watch
from troupe_core.simulation.prepared import Prepared
from troupe_core.simulation.running import Stopwatch, play
from troupe_core.simulation.staging import meaning
from troupe_core.simulation.tracing import Trace
from troupe_core.values.persona import Persona

__all__ = ["Simulation"]


@define(init=False, eq=False, repr=False)
class Simulation:
    """A study, checked as far as that goes without running it: every file is read, every component found."""

    _prepared: Prepared

    def __init__(
        self,
        agents: Iterable[Agent | Persona | Mapping[str, Any] | str | Path | Use],
        *,
        llm: Component | None = None,
        environment: Component = "room",
        memory: Component = "recent",
        embedder: Component | None = None,
        llms: Mapping[str, Component] | None = None,
        tools: Mapping[str, Component] | None = None,
        faculties: Mapping[str, Component] | None = None,
        modalities: Mapping[str, Component] | None = None,
        stimuli: Iterable[Mapping[str, Any]] = (),
        analyzers: Iterable[Component] = (),
        name: str = "simulation",
        steps: int | None = None,
        seed: int | None = None,
        start: datetime | None = None,
        step: timedelta | str | None = None,
        turn_order: str | None = None,
        execution: Mapping[str, Any] | None = None,
        plugins: str | None = None,
        folder: str | Path = ".",
    ) -> None:
        """A simulation put together in Python; each argument is the section or key of that name in a study file.

        `agents` are agents, personas (objects, tables or files) or populations (``use("census", count=40)``).
        A component is its name, or `use` with settings. What is None has the default of the file. Paths in settings
        are relative to `folder`. Raises `ConfigError` and `PluginError` with everything that can be known to be wrong.
        """
        settings = Settings(
            name=name,
            llm=llm,
            environment=environment,
            memory=memory,
            embedder=embedder,
            llms=llms or {},
            tools=tools or {},
            faculties=faculties or {},
            modalities=modalities or {},
            stimuli=stimuli,
            analyzers=analyzers,
            steps=steps,
            seed=seed,
            start=start,
            step=step,
            turn_order=turn_order,
            execution=execution or {},
            folder=folder,
        )
        self.__attrs_init__(Prepared.of(composed([_member(each) for each in agents], settings), plugins))

    @classmethod
    def from_file(
        cls,
        path: str | Path,
        *,
        settings: Iterable[str] = (),
        llm: str | Use | None = None,
        plugins: str | None = None,
    ) -> "Simulation":
        """The simulation that a study file describes.

        `settings` are ``path=value`` as behind ``--set``, `llm` is ``NAME[:MODEL]`` or ``use(…)``, `plugins` the allow
        list of ``--plugins``. Raises `ConfigError` and `PluginError` with everything that can be known to be wrong.
        """
        simulation = cls.__new__(cls)
        simulation.__attrs_init__(Prepared.of(StudyFile.read(path, settings=settings, llm=llm), plugins))
        return simulation

    @property
    def study(self) -> Study:
        """The settings, typed."""
        return self._prepared.study

    async def run(
        self,
        out: str | Path | None = None,
        *,
        watch: Watch | None = None,
        start: Start | None = None,
        progress: bool = True,
        trace_plugins: bool = False,
    ) -> Run:
        """Run it, into the folder `out` or a new one below ``runs/``; returns the run on disk.

        In a notebook the run shows itself below its cell, unless `progress` is false or `watch` is given.
        `watch` names functions to be told what observers are told, by its class. `start` lets the run begin later than
        at step 0, with states that another run kept; memories are not among them, since they follow from the journal.
        With `trace_plugins` the run keeps which plugin did what and how long: `Run.stats` has it as ``plugins``.

        Raises `RunFolderError` before anything is asked, `RunStopped` at a limit; on cancellation the run ends
        cleanly and stays readable.
        """
        stopwatch = Stopwatch()
        folder = self.folder_for(out)
        with self._watched(watch, progress=progress) as watching:
            stage = await self._prepared.stage(folder, watching, start, Trace() if trace_plugins else None)
            first_step = 0 if start is None else start.step
            await play(stage, meaning(stage, self._prepared.file), stopwatch, first_step=first_step)
        return Run.open(folder)

    def run_sync(
        self,
        out: str | Path | None = None,
        *,
        watch: Watch | None = None,
        start: Start | None = None,
        trace_plugins: bool = False,
    ) -> Run:
        """As `run`, for scripts. Raises `TroupeError` where an event loop runs already: there, ``await`` it."""
        with suppress(RuntimeError):
            asyncio.get_running_loop()
            raise TroupeError("an event loop runs already, as in a notebook", remedy="Write: await simulation.run()")
        return asyncio.run(self.run(out, watch=watch, start=start, trace_plugins=trace_plugins))

    def folder_for(self, out: str | Path | None) -> Path:
        """The folder of the next run: `out`, or the first free one below ``runs/``."""
        return self._prepared.folder_for(out)

    def _watched(self, watch: Watch | None, *, progress: bool) -> AbstractContextManager[Watch]:
        """Who watches the run: who was given, or the notebook that it is started from."""
        if watch is not None or not progress:
            return nullcontext(watch or {})
        from troupe_core.display.notebook import in_notebook, notebook_lights

        return notebook_lights(self.study) if in_notebook() else nullcontext({})

    def __repr__(self) -> str:
        study = self.study
        names = [each.name for own in self._prepared.personas for each in own]
        return f"Simulation({study.simulation.name!r}: {', '.join(names)}; {counted(study.simulation.steps, 'step')})"


def _member(given: Agent | Persona | Mapping[str, Any] | str | Path | Use) -> Member:
    if isinstance(given, Use):
        return given
    agent = given if isinstance(given, Agent) else Agent(given)
    return agent.persona, agent.ways()
