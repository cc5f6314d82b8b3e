"""A study put together in Python: the tables that a file would hold, checked and kept with the run as those are."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeAlias

from attrs import define, field

from troupe_core.config.overrides import with_llm
from troupe_core.config.persona_file import persona_table
from troupe_core.config.study_file import StudyFile
from troupe_core.config.use import Use, as_toml
from troupe_core.errors import ConfigError
from troupe_core.values.persona import Persona

__all__ = ["Cast", "Component", "Member", "Settings", "composed"]

Component: TypeAlias = str | Use
"""A component by its name, or with settings."""

Member: TypeAlias = tuple[Persona, Mapping[str, Any]] | Use
"""Somebody and how they live, or a population."""

Cast: TypeAlias = Sequence[Member]

_LISTED = {"tools": "tools", "faculties": "faculties", "perception": "modalities"}
"""What an agent lists, and the section that holds its tables."""


@define(kw_only=True)
class Settings:
    """What `Simulation` is given beside its agents."""

    name: str
    llm: Component | None
    environment: Component
    memory: Component
    embedder: Component | None = None
    llms: Mapping[str, Component] = field(factory=dict)
    tools: Mapping[str, Component] = field(factory=dict)
    faculties: Mapping[str, Component] = field(factory=dict)
    modalities: Mapping[str, Component] = field(factory=dict)
    stimuli: Iterable[Mapping[str, Any]] = ()
    analyzers: Iterable[Component] = ()
    steps: int | None = None
    seed: int | None = None
    start: datetime | None = None
    step: timedelta | str | None = None
    turn_order: str | None = None
    execution: Mapping[str, Any] = field(factory=dict)
    plugin_files: Iterable[str | Path] = ()
    folder: str | Path = "."


def composed(cast: Cast, settings: Settings, *, where: str = "Simulation") -> StudyFile:
    """The study. Raises `ConfigError` for what is no component; all else is checked like a file."""
    tables: dict[str, Any] = {"simulation": _simulation(settings), "execution": dict(settings.execution)}
    for section in ("llms", "tools", "faculties", "modalities"):
        tables[section] = {name: _table(each, f"{section}.{name}") for name, each in getattr(settings, section).items()}
    llm = settings.llm  # before agents bring models along: a name means one of `llms`, or a component
    tables = with_llm(tables, llm) if isinstance(llm, str) else _with(tables, "llm", llm)
    for section in ("environment", "memory", "embedder"):
        tables = _with(tables, section, getattr(settings, section))
    tables["agents"] = [_entry(member, tables, settings) for member in cast]
    tables["plugins"] = {"paths": files} if (files := [str(each) for each in settings.plugin_files]) else {}
    tables["stimuli"] = [as_toml(each) for each in settings.stimuli]
    tables["analyzers"] = [_table(each, "analyzers") for each in settings.analyzers]
    tables = {section: table for section, table in tables.items() if table}
    return StudyFile(name=where, folder=Path(settings.folder), tables=tables)


def _simulation(settings: Settings) -> dict[str, Any]:
    names = ("name", "steps", "seed", "start", "step", "turn_order")
    given: dict[str, Any] = as_toml({name: getattr(settings, name) for name in names})
    return given


def _with(tables: dict[str, Any], section: str, component: Component | None) -> dict[str, Any]:
    return tables if component is None else {**tables, section: _table(component, section)}


def _table(component: Any, place: str) -> dict[str, Any]:
    if isinstance(component, Use):
        return component.table()
    if isinstance(component, str):
        return {"use": component}
    raise ConfigError(
        f"{place}: expected the name of a component, or use(…), got {type(component).__name__}",
        where="Simulation",
        remedy='For example: environment=use("room", place="a kitchen").',
    )


def _entry(member: Member, tables: dict[str, Any], settings: Settings) -> dict[str, Any]:
    """An entry of ``[[agents]]``; what the agent brings along gets a table of its own."""
    if isinstance(member, Use):
        return {"population": member.table()}
    persona, ways = member
    entry: dict[str, Any] = {"persona": persona_table(persona)}
    for key, value in ways.items():
        if key == "llm":
            known = isinstance(value, str) and value in settings.llms
            entry["llm"] = value if known else _named(value, "llms", tables)
        elif key in _LISTED:
            entry[key] = [each if isinstance(each, str) else _named(each, _LISTED[key], tables) for each in value]
        else:
            entry[key] = value
    return entry


def _named(component: Component, section: str, tables: dict[str, Any]) -> str:
    """The name of the component's table in a section: one that is the same already, or a new one."""
    table = with_llm({}, component)["llm"] if isinstance(component, str) else _table(component, section)
    known: dict[str, Any] = tables[section]
    base = str(table["use"]).replace(":", "-").replace(".", "-")
    number, name = 1, base
    while name in known and known[name] != table:
        number += 1
        name = f"{base}-{number}"
    known[name] = table
    return name
