"""A study, checked as far as that goes without running it, and the stage that it sets."""

from os import environ
from pathlib import Path
from typing import Self

from attrs import field, frozen

from troupe_core.config.settings import Study
from troupe_core.config.study_file import StudyFile
from troupe_core.discovery.plugins import Plugins
from troupe_core.discovery.selection import Selection
from troupe_core.journal.folder import free_folder, make_run_folder
from troupe_core.simulation.casting import check_addressees, check_world, make_parts, read_personas
from troupe_core.simulation.checkpoint import Start
from troupe_core.simulation.observers import Watch
from troupe_core.simulation.parts import Parts
from troupe_core.simulation.stage import Stage
from troupe_core.simulation.staging import open_stage, set_stage
from troupe_core.simulation.tracing import Trace
from troupe_core.values.persona import Persona

__all__ = ["Prepared"]


@frozen(kw_only=True)
class Prepared:
    """Every file is read, every component found, every key right."""

    file: StudyFile
    study: Study
    plugins: Plugins
    personas: list[list[Persona]] = field(repr=False)
    """Of each entry of ``[[agents]]``."""

    @classmethod
    def of(cls, file: StudyFile, plugins: str | None = None) -> Self:
        """Check what is written; `plugins` is the allow list of ``--plugins``.

        Raises `ConfigError` and `PluginError` with everything that can be known to be wrong.
        """
        found = Plugins.discover(Selection.read(file.plugins, where=file.name, environ=environ, option=plugins))
        found.check_required()
        study = file.study()
        prepared = cls(file=file, study=study, plugins=found, personas=read_personas(study, file.name))
        parts = prepared._new_parts()
        make_parts(study, parts, file.name)
        if all(entry.population is None for entry in study.agents):
            names = [each.name for own in prepared.personas for each in own]
            check_addressees(study, names, file.name)
            with parts.blaming("environment", "begin"):
                check_world(parts.make("environment", study.environment), study, names, file.name)
        return prepared

    async def stage(self, folder: Path, watch: Watch, start: Start | None = None, trace: Trace | None = None) -> Stage:
        """The stage of a run in this folder, everything open and everybody there. Raises `RunFolderError`."""
        parts = self._new_parts(trace)
        make_parts(self.study, parts, self.file.name)
        make_run_folder(folder)
        stage = set_stage(self.study, parts, folder, watch)
        await open_stage(stage, self.file, self.personas, start)
        return stage

    def folder_for(self, out: str | Path | None) -> Path:
        """The folder of the next run: `out`, or the first free one below ``runs/``."""
        return free_folder(Path("runs"), self.study.simulation.name) if out is None else Path(out)

    def _new_parts(self, trace: Trace | None = None) -> Parts:
        plugins = self.plugins if trace is None else self.plugins.traced(trace.ledger)
        return Parts(plugins=plugins, file=self.file.name, folder=self.file.folder, trace=trace)
