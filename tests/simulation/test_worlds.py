"""Worlds of every kind: their own order of turns, coming and going, versioned state, an end of their own; and ruins."""

from typing import Any

import pytest

from troupe_core.plugin import AgentId, ConfigError
from troupe_core.simulation.simulation import Simulation
from troupe_core.values.observed import RunFinished


@pytest.fixture(autouse=True)
def _toys(toys):
    pass


WAITS = '[[entries]]\nactions = [{ action = "step_forward" }]'


def test_a_world_says_who_acts_when_and_when_it_is_over(scripted):
    run = scripted(WAITS, '[simulation]\nsteps = 9\n[environment]\nuse = "queue"\nuntil = 2')

    order = [event.agent for event in run.events(kind="decision") if event.step == 0]
    assert order == ["Bob", "Ann"]
    assert run.stats()["steps"] == 2
    assert run.reason == "the shop closes"
    assert list(run.events(kind="run"))[-1].data == {"ended": "the shop closes"}


def test_a_world_says_before_anything_runs_whom_it_misses(scripted, tmp_path):
    with pytest.raises(ConfigError) as error:
        scripted(WAITS, '[simulation]\nsteps = 9\n[environment]\nuse = "queue"\nguard = "Cid"')

    assert str(error.value) == (
        f'{tmp_path}/study.toml: [environment]: guard: nobody is called "Cid", for 9 steps\nThere are: Ann, Bob.'
    )
    assert not list(tmp_path.glob("run-*"))


def test_people_come_and_go(scripted):
    run = scripted(WAITS, '[simulation]\nsteps = 4\n[environment]\nuse = "queue"\nuntil = 4')

    assert [event.data for event in run.events(kind="state")] == [
        {"arrived": "Newcomer", "rank": 2},
        {"departed": "Ann", "why": "got what she wanted"},
    ]
    (failure,) = run.events(kind="failure")
    assert failure.data["problem"] == "Newcomer cannot arrive like Ann: taken name, or nobody to be like"
    by_step = [[e.agent for e in run.events(kind="decision") if e.step == step] for step in range(4)]
    assert by_step == [["Bob", "Ann"], ["Newcomer", "Bob", "Ann"], ["Newcomer", "Bob"], ["Newcomer", "Bob"]]
    assert list(run.personas) == ["Ann", "Bob", "Newcomer"]


def test_a_world_can_deliver_something_to_somebody(scripted):
    run = scripted(WAITS, '[simulation]\nsteps = 2\n[environment]\nuse = "queue"\nuntil = 4')

    (bus,) = [event for event in run.events(kind="stimulus") if event.data["text"] == "A bus goes by."]
    heard = [event.agent for event in run.events(kind="percept") if bus.id in event.data["percepts"]]
    assert heard == ["Ann"]


def test_the_run_ends_when_nobody_is_left(scripted):
    people = '[[agents]]\npersona = { name = "Ann" }\n'
    text = '[simulation]\nsteps = 9\n[environment]\nuse = "queue"\nuntil = 9\nnewcomer = false'

    run = scripted(WAITS, text, people=people)

    assert run.stats()["steps"] == 3
    assert list(run.events(kind="run"))[-1].data == {"ended": "nobody is left"}


def test_a_versioned_world_has_its_state_in_the_view(scripted):
    script = """
[[entries]]
agent = "Ann"
actions = [{ action = "give", to = "Bob" }]
[[entries]]
actions = [{ action = "give", to = "Ann" }, { action = "give", to = "Ann" }]
"""
    run = scripted(script, '[simulation]\nsteps = 3\n[environment]\nuse = "ledger"\n[execution]\ncheckpoint = 1')

    told = [event.data["percepts"][-1]["text"] for event in run.events(kind="percept", agent="Ann")]
    assert told[0] == "You have 10 coins and got 0 gifts."
    assert told[2] == "You have 12 coins and got 2 gifts."
    states = [state for part, _, state in run.snapshots()[3] if part == "environment"]
    assert states[0]["Ann"] == 13
    assert states[0]["Bob"] == 7


@pytest.mark.parametrize("breaks", ["observe", "scene", "advance", "turns", "offer", "finished"])
def test_a_world_that_breaks_down_is_named_and_the_run_goes_on(scripted, breaks):
    entries = '[[entries]]\nactions = [{ action = "knock" }]'

    run = scripted(entries, f'[environment]\nuse = "ruin"\nbreaks = "{breaks}"')

    failures = [event.data for event in run.events(kind="failure") if event.data["component"] != "llm"]
    assert {"component": "environment (Ruin)", "problem": f"RuntimeError: {breaks} is broken"} in failures
    assert run.status == "finished"
    assert run.stats()["turns"] == 4


def test_the_digest_holds_where_a_world_cannot_say_whether_it_is_over(scripted, study, tmp_path):
    scripted('[[entries]]\nactions = [{ action = "knock" }]', '[environment]\nuse = "ruin"\nbreaks = "finished"')
    told = []

    run = Simulation.from_file(tmp_path / "study.toml").run_sync(
        tmp_path / "again", watch={RunFinished: lambda finished: told.append(finished.digest)}
    )

    assert told == [run.digest()]
    worlds = [event.kind for event in run.events() if event.agent is None]
    assert worlds == ["run", "step", "failure", "step", "failure", "run", "note"]


@pytest.mark.parametrize(
    ("breaks", "problem"),
    [
        ("settle", "RuntimeError: settle is broken"),
        ("short", "ValueError: settle returned 1 outcomes for 2 actions"),
        ("act", "RuntimeError: act is broken"),
    ],
)
def test_an_action_that_fails_in_the_world_is_told_to_the_agent(scripted, breaks, problem):
    entries = '[[entries]]\nactions = [{ action = "knock" }]'

    run = scripted(entries, f'[environment]\nuse = "ruin"\nbreaks = "{breaks}"')

    failures = [event.data for event in run.events(kind="failure")]
    assert failures == [{"component": "environment.knock", "problem": problem}] * 4
    assert [event.data["status"] for event in run.events(kind="outcome")] == ["failed"] * 4
    assert "→ That did not work." in list(run.events(kind="request"))[-1].data["messages"][0]


def test_pairs_hear_only_their_partner(scripted):
    people = "".join(f'[[agents]]\npersona = {{ name = "P{n}" }}\n' for n in range(4))

    run = scripted(
        '[[entries]]\nactions = [{ action = "tell", text = "Psst." }]', '[environment]\nuse = "pairs"', people=people
    )

    heard = {event.agent: event.data["percepts"] for event in run.events(kind="percept") if event.step == 1}
    assert heard["P0"] == ["0.1.5"]
    assert all(len(refs) == 1 for refs in heard.values())


def test_what_is_meant_for_somebody_who_left_reaches_nobody(scripted):
    text = '[simulation]\nsteps = 4\n[environment]\nuse = "queue"\nuntil = 4\n'
    text += '[[stimuli]]\nat = 3\nto = ["Ann", "Bob"]\ntext = "A letter."\n'

    run = scripted(WAITS, text)

    (letter,) = [event for event in run.events(kind="stimulus") if event.data["text"] == "A letter."]
    heard = [event.agent for event in run.events(kind="percept") if letter.id in event.data["percepts"]]
    assert heard == ["Bob"]


def test_somebody_whom_no_journal_can_hold_does_not_arrive(scripted):
    run = scripted(WAITS, '[environment]\nuse = "queue"\nuntil = 2\nnewcomer = false\nghost = true')

    (failure,) = run.events(kind="failure")
    assert failure.data["component"] == "environment (Queue)"
    assert failure.data["problem"].startswith("TypeError: ")
    assert list(run.personas) == ["Ann", "Bob"]
    assert [event.data["present"] for event in run.events(kind="step")] == [2, 2]


def test_who_may_reach_whom_is_everyone_where_a_world_does_not_say(toys):
    from troupe_toys.worlds import Ledger

    nobody_ahead: Any = None
    assert Ledger().may_reach(nobody_ahead, AgentId("Ann"), 1) is None
