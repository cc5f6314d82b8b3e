# mypy: allow-untyped-defs, allow-incomplete-defs, allow-untyped-calls
"""Scripted: answers from a file, matched by agent and step."""

import json

import pytest
from mock_asking import ask, opened, turn

from troupe_core.plugin import BadRequest, ConfigError

SCRIPT = """
[[entries]]
agent = "Ada"
step = 0
actions = [{ action = "talk", to = "all", text = "Good morning." }]

[[entries]]
agent = "Ada"
step = 4
text = "not JSON at all"

[[entries]]
agent = "Ada"
step = 4
purpose = "repair"
answer = { actions = [{ action = "wait" }], mood = 3 }

[[entries]]
agent = "Ben"
actions = [{ action = "wait" }]

[[entries]]
agent = "Ben"
actions = [{ action = "think", text = "Again." }]
"""


@pytest.fixture
def script(tmp_path):
    def write(text, name="answers.toml"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_an_entry_answers_its_agent_in_its_step(script):
    model = opened(mode="scripted", script=script(SCRIPT))

    assert json.loads(ask(model, turn("Ada", step=0))) == {
        "actions": [{"action": "talk", "to": "all", "text": "Good morning."}]
    }
    assert ask(model, turn("Ada", step=4)) == "not JSON at all"


def test_an_entry_with_the_purpose_goes_first(script):
    model = opened(mode="scripted", script=script(SCRIPT))

    repaired = json.loads(ask(model, turn("Ada", step=4, purpose="repair")))

    assert repaired == {"actions": [{"action": "wait"}], "mood": 3}


def test_entries_without_a_step_take_turns(script):
    model = opened(mode="scripted", script=script(SCRIPT))

    said = [json.loads(ask(model, turn("Ben", step=step)))["actions"][0]["action"] for step in range(4)]

    assert said == ["wait", "think", "wait", "think"]


def test_a_script_can_be_json(script):
    entries = [{"agent": "Ada", "text": "Yes."}]
    model = opened(mode="scripted", script=script(json.dumps(entries), "answers.json"))

    assert ask(model, turn("Ada", step=9)) == "Yes."


def test_a_miss_shows_what_was_asked_and_the_nearest_step(script):
    path = script(SCRIPT)

    with pytest.raises(BadRequest) as error:
        ask(opened(mode="scripted", script=path), turn("Ada", step=3))

    assert str(error.value) == (
        f'{path}: no entry for agent "Ada", step 3, purpose turn; the nearest is entry 2, agent "Ada", step 4\n'
        'Add one: [[entries]]\nagent = "Ada"\nstep = 3\nactions = [{ action = "wait" }]'
    )


def test_a_miss_shows_the_nearest_name(script):
    with pytest.raises(BadRequest, match='the nearest is entry 1, agent "Ada", step 0'):
        ask(opened(mode="scripted", script=script(SCRIPT)), turn("Adda", step=0))


def test_a_miss_of_a_stranger_lists_the_names(script):
    with pytest.raises(BadRequest, match="its entries are for Ada, Ben"):
        ask(opened(mode="scripted", script=script(SCRIPT)), turn("Wilhelmina", step=0))


WRONG = [
    ("[[entries]\n", "the script is not TOML: "),
    ("entries = 3", "expected a list of entries: [[entries]] in TOML"),
    ('entries = ["a"]', 'entry 1: expected a table, got "a"'),
    ('[[entries]]\nagnet = "Ada"\ntext = "x"', 'entry 1: unknown key "agnet", did you mean agent?'),
    ('[[entries]]\nstep = "one"\ntext = "x"', 'entry 1: step: expected a whole number ≥ 0, got "one"'),
    ('[[entries]]\nstep = -1\ntext = "x"', "entry 1: step: expected a whole number ≥ 0, got -1"),
    ('[[entries]]\nagent = 3\ntext = "x"', "entry 1: agent: expected a name, got 3"),
    ('[[entries]]\nagent = "Ada"', "entry 1: expected one of text, actions, answer; got none of them"),
    ('[[entries]]\ntext = "x"\nanswer = {}', "entry 1: expected one of text, actions, answer; got text and answer"),
    ("[[entries]]\nactions = [{ talk = 1 }]", "entry 1: actions 1: expected a table with the name of an action"),
    ("[[entries]]\nanswer = { day = 2026-01-01 }", "entry 1: answer: JSON has no dates or times; write them as text"),
    (
        '[[entries]]\nagent = "A"\nstep = 1\ntext = "x"\n[[entries]]\nagent = "A"\nstep = 1\ntext = "y"',
        "entry 2: is for the same agent, step and purpose as entry 1",
    ),
]


@pytest.mark.parametrize(("text", "words"), WRONG)
def test_what_is_wrong_with_a_script_is_told_by_entry(script, text, words):
    path = script(text)

    with pytest.raises(ConfigError) as error:
        opened(mode="scripted", script=path)

    assert words in str(error.value)
    assert str(error.value).startswith(str(path))


def test_a_script_that_is_not_there(tmp_path):
    with pytest.raises(ConfigError, match="cannot read the script: No such file or directory"):
        opened(mode="scripted", script=tmp_path / "none.toml")


def test_a_script_that_is_no_text(tmp_path):
    path = tmp_path / "answers.toml"
    path.write_bytes(b"\xff\xfe")

    with pytest.raises(ConfigError, match="the script is not UTF-8 text"):
        opened(mode="scripted", script=path)


def test_json_that_is_none(script):
    with pytest.raises(ConfigError, match="the script is not JSON: "):
        opened(mode="scripted", script=script("[", "answers.json"))


@pytest.mark.parametrize(("mode", "key"), [("scripted", "script"), ("record", "wraps"), ("replay", "recording")])
def test_a_mode_says_which_key_it_needs(mode, key):
    with pytest.raises(ConfigError) as error:
        opened(mode=mode)

    assert f'mock: mode = "{mode}" needs the key {key}\nWrite for example: {key} = ' in str(error.value)
