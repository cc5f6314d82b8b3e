"""Changes to a study from the command line: ``--set`` and ``--llm``."""

import json
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from troupe_core.config.overrides import with_llm, with_settings
from troupe_core.errors import ConfigError

STUDY = {
    "simulation": {"steps": 3, "seed": 1},
    "llm": {"use": "mock", "mode": "fixed", "latency": 1},
    "llms": {"cheap": {"use": "mock", "mode": "improv"}},
    "agents": [{"persona": {"name": "Ann"}}, {"persona": "bob.toml"}],
}


def told(change, *given):
    with pytest.raises(ConfigError) as wrong:
        change(STUDY, *given)
    return str(wrong.value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("8", 8),
        ("0.5", 0.5),
        ("true", True),
        ('"8"', "8"),
        ("[1, 2]", [1, 2]),
        ("{ a = 1 }", {"a": 1}),
        ("2026-03-02T09:00:00", datetime(2026, 3, 2, 9)),  # noqa: DTZ001 - simulated time has no zone
        ("tea or coffee?", "tea or coffee?"),
        ("", ""),
        ("a=b", "a=b"),
        ("8\nseed = 9", "8\nseed = 9"),
        ("[" * 5000, "[" * 5000),
    ],
)
def test_a_value_is_read_as_toml_and_else_as_a_text(text, value):
    assert with_settings(STUDY, [f"simulation.steps={text}"])["simulation"] == {"steps": value, "seed": 1}


def test_settings_are_made_one_after_the_other():
    changed = with_settings(STUDY, ["environment.use=room", "environment.topic=tea", "environment.topic=coffee"])

    assert changed == {**STUDY, "environment": {"use": "room", "topic": "coffee"}}


def test_places_in_lists_count_from_1():
    changed = with_settings(STUDY, ["agents.1.persona.name=Bea", "agents.2.persona=cem.toml"])

    assert changed["agents"] == [{"persona": {"name": "Bea"}}, {"persona": "cem.toml"}]
    assert with_settings(STUDY, ["agents.2={ name = 'x' }"])["agents"][1] == {"name": "x"}


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ("simulation.seed", '--set: expected path=value, got "simulation.seed"\nFor example: --set simulation.seed=8'),
        ("=8", '--set: expected path=value, got "=8"\nFor example: --set simulation.seed=8'),
        ("a..b=8", '--set: expected path=value, got "a..b=8"\nFor example: --set simulation.seed=8'),
        ("llm.use.x=1", '--set llm.use.x=1: llm.use is "mock", expected a table'),
        ("agents.3.name=x", '--set agents.3.name=x: agents is a list of 2, and has no "3"\nLists count from 1.'),
        ("agents.0.name=x", '--set agents.0.name=x: agents is a list of 2, and has no "0"\nLists count from 1.'),
        ("agents.Ann=x", '--set agents.Ann=x: agents is a list of 2, and has no "Ann"\nLists count from 1.'),
    ],
)
def test_a_setting_that_leads_nowhere_is_told(setting, words):
    assert told(with_settings, [setting]) == words


PRINTED = st.characters(min_codepoint=32, max_codepoint=126)

keys = st.text(alphabet="abc_", min_size=1, max_size=3)


@given(st.lists(keys, min_size=1, max_size=4), st.none() | st.integers() | st.text(PRINTED, max_size=8))
def test_a_setting_changes_its_own_place_and_nothing_that_was_given(path, value):
    before = {"x": {"y": 1}}

    changed = with_settings(before, [f"{'.'.join(path)}={json.dumps(value)}"])

    assert before == {"x": {"y": 1}}
    assert changed.pop("x") == {"y": 1}
    for key in path:
        changed = changed.pop(key)
    assert changed == ("null" if value is None else value)


@pytest.mark.parametrize(
    ("choice", "table"),
    [
        ("openai", {"use": "openai"}),
        ("openai:big", {"use": "openai", "model": "big"}),
        ("llama:3:8b", {"use": "llama", "model": "3:8b"}),
        ("mock", {"use": "mock", "mode": "fixed", "latency": 1}),
        ("mock:big", {"use": "mock", "mode": "fixed", "latency": 1, "model": "big"}),
        ("cheap", {"use": "mock", "mode": "improv"}),
        ("cheap:big", {"use": "mock", "mode": "improv", "model": "big"}),
        (None, {"use": "mock", "mode": "fixed", "latency": 1}),
    ],
)
def test_another_model_is_a_name_from_the_study_or_a_component(choice, table):
    assert with_llm(STUDY, choice) == {**STUDY, "llm": table}


@pytest.mark.parametrize("choice", ["", ":big", "mock:"])
def test_a_model_needs_a_name(choice):
    assert told(with_llm, choice) == f'--llm: expected NAME or NAME:MODEL, got "{choice}"\nFor example: --llm mock'
