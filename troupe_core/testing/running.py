"""A study that a test runs."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import Any

import tomli_w
from attrs import define, field

from troupe_core.config.use import Use, as_toml
from troupe_core.errors import ConfigError
from troupe_core.journal.folder import free_folder
from troupe_core.journal.run import Run
from troupe_core.simulation.simulation import Simulation

__all__ = ["TroupeRun"]


@define
class TroupeRun:
    """The fixture `troupe_run`."""

    _folder: Path
    """Where studies are written that are given as text."""
    _runs: Path
    _numbers: Iterator[int] = field(factory=lambda: count(1), init=False)

    def __call__(
        self,
        study: str | Path | Mapping[str, Any],
        *,
        settings: Iterable[str] = (),
        llm: str | Use | None = None,
        files: Mapping[str, str | bytes] | None = None,
        plugins: str | None = None,
        out: str | Path | None = None,
    ) -> Run:
        """Run it. Raises what the simulation raises: `ConfigError`, `PluginError`, `RunStopped`, `LLMError`."""
        file = self._file(study, files)
        simulation = Simulation.from_file(file, settings=settings, llm=llm, plugins=plugins)
        folder = free_folder(self._runs, simulation.study.simulation.name) if out is None else Path(out)
        return simulation.run_sync(folder)

    def _file(self, study: str | Path | Mapping[str, Any], files: Mapping[str, str | bytes] | None) -> Path:
        if isinstance(study, Path) or (isinstance(study, str) and _is_path(study)):
            if files:
                raise ConfigError(
                    f"files go with a study that is given as text: {study} has its own beside it", where="troupe_run"
                )
            return Path(study)
        for name, content in (files or {}).items():
            path = self._folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        number = next(self._numbers)
        file = self._folder / ("study.toml" if number == 1 else f"study-{number}.toml")
        file.write_text(study if isinstance(study, str) else tomli_w.dumps(as_toml(study)), encoding="utf-8")
        return file


def _is_path(study: str) -> bool:
    """A text of one line that sets nothing is the name of a file."""
    return "\n" not in study and "=" not in study and not study.lstrip().startswith("[")
