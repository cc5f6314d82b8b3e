"""Observers of a run: told of everything in its order, and no part of what happened."""

import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from installing import Site, new_site

from troupe_core.simulation.simulation import Simulation
from troupe_core.values.observed import (
    EventRecorded,
    ModelCallFinished,
    RunFinished,
    RunStarted,
    StepFinished,
    StepStarted,
)

OBSERVER = """
from troupe_core.plugin import hookimpl
told = []

@hookimpl
def troupe_event_recorded(recorded):
    told.append(recorded.event)

@hookimpl
def troupe_step_started(started):
    if started.step == 0:
        raise ValueError("half asleep: \\ud800")
"""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """An empty folder of installed packages, on the path."""
    yield from new_site(tmp_path / "site", monkeypatch)


def test_a_plugin_is_told_every_event_as_it_stands_in_the_journal(site, scripted, talking):
    site.install("troupe-ear", OBSERVER)

    run = scripted(talking, "[simulation]\nsteps = 2\n")

    told = importlib.import_module("troupe_ear").told
    assert told == list(run.events())


def test_an_observer_that_fails_is_noted_behind_what_happened(site, scripted, talking):
    unwatched = scripted(talking, '[simulation]\nsteps = 2\n[plugins]\ndisable = ["ear"]\n')
    site.install("troupe-ear", OBSERVER)

    run = scripted(talking, "[simulation]\nsteps = 2\n")

    (note,) = run.events(kind="note")
    assert "half asleep" in note.data["observer"]
    assert run.digest() == unwatched.digest()


def test_whoever_starts_a_run_may_watch_it(scripted, talking, tmp_path):
    scripted(talking)
    kinds = (RunStarted, StepStarted, ModelCallFinished, EventRecorded, StepFinished, RunFinished)
    seen: list[Any] = []

    run = Simulation.from_file(tmp_path / "study.toml").run_sync(
        tmp_path / "watched", watch=dict.fromkeys(kinds, seen.append)
    )

    assert [type(each) for each in seen if not isinstance(each, EventRecorded)] == [
        RunStarted,
        *[StepStarted, ModelCallFinished, ModelCallFinished, StepFinished] * 2,
        RunFinished,
    ]
    assert [each.event for each in seen if isinstance(each, EventRecorded)] == list(run.events())
    assert seen[-1].digest == run.digest()
