"""What is kept of a run's state is all there is: a restored stage goes on as if it had never stopped."""

import pytest

from troupe_core.simulation.checkpoint import Start
from troupe_core.simulation.simulation import Simulation


@pytest.fixture(autouse=True)
def _toys(toys):
    pass


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


def test_a_restored_run_goes_on_where_it_was_kept(scripted, study, tmp_path):
    whole = scripted(SCRIPT, TEXT)

    for step in range(1, 5):
        simulation = Simulation.from_file(tmp_path / "study.toml")
        rest = simulation.run_sync(tmp_path / f"rest-{step}", start=Start(step=step, states=whole.states_before(step)))

        lived = [
            (event.kind, event.agent, event.data)
            for event in whole.events()
            if event.step >= step and event.kind not in ("run", "memory")
        ]
        again = [
            (event.kind, event.agent, event.data) for event in rest.events() if event.kind not in ("run", "memory")
        ]
        assert again == lived


def test_states_are_kept_at_each_checkpoint_and_at_the_end(scripted):
    run = scripted(SCRIPT, TEXT.replace("checkpoint = 1", "checkpoint = 2"))

    assert list(run.snapshots()) == [2, 4, 5]
    places = {(part, agent) for part, agent, _ in run.snapshots()[2]}
    assert places >= {("environment", ""), ("tools.counter", ""), ("tools.counter", "Ann"), ("faculties.mood", "Bob")}


def test_checkpoints_are_no_part_of_what_happened(scripted):
    assert scripted(SCRIPT, TEXT).digest() == scripted(SCRIPT, TEXT.replace("= 1", "= 3")).digest()
