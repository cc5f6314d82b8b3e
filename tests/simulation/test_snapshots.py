"""What is kept of a run's state is all there is: a restored stage goes on as if it had never stopped."""

import pytest

from troupe_core.errors import PluginError
from troupe_core.journal.run import Run
from troupe_core.simulation.checkpoint import Start
from troupe_core.simulation.simulation import Simulation


@pytest.fixture(autouse=True)
def _toys(toys):
    pass


def lived(run, step):
    """What happened from this step on, but for what depends on memories and on where the run began."""
    return [
        (event.kind, event.agent, event.data)
        for event in run.events()
        if event.step >= step and event.kind not in ("run", "memory")
    ]


SCRIPT = """
[[entries]]
agent = "Ann"
answer = { mood = "cross", actions = [{ action = "count" }, { action = "talk", to = "Bob", text = "One!" }] }
[[entries]]
answer = { mood = "calm", actions = [{ action = "count" }, { action = "talk", to = "all", text = "Two!" }] }
"""
TEXT = """
[simulation]
steps = 5
[execution]
checkpoint = 1
[agent_defaults]
tools = ["counter"]
faculties = ["mood"]
recall = 0
"""
QUEUE = """
[agent_defaults]
recall = 0
[environment]
use = "queue"
until = 5
"""


def test_a_restored_run_goes_on_where_it_was_kept(scripted, study, tmp_path):
    whole = scripted(SCRIPT, TEXT)

    for step in range(1, 5):
        simulation = Simulation.from_file(tmp_path / "study.toml")
        rest = simulation.run_sync(tmp_path / f"rest-{step}", start=Start(step=step, states=whole.states_before(step)))

        assert lived(rest, step) == lived(whole, step)


def test_a_restored_agent_keeps_its_first_message_whatever_it_can_do_now(scripted, tmp_path):
    acts = """
[[entries]]
step = 0
actions = [{ action = "come", why = "tea", how = "slowly" }]
[[entries]]
step = 2
actions = [{ action = "come", why = "cake", how = "fast" }]
[[entries]]
actions = [{ action = "leave" }]
"""
    settings = "[simulation]\nsteps = 4\n[execution]\ncheckpoint = 1\n[agent_defaults]\nrecall = 0\n"
    whole = scripted(acts, f'{settings}[environment]\nuse = "shift"\n')

    for step in range(1, 4):
        simulation = Simulation.from_file(tmp_path / "study.toml")
        rest = simulation.run_sync(tmp_path / f"rest-{step}", start=Start(step=step, states=whole.states_before(step)))

        assert lived(rest, step) == lived(whole, step)
    (introduction,) = {event.data["introduction"] for event in whole.events(kind="request", agent="Ann")}
    assert introduction


def test_who_came_is_there_again_and_who_left_is_not(scripted, study, tmp_path):
    text = "[simulation]\nsteps = 5\n[execution]\ncheckpoint = 1\n"
    whole = scripted('[[entries]]\nactions = [{ action = "step_forward" }]', f"{text}{QUEUE}")

    assert [event.kind for event in whole.events() if event.kind == "state"] == ["state", "state"]
    for step in range(2, 5):
        simulation = Simulation.from_file(tmp_path / "study.toml")
        rest = simulation.run_sync(tmp_path / f"rest-{step}", start=Start(step=step, states=whole.states_before(step)))

        assert lived(rest, step) == lived(whole, step)
        assert list(rest.personas.values()) == list(whole.personas.values())[: len(rest.personas)]


def test_a_part_that_cannot_say_its_state_is_noted_and_changes_nothing_of_the_run(scripted):
    knocks = '[[entries]]\nactions = [{ action = "knock" }]'
    world = '[environment]\nuse = "rubble"\nmethod = "snapshot"\n[simulation]\nsteps = 4\n[execution]\ncheckpoint = '

    often, once = scripted(knocks, f"{world}1"), scripted(knocks, f"{world}4")

    problem = {
        "component": "environment (Rubble)",
        "problem": "snapshot: TypeError: Type is not JSON serializable: object",
    }
    notes = [event.data for event in once.events(kind="note")]
    assert notes[0] == problem
    assert len(list(often.events(kind="note"))) > len(notes)
    assert often.digest() == once.digest()
    assert {part for part, _, _ in often.snapshots()[2]} == {"agents"}


def test_a_state_that_no_part_takes_back_says_so(scripted, tmp_path):
    scripted(SCRIPT, TEXT)
    simulation = Simulation.from_file(tmp_path / "study.toml")

    with pytest.raises(PluginError, match=r"the run kept a state for \[tools.abacus\], which holds none now"):
        simulation.run_sync(tmp_path / "a", start=Start(step=1, states=[("tools.abacus", "", 3)]))
    with pytest.raises(PluginError, match="environment: Room cannot take back its state: TypeError: "):
        simulation.run_sync(tmp_path / "b", start=Start(step=1, states=[("environment", "", 3)]))
    reason = str(Run.open(tmp_path / "b").reason)
    assert reason.startswith("could not be opened: environment: Room cannot take back")


def test_a_versioned_world_is_restored_from_its_state(scripted, tmp_path):
    text = '[simulation]\nsteps = 4\n[environment]\nuse = "ledger"\n[execution]\ncheckpoint = 1'
    whole = scripted('[[entries]]\nactions = [{ action = "give", to = "Bob" }]', text)

    simulation = Simulation.from_file(tmp_path / "study.toml")
    rest = simulation.run_sync(tmp_path / "rest", start=Start(step=2, states=whole.states_before(2)))

    told = [[e.data["percepts"] for e in run.events(kind="percept") if e.step >= 2] for run in (whole, rest)]
    assert told[0] == told[1]


def test_states_are_kept_at_each_checkpoint_and_at_the_end(scripted):
    run = scripted(SCRIPT, TEXT.replace("checkpoint = 1", "checkpoint = 2"))

    assert list(run.snapshots()) == [2, 4, 5]
    places = {(part, agent) for part, agent, _ in run.snapshots()[2]}
    assert places >= {("environment", ""), ("tools.counter", ""), ("tools.counter", "Ann"), ("faculties.mood", "Bob")}


def test_checkpoints_are_no_part_of_what_happened(scripted):
    assert scripted(SCRIPT, TEXT).digest() == scripted(SCRIPT, TEXT.replace("= 1", "= 3")).digest()
