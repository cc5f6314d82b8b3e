"""The fixture `scripted_llm`: people act as the test says."""

import pytest

from troupe_core import Simulation
from troupe_core.errors import ConfigError, PluginError

STUDY = """
[simulation]
steps = 2
[llm]
use = "mock"
mode = "fixed"
[[agents]]
persona = { name = "Ann" }
"""

TALK = {"action": "talk", "to": "all", "text": "Grüezi!"}
WAIT = {"action": "wait"}


def test_in_a_study(troupe_run, scripted_llm):
    run = troupe_run(STUDY, llm=scripted_llm([{"agent": "Ann", "step": 1, "actions": [TALK]}, {"actions": [WAIT]}]))

    assert [event.data["actions"] for event in run.events(kind="decision")] == [[WAIT], [TALK]]


def test_in_python(scripted_llm, run_dir):
    quick, slow = scripted_llm([{"actions": [WAIT]}]), scripted_llm([{"actions": [TALK]}], latency=0.01)

    run = Simulation([{"name": "Ann"}], llm=slow, steps=1).run_sync(run_dir / "one")

    assert quick.settings["script"] != slow.settings["script"]
    assert slow.settings["latency"] == 0.01
    assert [event.data["actions"] for event in run.events(kind="decision")] == [[TALK]]


def test_an_entry_that_is_wrong_is_named_by_its_number(troupe_run, scripted_llm):
    with pytest.raises(ConfigError, match=r'script-1.json: entry 1: unknown key "agnt", did you mean agent'):
        troupe_run(STUDY, llm=scripted_llm([{"agnt": "Ann"}]))


def test_what_no_script_can_hold_is_told(scripted_llm):
    with pytest.raises(ConfigError) as error:
        scripted_llm([{"actions": {1, 2}}])

    first, second = str(error.value).splitlines()
    assert first.startswith("scripted_llm: expected a list of entries of what JSON can say: ")
    assert second == 'For example: scripted_llm([{"agent": "Ann", "actions": [{"action": "wait"}]}]).'


@pytest.mark.parametrize("name", ["scripted_llm", "recorded_llm"])
def test_without_the_mock_plugin_the_error_says_what_to_install(request, monkeypatch, name):
    from troupe_core.testing.fixtures import isolation

    fixture = request.getfixturevalue(name)
    monkeypatch.setattr(isolation, "installed_entry_points", lambda: ())

    with pytest.raises(PluginError) as error:
        fixture([])

    assert str(error.value).splitlines() == [
        f"{name}: needs the plugin troupe-mock-llm, which is not installed",
        "Install it: python -m pip install troupe-mock-llm. Name it in what your tests require, too.",
    ]
