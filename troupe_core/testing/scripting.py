"""A model that answers with what a test says."""

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Any

from attrs import define, field

from troupe_core.config.use import Use, use
from troupe_core.errors import ConfigError
from troupe_core.testing.isolation import need_mock_llm

__all__ = ["ScriptedLLM"]


@define
class ScriptedLLM:
    """The fixture `scripted_llm`: writes each script into a file of its own."""

    _folder: Path
    _numbers: Iterator[int] = field(factory=lambda: count(1), init=False)

    def __call__(self, entries: Sequence[Mapping[str, Any]], **settings: Any) -> Use:
        """The model `mock` that follows these entries; `settings` are further ones of its own, such as `latency`.

        Raises `PluginError` without troupe-mock-llm, `ConfigError` for what no script can hold. What is wrong with an
        entry is told when the simulation runs, by its number.
        """
        need_mock_llm("scripted_llm")
        try:
            text = json.dumps({"entries": list(entries)}, ensure_ascii=False, indent=1)
        except TypeError as fault:
            raise ConfigError(
                f"expected a list of entries of what JSON can say: {fault}",
                where="scripted_llm",
                remedy='For example: scripted_llm([{"agent": "Ann", "actions": [{"action": "wait"}]}]).',
            ) from fault
        file = self._folder / f"script-{next(self._numbers)}.json"
        file.write_text(text, encoding="utf-8")
        return use("mock", mode="scripted", script=file, **settings)
