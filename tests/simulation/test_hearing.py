"""In a room each utterance is heard once by everybody else, whoever says what when, in both orders of turns."""

import json
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from troupe_core.simulation.simulation import Simulation

NAMES = ("Ann", "Bob", "Cy")
TALK = [{"action": "talk", "to": to, "text": "Hm."} for to in ("all", *NAMES)]
acts = st.lists(
    st.sampled_from([*TALK, {"action": "think", "text": "Well."}, {"action": "wait"}]), min_size=1, max_size=3
)
scripts = st.lists(st.tuples(acts, acts, acts), min_size=1, max_size=4)


def played(write, script, order, checkpoint):
    entries = [
        f'[[entries]]\nstep = {step}\nagent = "{name}"\ntext = {json.dumps(json.dumps({"actions": actions}))}\n'
        for step, turns in enumerate(script)
        for name, actions in zip(NAMES, turns, strict=True)
    ]
    people = "".join(f'[[agents]]\npersona = {{ name = "{name}" }}\n' for name in NAMES)
    waits = '[[entries]]\nactions = [{ action = "wait" }]\n'
    text = f"""
[simulation]
steps = {len(script) + 2}
turn_order = "{order}"
[execution]
checkpoint = {checkpoint}
[llm]
use = "mock"
mode = "scripted"
script = "script.toml"
{people}"""
    file = write(text, script__toml="".join(entries) + waits)
    with TemporaryDirectory() as folder:
        run = Simulation.from_file(file).run_sync(f"{folder}/run")
        return list(run.events()), run.digest()


@pytest.mark.parametrize("order", ["simultaneous", "sequential"])
@given(script=scripts)
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_everybody_else_hears_each_utterance_once_and_soon(study, order, script):
    events, digest = played(study, script, order, 1)

    said = {event.id: event for event in events if event.kind == "stimulus"}
    heard = [
        (each, event.agent, event.step) for event in events if event.kind == "percept"
        for each in event.data["percepts"] if isinstance(each, str)
    ]  # fmt: skip
    wanted = {(each, name) for each, event in said.items() for name in NAMES if name != event.agent}
    assert sorted((each, name) for each, name, _ in heard) == sorted(wanted)
    for each, name, step in heard:
        earlier = order == "sequential" and NAMES.index(said[each].agent) < NAMES.index(name)
        assert step == said[each].step + (0 if earlier else 1)
    assert played(study, script, order, 5)[1] == digest
