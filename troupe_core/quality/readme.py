"""The README of a plugin: it shows a study that can be run."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from attrs import fields_dict, frozen

from troupe_core.config.settings import AgentEntry, AgentSettings, PartTable, Study
from troupe_core.config.structuring import structured
from troupe_core.discovery.entry_points import normal
from troupe_core.discovery.found import Found
from troupe_core.errors import PluginError, TroupeError
from troupe_core.quality.rule import Seen, unless, unseen
from troupe_core.quality.subject import Subject

__all__ = ["readme_shows_a_study"]

_BLOCK = re.compile(
    r"^ {0,3}(`{3,}|~{3,})[ ]*(?:\{code-block\} )?toml\b[^\n]*\n(.*?)^ {0,3}\1", re.MULTILINE | re.DOTALL
)
_WRONG = "# file: wrong"
"""How a block begins that is shown for what is wrong with it."""
_LISTS = {
    "tools": ("tool", "tools"),
    "faculties": ("faculty", "faculties"),
    "perception": ("modality", "modalities"),
}
"""Where agents list tables, or components that have none: their kind, and the section of the tables."""
_SINGLE = {"llm": "llm", "memory": "memory_backend", "embedder": "embedder", "environment": "environment"}
_NAMED = {"llms": "llm", "tools": "tool", "faculties": "faculty", "modalities": "modality"}


@frozen(kw_only=True)
class _Block:
    where: str
    tables: Mapping[str, Any]

    @property
    def is_whole(self) -> bool:
        """A study of its own, not a piece of one."""
        return "llm" in self.tables and "agents" in self.tables


def readme_shows_a_study(subject: Subject) -> Seen:
    """One block is a whole study that uses the plugin; in every piece of a study the keys and values can be."""
    about = subject.about
    if about is None:
        return unseen("it is no distribution: it has no README")
    if not about.readme:
        return unless(["there is no README"])
    faults: list[str] = []
    used: set[tuple[str, str]] = set()
    for block in _blocks(about.readme, about.readme_name, faults):
        try:
            study: Study = structured(Study, block.tables, file=block.where, place=(), folder=Path())
            faults += _faults(block, study, subject)
        except TroupeError as error:
            faults.append(_in_a_line(error))
            continue
        used |= set(_used(study)) if block.is_whole else set()
    return unless(faults or _not_shown(used, subject, about.readme_name))


def _not_shown(used: set[tuple[str, str]], subject: Subject, name: str) -> Iterator[str]:
    if not used:
        yield f"no TOML block of {name} is a whole study, with [llm] and [[agents]]"
    elif subject.found and not any(_is_meant(found, kind, use) for found in subject.found for kind, use in used):
        yield f"no study in {name} uses {' or '.join(found.component.name for found in subject.found)}"


def _blocks(text: str, name: str, faults: list[str]) -> Iterator[_Block]:
    """Those that are studies or pieces of one; what is not TOML is a fault."""
    for found in _BLOCK.finditer(text):
        where = f"{name}, line {text.count(chr(10), 0, found.start()) + 1}"
        try:
            tables = tomllib.loads(found[2])
        except tomllib.TOMLDecodeError as error:
            faults.append(f"{where}: not TOML: {error}")
            continue
        if not found[2].startswith(_WRONG) and any(
            key in fields_dict(Study) and isinstance(value, dict | list) for key, value in tables.items()
        ):
            yield _Block(where=where, tables=tables)


def _faults(block: _Block, study: Study, subject: Subject) -> Iterator[str]:
    """The settings of each component that is installed here; others are their own authors' to know."""
    for place, kind, table in _tables(study):
        try:
            found = subject.among.find(kind, table.use)
            shape = subject.among.config_class(found)
        except PluginError:
            continue
        try:
            if shape is not None:
                structured(shape, table.options, file=block.where, place=place, folder=Path())
            elif table.options:
                yield f"{block.where}: [{'.'.join(map(str, place))}] {table.use} has nothing to set"
        except TroupeError as error:
            yield _in_a_line(error)


def _used(study: Study) -> Iterator[tuple[str, str]]:
    for _, kind, table in _tables(study):
        yield kind, table.use
    yield "executor", study.execution.executor
    everybody: list[AgentSettings | AgentEntry] = [study.agent_defaults, *study.agents]
    for settings in everybody:
        for key, (kind, section) in _LISTS.items():
            named = getattr(study, section)
            yield from ((kind, name) for name in getattr(settings, key) or () if name not in named)


def _tables(study: Study) -> Iterator[tuple[tuple[str | int, ...], str, PartTable]]:
    for section, kind in _SINGLE.items():
        table = getattr(study, section)
        if table is not None:
            yield (section,), kind, table
    for section, kind in _NAMED.items():
        yield from (((section, name), kind, table) for name, table in getattr(study, section).items())
    yield from ((("analyzers", number), "analyzer", table) for number, table in enumerate(study.analyzers))
    for number, entry in enumerate(study.agents):
        if entry.population is not None:
            yield ("agents", number, "population"), "persona_source", entry.population.source


def _is_meant(found: Found, kind: str, use: str) -> bool:
    within, _, name = use.rpartition(":")
    return found.kind == kind and found.component.name == name and normal(within) in ("", found.plugin.distribution)


def _in_a_line(error: TroupeError) -> str:
    return " ".join(f"{error.where}: {error.what}".split() if error.where else error.what.split())
