"""Models answer badly: each time the journal says so, the model may mend it once, and the run goes on."""

import pytest

WAITS = '{"actions": [{"action": "wait"}]}'

BAD = {
    "": "the answer is empty",
    "Good morning!": "the answer is not JSON (",
    "[1, 2]": "the answer is a list, expected an object with a list of actions",
    '{"deeds": []}': "Additional properties are not allowed ('deeds' was unexpected)",
    '{"actions": []}': "actions: [] has less than 1 item",
    '{"actions": [{"action": "dance"}]}': 'there is no action "dance". You can: talk, think, wait',
    '{"actions": [{"action": "tlak", "to": "all", "text": "Hi"}]}': (
        'there is no action "tlak", did you mean talk? You can: talk, think, wait'
    ),
    '{"actions": [{"action": "talk", "text": "Hi"}]}': 'talk: "to" is a required property',
    '{"actions": [{"action": "talk", "to": 7, "text": "Hi"}]}': 'talk: to: 7 is not of type "string"',
    '{"actions": ["wait"]}': "action 1 is a text, expected an object with the name of an action",
    "x" * 1_000_000: "the answer has 1,000,000 characters, at most 65,536 are read",
    '{"actions": [{"action": "think", "text": "\\ud800"}]}': "the answer is not JSON",
    "[" * 5000: "the answer is not JSON",
}


def entries(**texts):
    return "".join(f"[[entries]]\npurpose = '{purpose}'\ntext = '''{text}'''\n" for purpose, text in texts.items())


@pytest.mark.parametrize(("text", "problem"), BAD.items(), ids=lambda value: value[:40])
def test_a_bad_answer_is_journalled_and_mended_once(scripted, text, problem):
    run = scripted(entries(turn=text, repair=WAITS))

    failures = list(run.events(kind="failure", agent="Ann"))
    assert len(failures) == 2
    assert failures[0].data["problem"].startswith(problem)
    decisions = [event.data["actions"] for event in run.events(kind="decision", agent="Ann")]
    assert decisions == [[{"action": "wait"}]] * 2
    assert run.status == "finished"
    llm = run.stats()["llm"]
    assert (llm["calls"], llm["provider_calls"]) == (4, 8)


@pytest.mark.parametrize(("text", "problem"), BAD.items(), ids=lambda value: value[:40])
def test_an_answer_that_stays_bad_leaves_the_agent_waiting(scripted, text, problem):
    run = scripted(entries(turn=text, repair=text))

    decisions = list(run.events(kind="decision", agent="Ann"))
    assert [event.data["actions"] for event in decisions] == [[], []]
    assert decisions[0].data["because"].startswith(problem)
    assert run.status == "finished"
    assert run.stats()["llm"]["provider_calls"] == 8


def test_the_model_is_told_what_to_mend(scripted, tmp_path):
    run = scripted(entries(turn='{"actions": [{"action": "dance"}]}', repair=WAITS))

    hashes = [each["request"] for each in run.inputs() if each["rank"] == 0 and each["step"] == 0]
    assert len(set(hashes)) == 2


@pytest.mark.parametrize(
    "text",
    [
        f"```json\n{WAITS}\n```",
        f"Sure! Here is what I do: {WAITS} I hope that helps.",
        f"{{not this}} {WAITS}",
    ],
)
def test_what_stands_around_a_valid_answer_does_no_harm(scripted, text):
    run = scripted(entries(turn=text, repair=""))

    assert list(run.events(kind="failure")) == []
    assert run.stats()["llm"]["provider_calls"] == 4
