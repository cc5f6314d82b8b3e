"""A study file, read: its tables, its settings, and the selection of plugins that it makes."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from attrs import evolve, field, frozen

from troupe_core.config.faults import at, shown
from troupe_core.config.overrides import with_llm, with_settings
from troupe_core.config.plain import plain
from troupe_core.config.settings import PartTable, Study
from troupe_core.config.structuring import structured
from troupe_core.config.toml_file import read_toml, remedy_for_missing
from troupe_core.config.use import Use
from troupe_core.errors import ConfigError

__all__ = ["StudyFile"]

_NAMED = ("llms", "tools", "faculties", "modalities")
"""Sections of tables with names."""
_NAME = re.compile(r"\w[\w-]*")


@frozen(kw_only=True)
class StudyFile:
    """What somebody wrote, not yet typed: ``[plugins]`` is needed before the rest can be."""

    name: str
    """How errors call it."""
    folder: Path
    """What its paths are relative to."""
    tables: Mapping[str, Any] = field(factory=dict)

    @classmethod
    def read(cls, path: str | Path, *, settings: Iterable[str] = (), llm: str | Use | None = None) -> "StudyFile":
        """The study in a TOML file, with changes from the command line. Raises `ConfigError`."""
        file, settings = Path(path), list(settings)
        tables = with_llm(with_settings(read_toml(file), settings), llm)
        if llm is not None:  # the other model's table came in place of the one that was set
            tables = with_settings(tables, [each for each in settings if each.startswith("llm.")])
        return cls(name=str(file), folder=file.parent, tables=tables)

    @property
    def plugins(self) -> Mapping[str, Any] | None:
        """The raw ``[plugins]`` table."""
        return self.tables.get("plugins")

    def study(self) -> Study:
        """The typed settings. Raises `ConfigError` with everything that is wrong in the core's own keys."""
        plain(self.tables, lambda place: at(self.name, place))
        study = structured(Study, self.tables, file=self.name, place=(), folder=self.folder)
        if study.llm is None:
            raise ConfigError(
                "[llm] is missing: no model plays the people",
                where=self.name,
                remedy='Add two lines: [llm] and use = "mock" (from troupe-mock-llm), or another model\'s name.',
            )
        if not study.agents:
            raise ConfigError(
                "there are no agents",
                where=self.name,
                remedy='Add at least one: [[agents]] and persona = "somebody.toml".',
            )
        for number, entry in enumerate(study.agents):
            if (entry.persona is None) == (entry.population is None):
                both = "both" if entry.persona is not None else "neither"
                raise ConfigError(
                    f"expected either persona or population, got {both}", where=at(self.name, ("agents", number))
                )
        self._check_names(study)
        self._check_media(study)
        return _placed(study)

    def _check_names(self, study: Study) -> None:
        """A table's name is that of a folder in the run too."""
        for section in _NAMED:
            for name in getattr(study, section):
                if _NAME.fullmatch(name) is None:
                    raise ConfigError(
                        f"expected a name of letters, digits, dashes and underscores, got {shown(name)}",
                        where=f"{self.name}: [{section}]",
                    )

    def _check_media(self, study: Study) -> None:
        """A medium that is not there would end the run only when everything is open."""
        for number, entry in enumerate(study.stimuli):
            if entry.media is not None and not entry.media.is_file():
                raise ConfigError(
                    f"there is no file {entry.media}",
                    where=at(self.name, ("stimuli", number, "media")),
                    remedy=remedy_for_missing(entry.media),
                )


def _placed(study: Study) -> Study:
    """The study with each component's table knowing where it stands."""
    single = ("llm", "memory", "embedder", "environment")
    changes: dict[str, Any] = {
        section: {name: evolve(table, place=f"{section}.{name}") for name, table in getattr(study, section).items()}
        for section in _NAMED
    }
    changes |= {section: _at(getattr(study, section), section) for section in single}
    changes["analyzers"] = tuple(_at(table, f"analyzers.{n}") for n, table in enumerate(study.analyzers, start=1))
    return evolve(study, **changes)


def _at(table: PartTable | None, place: str) -> PartTable | None:
    return None if table is None else evolve(table, place=place)
