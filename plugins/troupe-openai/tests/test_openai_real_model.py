# mypy: allow-untyped-defs, allow-incomplete-defs, allow-untyped-calls
"""A real model behind a real server: it keeps to the protocol and to the schema. Nobody asks it to be witty."""

import json

import pytest
from openai_asking import asked_at_once

from troupe_core.plugin import ChatRequest, ContextTooLong, JSONObject, Message

SCHEMA: JSONObject = {
    "type": "object",
    "properties": {"mood": {"enum": ["good", "bad"]}, "why": {"type": "string"}},
    "required": ["mood"],
}


@pytest.fixture
def ask(real_model):
    """Asks the model once; returns its answer, or raises its error, and what it can do."""

    def asked(request):
        (answer,), info = asked_at_once(real_model, request, model="smollm2", max_tokens=60)
        if isinstance(answer, BaseException):
            raise answer
        return answer, info

    return asked


def test_two_people_live_two_steps_with_a_real_model(play, real_model):
    for seed in range(5):  # so small a model may babble up to the limit in every answer of a run; not in five runs
        run = play(base_url=real_model.address, steps=2, seed=seed, llm="max_tokens = 100\ntemperature = 0.8")

        assert run.status == "finished"
        decisions = [event.data for event in run.events(kind="decision")]
        assert len(decisions) == 4
        cut = "the answer was cut off at the provider's limit"
        assert all(each["actions"] or each["because"] == cut for each in decisions)
        stats = run.stats()["llm"]
        assert stats["prompt_tokens"] > 4 * 50
        assert 4 <= stats["completion_tokens"] <= stats["provider_calls"] * 100
        if any(each["actions"] for each in decisions):
            return
    pytest.fail("in five runs not one answer was whole")


def test_a_strict_answer_fits_its_schema(ask):
    request = ChatRequest(messages=(Message("user", "How are you? Be brief."),), schema=SCHEMA, seed=7)

    response, info = ask(request)

    assert info.json_schema == "strict"
    assert response.usage.prompt_tokens > 0
    assert 0 < response.usage.completion_tokens <= 60
    if response.finish == "stop":
        answer = json.loads(response.text)
        assert answer["mood"] in ("good", "bad")
        assert answer.keys() <= {"mood", "why"}
        assert isinstance(answer.get("why", ""), str)
    else:
        assert response.usage.completion_tokens == 60


def test_what_the_server_can_read_is_found_out(ask):
    _, info = ask(ChatRequest(messages=(Message("user", "Say hello."),)))

    assert info.context_tokens == 2048
    assert info.images is False


def test_an_answer_is_cut_at_the_limit(ask):
    request = ChatRequest(messages=(Message("user", "Count from one to one thousand in words."),), seed=1)

    response, _ = ask(request)

    assert response.finish in ("length", "stop")
    assert (response.finish == "length") == (response.usage.completion_tokens == 60)


def test_a_request_that_is_too_long_says_so(ask):
    with pytest.raises(ContextTooLong, match="the request is longer than the model can read"):
        ask(ChatRequest(messages=(Message("user", "word " * 5000),)))
