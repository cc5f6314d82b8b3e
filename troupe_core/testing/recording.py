"""Cassettes: what a model answered once, kept beside the test and replayed."""

import os
import re
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from shutil import copyfile
from typing import Any, Literal, TypeAlias, cast

from attrs import define, field

from troupe_core.config.overrides import with_llm
from troupe_core.config.use import Use, use
from troupe_core.errors import ConfigError
from troupe_core.testing.isolation import need_mock_llm

__all__ = ["RecordMode", "RecordedLLM", "record_mode"]

RecordMode: TypeAlias = Literal["once", "none", "all"]


def record_mode(option: str | None) -> RecordMode:
    """What ``--troupe-record`` says; without it, ``once``, but for where CI is set: nobody pays by accident there."""
    if option is not None:
        return cast(RecordMode, option)
    return "none" if os.environ.get("CI", "").lower() not in ("", "0", "false") else "once"


@define
class RecordedLLM:
    """The fixture `recorded_llm`: one cassette for each model of a test."""

    _mode: RecordMode
    _test_file: Path
    _test: str
    """pytest's id of the test."""
    _folder: Path
    """For what is being recorded."""
    _recorded: dict[Path, Path] = field(factory=dict, init=False)
    """Where the cassette is being recorded, by where it belongs."""
    _models: int = field(default=0, init=False)

    def __call__(self, llm: Use | Mapping[str, Any] | str) -> Use:
        """The model for `troupe_run` and ``Simulation(llm=…)``: this one while it is recorded, later its answers.

        Raises `PluginError` without troupe-mock-llm, `ConfigError` where there is no cassette and none may be made.
        """
        need_mock_llm("recorded_llm")
        wraps = _table(llm)
        self._models += 1
        cassette = self._cassette()
        if self._mode == "all" or (self._mode == "once" and not cassette.exists()):
            recording = self._folder / cassette.name
            self._recorded[cassette] = recording
            return use("mock", mode="record", recording=recording, wraps=wraps)
        if not cassette.exists():
            raise ConfigError(
                "there is no cassette of this test, and no model is asked (--troupe-record=none)",
                where=str(cassette),
                remedy=f"Record it where the model can be reached, then commit the file: pytest --troupe-record=once "
                f'"{self._test}"',
            )
        return use("mock", mode="replay", recording=cassette)

    def keep(self) -> None:
        """Put what was recorded beside the test."""
        for cassette, recording in self._recorded.items():
            if recording.exists():
                cassette.parent.mkdir(parents=True, exist_ok=True)
                copyfile(recording, cassette)

    def _cassette(self) -> Path:
        name = _file_name(self._test.partition("::")[2])
        number = "" if self._models == 1 else f"-{self._models}"
        return self._test_file.parent / "cassettes" / self._test_file.stem / f"{name}{number}.jsonl"


def _table(llm: Use | Mapping[str, Any] | str) -> dict[str, Any]:
    if isinstance(llm, Use):
        return llm.table()
    return dict(llm) if isinstance(llm, Mapping) else dict(with_llm({}, llm)["llm"])


def _file_name(test: str) -> str:
    """The test's name as that of a file: where more than brackets had to go, with a few digits that tell it apart."""
    plain = re.sub(r"[^\w.-]+", "-", test.replace("::", ".")).strip("-")[:120]
    if re.fullmatch(r"[\w.\[\]-]+", test.replace("::", ".")) and len(test) <= 120:
        return plain
    return f"{plain}-{sha256(test.encode()).hexdigest()[:8]}"
