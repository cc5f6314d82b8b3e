"""Which plugin did what, and how long: kept with a run that is traced, and no part of what happened in it."""

import pytest
from installing import new_site

from troupe_core.journal.run import Run
from troupe_core.simulation.simulation import Simulation

STUDY = """
[simulation]
steps = 2
[llm]
use = "mock"
mode = "scripted"
script = "script.toml"
[agent_defaults]
tools = ["chest"]
[tools.chest]
use = "borrower"
grants = ["drawing"]
[[agents]]
population = { use = "numbered", count = 2 }
[[analyzers]]
use = "headcount"
"""
SHOWS = '[[entries]]\nactions = [{ action = "show" }]'

ODD = """
from collections.abc import Awaitable
from attrs import define, field
from troupe_core.plugin import Component, Environment, Stimulus, Tool, action, hookimpl

@hookimpl
def troupe_environments():
    return [Component(name="lazy", summary="x", factory="troupe_odd:Lazy")]

@hookimpl
def troupe_tools():
    return [Component(name=name, summary="x", factory=f"troupe_odd:{name.title()}") for name in ("slotted", "closed")]

@hookimpl
def troupe_step_started():
    raise ValueError("never mind")

class Lazy(Environment):
    def observe(self, view, agent):
        for n in range(3):
            yield Stimulus(text=f"A leaf falls: {n}.")

@define(slots=True, eq=False)
class Slotted(Tool):
    count: int = 0

    @action
    def use(self, turn) -> str:
        \"\"\"Use it.\"\"\"
        self.count += 1
        return str(self.count)

    def act(self, call, turn) -> Awaitable:
        return super().act(call, turn)

class Closed(Tool):
    @action
    def open_it(self, turn) -> str:
        \"\"\"Open it.\"\"\"
        return "It is closed."

    def __init_subclass__(cls, **rest):
        raise TypeError("nobody derives from this")
"""

ODD_STUDY = """
[simulation]
steps = 2
[environment]
use = "lazy"
[agent_defaults]
tools = ["slotted", "closed"]
[llm]
use = "mock"
mode = "scripted"
script = "script.toml"
[[agents]]
persona = { name = "Ann" }
"""
USES = '[[entries]]\nactions = [{ action = "use" }, { action = "open_it" }]'


@pytest.fixture
def site(tmp_path, monkeypatch):
    """A folder of installed packages."""
    yield from new_site(tmp_path / "site", monkeypatch)


@pytest.fixture
def traced(study, tmp_path):
    """Runs a study, traced or not."""

    def run(text, script, out, *, trace=True):
        return Simulation.from_file(study(text, script__toml=script)).run_sync(tmp_path / out, trace_plugins=trace)

    return run


def counted(run: Run):
    """How often what was called, by place (or component) and call."""
    return {(row["place"] or row["component"], row["call"]): row["calls"] for row in run.stats()["plugins"]}


@pytest.mark.usefixtures("toys")
def test_a_traced_run_says_which_method_of_which_part_was_called_how_often(traced):
    run = traced(STUDY, SHOWS, "traced")

    calls = counted(run)
    assert calls["tools.chest", "show"] == 4
    assert calls["tools.chest", "count"] == 4  # of the counter that the chest has built for itself
    assert (calls["tools.chest", "open"], calls["tools.chest", "close"]) == (1, 1)
    assert (calls["llm", "complete"], calls["memory", "search"]) == (4, 4)
    assert (calls["agents.1.population", "personas"], calls["analyzers.1", "analyze"]) == (1, 1)
    assert calls["borrower", "make"] == 2  # when the study was checked, and for the run
    assert calls[None, "import"] == 1
    (show,) = [row for row in run.stats()["plugins"] if row["call"] == "show"]
    assert {key: show[key] for key in ("distribution", "version", "kind", "component", "place")} == {
        "distribution": "troupe-toys",
        "version": "1.0",
        "kind": "tool",
        "component": "borrower",
        "place": "tools.chest",
    }
    assert show["total_ms"] >= show["max_ms"] > 0


@pytest.mark.usefixtures("toys")
def test_what_is_inherited_from_a_contract_is_the_cores_doing(traced):
    calls = counted(traced(STUDY, SHOWS, "traced"))

    assert {("tools.chest", "act"), ("tools.chest", "advance"), ("tools.chest", "actions")}.isdisjoint(calls)


@pytest.mark.usefixtures("toys")
def test_tracing_changes_nothing_of_what_happens(traced):
    plain, followed = (traced(STUDY, SHOWS, str(trace), trace=trace) for trace in (False, True))

    assert followed.digest() == plain.digest()
    assert [event.data for event in followed.events()] == [event.data for event in plain.events()]
    assert "plugins" in followed.stats()
    assert "plugins" not in plain.stats()


def test_parts_of_every_make_are_timed_and_observers_too(traced, site):
    site.install("troupe-odd", ODD)

    run = traced(ODD_STUDY, USES, "traced")

    calls = counted(run)
    assert calls["environment", "observe"] == 2
    assert (calls["tools.slotted", "use"], calls["tools.slotted", "act"]) == (2, 2)
    assert calls[None, "troupe_step_started"] == 2
    assert calls["tools.closed", "(cannot be traced)"] == 1
    told = [event.data.get("text") for event in run.events(kind="outcome")]
    assert told == ["1", "It is closed.", "2", "It is closed."]
    assert list(run.events(kind="failure")) == []
    assert len(list(run.events(kind="note"))) == 2


def test_a_part_that_breaks_down_is_named_as_ever(traced, site):
    site.install("troupe-odd", ODD.replace("self.count += 1", "1 / 0"))

    plain, followed = (traced(ODD_STUDY, USES, str(trace), trace=trace) for trace in (False, True))

    assert {event.data["component"] for event in followed.events(kind="failure")} == {"tools.slotted.use"}
    assert followed.digest() == plain.digest()


@pytest.mark.usefixtures("toys")
def test_a_run_that_is_not_traced_has_parts_of_their_own_classes(study, monkeypatch):
    from troupe_toys.slips import Idle

    text = STUDY.replace('tools = ["chest"]', 'faculties = ["idle"]')
    simulation = Simulation.from_file(study(text, script__toml='[[entries]]\nactions = [{ action = "wait" }]'))
    classes = []

    async def closing(self):
        classes.append(type(self))

    monkeypatch.setattr(Idle, "close", closing)
    simulation.run_sync("plain")
    simulation.run_sync("traced", trace_plugins=True)

    assert (classes[0] is Idle, classes[1] is Idle) == (True, False)
    assert classes[1].__name__ == "Idle"
