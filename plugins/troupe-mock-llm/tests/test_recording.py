# mypy: allow-untyped-defs, allow-incomplete-defs, allow-untyped-calls
"""Record and replay: a real model's answers, kept and given again."""

import asyncio
from contextlib import suppress

import pytest
from mock_asking import Stage, ask, opened, turn

from troupe_core.plugin import (
    LLM,
    AuthFailed,
    BadRequest,
    ChatResponse,
    ConfigError,
    ContextTooLong,
    LLMError,
    LLMInfo,
    Overloaded,
    RateLimited,
    Refused,
    Usage,
)


class Provider(LLM):
    """Answers, or raises, what it was given."""

    info = LLMInfo(context_tokens=1234, json_schema="json")

    def __init__(self, *answers):
        self._answers = list(answers)

    async def complete(self, request):
        answer = self._answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return ChatResponse(text=answer, usage=Usage(prompt_tokens=5, dollars=0.25), model="large")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "recordings" / "answers.jsonl"


def record(path, requests, *answers):
    stage = Stage(Provider(*answers))
    model = opened(stage, mode="record", recording=path, wraps={"use": "large"})
    for request in requests:
        with suppress(LLMError):
            asyncio.run(model.complete(request))
    asyncio.run(model.close())
    return stage


def test_what_was_recorded_is_given_again_whole(path):
    stage = record(path, [turn("Ada")], "Hello.")

    again = asyncio.run(opened(mode="replay", recording=path).complete(turn("Ada")))

    assert stage.asked_for == ("llm", {"use": "large"})
    assert again == ChatResponse(text="Hello.", usage=Usage(prompt_tokens=5, dollars=0.25), model="large")


def test_the_model_can_do_what_the_recorded_one_could(path):
    record(path, [turn("Ada")], "Hello.")

    assert opened(mode="replay", recording=path).info == Provider.info


def test_the_same_request_gets_its_answers_in_order_and_then_the_last(path):
    record(path, [turn("Ada"), turn("Ada")], "one", "two")
    model = opened(mode="replay", recording=path)

    assert [ask(model, turn("Ada")) for _ in range(3)] == ["one", "two", "two"]


def test_what_nobody_in_particular_asked_is_given_again(path):
    record(path, [turn(None)], "Hello.")

    assert ask(opened(mode="replay", recording=path), turn(None)) == "Hello."


@pytest.mark.parametrize("kind", [Overloaded, ContextTooLong, Refused, AuthFailed, BadRequest, LLMError])
def test_a_failure_fails_again(path, kind):
    record(path, [turn("Ada")], kind("out of order", where="large"))

    with pytest.raises(kind) as error:
        ask(opened(mode="replay", recording=path), turn("Ada"))

    assert str(error.value) == "large: out of order"


def test_a_rate_limit_is_recorded_with_its_pause(path):
    record(path, [turn("Ada"), turn("Ada")], RateLimited("slow down", retry_after=2.5), "Hello.")
    model = opened(mode="replay", recording=path)

    with pytest.raises(RateLimited) as error:
        ask(model, turn("Ada"))

    assert error.value.retry_after == 2.5
    assert ask(model, turn("Ada")) == "Hello."


def test_a_recording_goes_on_where_it_ended(path):
    record(path, [turn("Ada")], "Hello.")
    record(path, [turn("Ben")], "Hi.")

    model = opened(mode="replay", recording=path)

    assert [ask(model, turn(name)) for name in ("Ada", "Ben")] == ["Hello.", "Hi."]


def test_a_torn_last_line_is_left_out_and_written_over(path):
    record(path, [turn("Ada")], "Hello.")
    with path.open("ab") as file:
        file.write(b'{"hash": "torn')

    record(path, [turn("Ben")], "Hi.")

    assert ask(opened(mode="replay", recording=path), turn("Ben")) == "Hi."


def test_no_prompt_is_kept(path):
    record(path, [turn("Ada", ["Health: a secret illness"])], "Hello.")

    assert "secret" not in path.read_text(encoding="utf-8")


def test_a_miss_names_the_nearest(path):
    record(path, [turn("Ada", step=2), turn("Ada", step=7, seed=2)], "Hello.", "Bye.")

    with pytest.raises(BadRequest) as error:
        ask(opened(mode="replay", recording=path), turn("Ada", step=6, seed=9))

    assert str(error.value).splitlines() == [
        (
            f'{path}: nothing was recorded for agent "Ada", step 6, purpose turn, with this prompt; '
            'the nearest is agent "Ada", step 7, purpose turn'
        ),
        (
            'The study has changed since, or the recording is of another: record it again with mode = "record", '
            "or for the cassette of a test with pytest --troupe-record=all."
        ),
    ]


def test_a_miss_of_a_stranger_lists_the_names(path):
    record(path, [turn("Ada")], "Hello.")

    with pytest.raises(BadRequest, match="it holds answers for Ada"):
        ask(opened(mode="replay", recording=path), turn("Wilhelmina"))


WRONG = [
    ("", "the recording is empty"),
    ("{}\n", "line 1: expected {"),
    ("[]\n", "line 1: expected an object on each line"),
    ("?\n", "line 1: this line is not JSON: "),
    ('{"recording": 1, "info": {}}\n{"hash": 1}\n', "line 2: this line is not one of a recording: "),
]


@pytest.mark.parametrize(("text", "words"), WRONG)
def test_what_is_no_recording_says_so_by_line(tmp_path, text, words):
    path = tmp_path / "answers.jsonl"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(ConfigError) as error:
        opened(mode="replay", recording=path)

    assert words in str(error.value)


def test_a_recording_that_is_not_there(path):
    with pytest.raises(ConfigError) as error:
        opened(mode="replay", recording=path)

    assert str(error.value) == (
        f'{path}: cannot read the recording: No such file or directory\nMake one with mode = "record".'
    )


def test_a_recording_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")

    with pytest.raises(ConfigError, match="cannot write the recording: "):
        record(tmp_path / "file" / "answers.jsonl", [])
