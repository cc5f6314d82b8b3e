"""A study that can be run: the way in, for the command line and for Python."""

import asyncio
from collections.abc import Iterable, Sequence
from contextlib import suppress
from os import environ
from pathlib import Path

from attrs import define, field

from troupe_core.config.settings import Study
from troupe_core.config.study_file import StudyFile
from troupe_core.discovery.plugins import Plugins
from troupe_core.discovery.selection import Selection
from troupe_core.errors import TroupeError
from troupe_core.journal.folder import free_folder, make_run_folder
from troupe_core.journal.run import Run
from troupe_core.simulation.casting import check_addressees, make_parts, read_personas
from troupe_core.simulation.checkpoint import Start
from troupe_core.simulation.observers import Watch
from troupe_core.simulation.parts import Parts
from troupe_core.simulation.running import Stopwatch, play
from troupe_core.simulation.staging import meaning, open_stage, set_stage
from troupe_core.values.persona import Persona

__all__ = ["Simulation"]


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
        if all(entry.population is None for entry in study.agents):
            check_addressees(study, [each.name for own in simulation.personas for each in own], file.name)
        return simulation

    async def run(
        self,
        out: str | Path | None = None,
        *,
        watch: Watch | None = None,
        start: Start | None = None,
    ) -> Run:
        """Run it, into the folder `out` or a new one below ``runs/``; returns the run on disk.

        `watch` names functions to be told what observers are told, by its class. `start` lets the run begin later than
        at step 0, with states that another run kept; memories are not among them, since they follow from the journal.

        Raises `RunFolderError` before anything is asked, `RunStopped` at a limit; on cancellation the run ends
        cleanly and stays readable.
        """
        stopwatch = Stopwatch()
        folder = self.folder_for(out)
        parts = self._new_parts()
        make_parts(self.study, parts, self.file.name)
        make_run_folder(folder)
        stage = set_stage(self.study, parts, folder, watch)
        await open_stage(stage, self.file, self.personas, start)
        await play(stage, meaning(stage, self.file), stopwatch, first_step=0 if start is None else start.step)
        return Run.open(folder)

    def run_sync(
        self,
        out: str | Path | None = None,
        *,
        watch: Watch | None = None,
        start: Start | None = None,
    ) -> Run:
        """As `run`, for scripts. Raises `TroupeError` where an event loop runs already: there, ``await`` it."""
        with suppress(RuntimeError):
            asyncio.get_running_loop()
            raise TroupeError("an event loop runs already, as in a notebook", remedy="Write: await simulation.run()")
        return asyncio.run(self.run(out, watch=watch, start=start))

    def folder_for(self, out: str | Path | None) -> Path:
        """The folder of the next run: `out`, or the first free one below ``runs/``."""
        return free_folder(Path("runs"), self.study.simulation.name) if out is None else Path(out)

    def _new_parts(self) -> Parts:
        return Parts(plugins=self.plugins, file=self.file.name, folder=self.file.folder)
