# mypy: allow-untyped-defs, allow-incomplete-defs, allow-untyped-calls
"""The model `mock` keeps what every model promises, in each mode that can answer what it has never been asked.

What a script says, and what was recorded, is their authors' own: a script is not held to a schema, and a recording
has no answer to a kit.
"""

from collections.abc import Mapping
from contextlib import nullcontext
from typing import Any, ClassVar

from troupe_core.testing import LLMConformance


class TestImprov(LLMConformance):
    component = "mock"


class TestFixed(LLMConformance):
    component = "mock"
    config: ClassVar[Mapping[str, Any]] = {"mode": "fixed"}


class TestSlow(LLMConformance):
    """One that takes its time can be cancelled meanwhile."""

    component = "mock"
    config: ClassVar[Mapping[str, Any]] = {"mode": "fixed", "latency": 0.2}

    def slow(self):
        return nullcontext()


class TestRecord(LLMConformance):
    component = "mock"

    def table(self):
        return {"mode": "record", "recording": str(self.folder / "answers.jsonl"), "wraps": {"use": "mock"}}


class TestScripted(LLMConformance):
    """A script of one entry: what is said of forms does not hold for it."""

    component = "mock"

    def table(self):
        script = self.folder / "script.toml"
        if not script.exists():
            script.write_text('[[entries]]\ntext = "It rains."\n', encoding="utf-8")
        return {"mode": "scripted", "script": str(script)}

    test_it_keeps_to_a_schema_where_it_says_so: Any = None
    test_many_requests_at_once_are_not_mixed_up: Any = None
