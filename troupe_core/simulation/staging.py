"""Setting the stage of a run: parts, people and journal, ready for the first step."""

import asyncio
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

import tomli_w
from attrs import asdict

from troupe_core.actions.grants import Grants
from troupe_core.config.settings import PartTable, Study
from troupe_core.config.study_file import StudyFile
from troupe_core.contracts.embedder import Embedder
from troupe_core.contracts.environment import Environment
from troupe_core.contracts.llm import LLM
from troupe_core.discovery.plugins import Plugins
from troupe_core.errors import headline_of
from troupe_core.guard.untrusted import plain_text
from troupe_core.journal.blobs import Blobs
from troupe_core.journal.writer import JournalWriter
from troupe_core.llm.line import ModelLine
from troupe_core.llm.meter import Meter
from troupe_core.memory.embedding import EmbeddingLine
from troupe_core.simulation.casting import add_agent, check_addressees, check_world, roles
from troupe_core.simulation.checkpoint import Start, restore_states
from troupe_core.simulation.lent_context import LentContext
from troupe_core.simulation.observers import Observers, Watch
from troupe_core.simulation.parts import Parts
from troupe_core.simulation.stage import Stage
from troupe_core.values.canonical import canonical, content_hash
from troupe_core.values.observed import ModelCallFinished
from troupe_core.values.persona import Persona

__all__ = ["meaning", "open_stage", "set_stage"]

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


def set_stage(study: Study, parts: Parts, folder: Path, watch: Watch | None) -> Stage:
    """The stage, with its parts made and its journal begun; nobody is there yet."""
    environment, embedder = parts.made["environment"], parts.made.get("embedder")
    assert isinstance(environment, Environment)
    assert embedder is None or isinstance(embedder, Embedder)
    journal = JournalWriter(folder)
    stage = Stage(
        study=study,
        folder=folder,
        run_id=f"{folder.name}-{uuid4().hex[:12]}",
        parts=parts,
        environment=environment,
        embedding=None if embedder is None else EmbeddingLine(embedder=embedder, commit=journal.bring_in),
        journal=journal,
        blobs=Blobs(folder / "blobs"),
        observers=Observers(parts.plugins, watch or {}),
        grants=Grants({table.place: frozenset(table.grants) for table in _tables(study)}),
        meter=Meter(),
        gate=asyncio.Semaphore(study.execution.concurrency),
    )
    stage.journal.about(id=stage.run_id)
    stage.lines = {table.place: _line(stage, table) for table in _models(study)}
    return stage


async def open_stage(stage: Stage, file: StudyFile, personas: Sequence[Sequence[Persona]], start: Start | None) -> None:
    """Open all parts, then let everybody come alive. Where that fails, everything is closed again."""
    try:
        _write_config(stage.folder, file.tables)
        stage.journal.about(
            config=_plain(file.tables),
            file=file.name,
            home=_home(file.folder, stage.folder),
            plugin_files=_plugin_files(stage.parts.plugins),
        )
        await stage.parts.open_all(lambda place: LentContext(stage, place))
        for persona, entry in await roles(stage.study, personas, stage.parts, file.name):
            add_agent(stage, persona, entry)
        check_addressees(stage.study, stage.agents, file.name)
        with stage.parts.blaming("environment", "begin"):
            check_world(stage.environment, stage.study, stage.present, file.name)
        if start is not None:
            restore_states(stage, start.states)
    except BaseException as fault:
        await stage.parts.close_all()
        stopped = isinstance(fault, asyncio.CancelledError | KeyboardInterrupt)
        status, reason = (
            ("interrupted", "interrupted") if stopped else ("failed", f"could not be opened: {headline_of(fault)}")
        )
        stage.journal.about(status=status, reason=plain_text(reason))
        stage.journal.close()
        raise


def meaning(stage: Stage, file: StudyFile) -> dict[str, Any]:
    """The first event: all that the run means, and nothing of how it is carried out."""
    tables = {section: file.tables[section] for section in _MEANING if section in file.tables}
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
        patience=stage.study.execution.patience.total_seconds(),
        notify=stage.observers.tell if listens else None,
    )


def _write_config(folder: Path, tables: Mapping[str, Any]) -> None:
    text = "# The study as it was run: the file with everything that the command line changed.\n"
    (folder / "config.toml").write_text(text + tomli_w.dumps(tables), encoding="utf-8")


def _home(study: Path, run: Path) -> str:
    """Where the study's files are, from the run's folder: both may move together."""
    return Path(os.path.relpath(study.resolve(), run.resolve())).as_posix()


def _plugin_files(plugins: Plugins) -> dict[str, Any]:
    """The files of the study that are plugins, with what stands for their content: a replay can tell that one changed.

    As the study names them: a run says nothing of the folders of who made it.
    """
    active = {plugin.file for plugin in plugins.installed if plugin.state == "active"}
    named = zip(plugins.selection.paths, plugins.selection.local, strict=True)
    return {path: entry.content for path, entry in named if entry.file in active}


def _plain(tables: Mapping[str, Any]) -> Any:
    """The tables with nothing but what JSON can say: TOML has dates too."""
    return json.loads(canonical(tables))
