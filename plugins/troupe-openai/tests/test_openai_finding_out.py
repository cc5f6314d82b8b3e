# mypy: allow-untyped-defs, allow-incomplete-defs, allow-untyped-calls
"""What a provider takes is found out with the first answers, and nothing is refused twice."""

import asyncio
import json

import pytest
from openai_asking import Lent, asked_at_once, opened
from speaking_server import Reply, completion, error

from troupe_core.plugin import ChatRequest, JSONObject, Media, Message

SCHEMA: JSONObject = {
    "type": "object",
    "properties": {"word": {"type": "string"}},
    "required": ["word"],
    "additionalProperties": False,
}
HELLO = ChatRequest(messages=(Message("system", "You are Ann."), Message("user", "Say a word.")), schema=SCHEMA)
FITTING = '{"word": "tea"}'


@pytest.fixture
def ask(server):
    """Asks a model all these at once; returns the answers and what is known in the end."""

    def asked(*requests, **settings):
        answers, info = asked_at_once(server, *requests, **settings)
        for answer in answers:
            if isinstance(answer, BaseException):
                raise answer
        return answers, info

    return asked


def form_of(body):
    return body.get("response_format", {}).get("type", "none")


def takes(*forms, seed=True, message="response_format is not supported", status=400):
    """A provider that takes these forms only."""

    def answer(asked):
        if not seed and "seed" in asked.body:
            return error(422, "extra inputs are not permitted: seed", param="seed")
        if form_of(asked.body) not in forms:
            return error(status, message)
        return completion(FITTING)

    return answer


def test_a_strict_schema_is_asked_for_first(ask, server):
    server.answers = takes("json_schema")

    _, info = ask(HELLO)

    assert info.json_schema == "strict"
    assert len(server.chats) == 1


@pytest.mark.parametrize(
    ("status", "message"),
    [
        (400, "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model."),
        (400, "This response_format type is unavailable now"),
        (400, "This model does not support response format `json_schema`. See supported models"),
        (404, "No endpoints found that can handle the requested parameters."),
        (422, "response_format.type: Input should be 'text' or 'json_object'"),
        (500, "failed to parse grammar"),
    ],
)
def test_without_schemas_json_is_asked_for_and_the_schema_is_told(ask, server, status, message):
    server.answers = takes("json_object", message=message, status=status)

    _, info = ask(HELLO)

    assert info.json_schema == "json"
    first, second = server.chats
    assert (form_of(first), form_of(second)) == ("json_schema", "json_object")
    told = second["messages"][0]["content"]
    assert told.startswith("You are Ann.\n\nAnswer with one JSON object and nothing else.")
    assert told.endswith(json.dumps(SCHEMA, separators=(",", ":")))
    assert second["messages"][1:] == first["messages"][1:]


def test_without_json_the_schema_is_told_alone(ask, server):
    server.answers = takes("none")

    _, info = ask(HELLO)

    assert info.json_schema == "none"
    assert [form_of(body) for body in server.chats] == ["json_schema", "json_object", "none"]
    assert "It fits this JSON Schema" in server.chats[2]["messages"][0]["content"]


def test_many_at_once_find_it_out_once(ask, server):
    server.answers = takes("none", seed=False)

    answers, info = ask(*[HELLO] * 20)

    assert {answer.text for answer in answers} == {FITTING}
    assert len(server.chats) == 20 + 3
    assert (info.json_schema, info.seed) == ("none", False)


def test_a_whole_run_has_one_refused_request(play, server):
    def answer(asked):
        return error(400, "no response_format here") if form_of(asked.body) == "json_schema" else completion()

    server.answers = answer

    run = play(steps=3)

    assert [form_of(body) for body in server.chats] == ["json_schema"] + ["json_object"] * 6
    assert all(event.data["actions"] for event in run.events(kind="decision"))


def test_an_answer_that_needs_mending_is_mended_where_only_words_help(play, server):
    answers = ["I would say hello.", json.dumps({"actions": [{"action": "wait"}]})]
    server.answers = lambda asked: completion(answers[len(asked.body["messages"]) > 2])

    run = play(llm='json_schema = "none"')

    assert [event.data["actions"] for event in run.events(kind="decision")] == [[{"action": "wait"}]] * 2
    assert run.stats()["llm"]["provider_calls"] == 4


def test_who_takes_a_schema_and_does_not_keep_to_it_is_told_in_words(ask, server):
    server.replies(completion("Sure! How about: tea"))

    _, info = ask(HELLO, HELLO)

    assert info.json_schema == "none"
    assert [form_of(body) for body in server.chats] == ["json_schema", "none"]


def test_a_schema_that_is_too_much_is_told_in_words_and_others_stay_strict(ask, server):
    other: JSONObject = {**SCHEMA, "properties": {"word": {"enum": ["tea"]}}}

    def answer(asked):
        if form_of(asked.body) == "json_schema" and "enum" in str(asked.body["response_format"]):
            return error(400, "Invalid schema for response_format 'answer'", param="response_format")
        return completion(FITTING)

    server.answers = answer

    _, info = ask(*[ChatRequest(messages=HELLO.messages, schema=each) for each in (other, SCHEMA, other, SCHEMA)])

    assert info.json_schema == "strict"
    forms = [form_of(body) for body in server.chats]
    assert (forms.count("json_schema"), forms.count("json_object")) == (3, 2)


def test_a_schema_that_is_too_much_where_json_is_not_taken_either(ask, server):
    def answer(asked):
        if form_of(asked.body) == "json_schema":
            return error(400, "Invalid schema for response_format 'answer'")
        if form_of(asked.body) == "json_object":
            return error(400, "'response_format.type' must be 'json_schema' or 'text'")
        return completion(FITTING)

    server.answers = answer

    answers, _ = ask(*[HELLO] * 5)

    assert {each.text for each in answers} == {FITTING}
    assert [form_of(body) for body in server.chats] == ["json_schema", "json_object", *["none"] * 5]


def test_what_is_refused_in_any_form_is_refused(server):
    server.replies(error(400, "we dislike your response_format"))

    (fault,), _ = asked_at_once(server, HELLO)

    assert type(fault).__name__ == "BadRequest"
    assert [form_of(body) for body in server.chats] == ["json_schema", "json_object", "none"]


def test_a_route_that_takes_less_later_is_given_less(ask, server):
    server.replies(
        completion(FITTING), error(404, "No endpoints can handle the requested parameters"), completion("{}")
    )

    (_, later), info = ask(HELLO, HELLO)

    assert later.text == "{}"
    assert info.json_schema == "json"


def test_what_the_study_says_is_not_found_out(ask, server):
    server.answers = takes("json_object")

    _, info = ask(HELLO, json_schema="json")

    assert info.json_schema == "json"
    assert len(server.chats) == 1


def test_a_provider_that_does_not_take_what_the_study_says_ends_the_run(play, server):
    server.answers = takes("none")

    with pytest.raises(Exception, match="the provider does not take this response_format") as caught:
        play(llm='json_schema = "strict"')

    assert "Leave json_schema out to have it found out" in str(caught.value)


def test_a_seed_that_is_not_taken_is_left_out(ask, server):
    server.answers = takes("json_schema", seed=False)

    _, info = ask(HELLO, HELLO)

    assert info.seed is False
    assert ["seed" in body for body in server.chats] == [True, False, False]


def test_who_waits_for_the_first_fails_with_it_where_all_would(server):
    server.replies(error(503, "down"))

    faults, _ = asked_at_once(server, *[HELLO] * 9)

    assert {type(fault).__name__ for fault in faults} == {"Overloaded"}
    assert len(server.chats) == 1


def test_the_next_goes_first_where_the_first_was_refused_alone(server):
    server.replies(error(400, "too long", code="context_length_exceeded"), completion(FITTING))

    (first, second), _ = asked_at_once(server, HELLO, HELLO)

    assert type(first).__name__ == "ContextTooLong"
    assert second.text == FITTING


def test_who_goes_first_may_be_cancelled(server):
    server.replies(completion(FITTING))

    async def cancelled():
        async with opened(server) as model:
            first, second = (asyncio.create_task(model.complete(HELLO)) for _ in range(2))
            await asyncio.sleep(0)
            first.cancel()
            with pytest.raises(asyncio.CancelledError):
                await first
            return await second

    assert asyncio.run(cancelled()).text == FITTING


# What is optional, and what strict mode has no words for


OPTIONAL: JSONObject = {
    "type": "object",
    "properties": {
        "actions": {
            "type": "array",
            "items": {
                "anyOf": [
                    {
                        "type": "object",
                        "properties": {
                            "action": {"const": "search"},
                            "query": {"type": "string", "maxLength": 80},
                            "limit": {"type": "integer", "default": 3},
                            "until": {"type": ["string", "null"]},
                        },
                        "required": ["action", "query", "until"],
                    },
                    {"type": "object", "properties": {"action": {"const": "wait"}}, "required": ["action"]},
                ]
            },
        }
    },
    "required": ["actions"],
}


def test_what_may_be_left_out_is_nullable_and_its_null_is_taken_out_again(ask, server):
    said = {"actions": [{"action": "search", "query": "tea", "limit": None, "until": None}, {"action": "wait"}]}
    server.replies(completion(json.dumps(said)))

    (answer,), _ = ask(ChatRequest(messages=HELLO.messages, schema=OPTIONAL))

    form = server.chats[0]["response_format"]["json_schema"]
    search = form["schema"]["properties"]["actions"]["items"]["anyOf"][0]
    assert form["strict"] is True
    assert search == {
        "type": "object",
        "properties": {
            "action": {"type": "string", "const": "search"},
            "query": {"type": "string"},
            "limit": {"anyOf": [{"type": "integer"}, {"type": "null"}]},
            "until": {"type": ["string", "null"]},
        },
        "required": ["action", "query", "limit", "until"],
        "additionalProperties": False,
    }
    assert json.loads(answer.text) == {
        "actions": [{"action": "search", "query": "tea", "until": None}, {"action": "wait"}]
    }


@pytest.mark.parametrize(
    "property_schema",
    [
        {},
        {"type": "object"},
        {"type": "object", "additionalProperties": {"type": "string"}},
        {"type": "array"},
        {"$ref": "#/$defs/thing"},
        {"not": {"type": "string"}},
        {"const": {"a": 1}},
        {"enum": []},
    ],
)
def test_what_strict_mode_has_no_words_for_is_sent_as_it_is(ask, server, property_schema):
    schema: JSONObject = {**SCHEMA, "properties": {"word": property_schema}}
    server.replies(completion(FITTING))

    ask(ChatRequest(messages=HELLO.messages, schema=schema))

    assert server.chats[0]["response_format"]["json_schema"] == {"name": "answer", "schema": schema, "strict": False}


# What the model can read, and whether it sees


SEES = {"input_modalities": ["text", "image"]}


@pytest.mark.parametrize(
    ("listed", "context", "images"),
    [
        ({"id": "gpt-test", "max_model_len": 4096}, 4096, False),
        ({"id": "gpt-test", "meta": {"n_ctx_train": 8192, "n_ctx": 2048}}, 2048, False),
        ({"id": "gpt-test", "meta": {"n_ctx_train": 9000}}, 9000, False),
        ({"id": "gpt-test", "context_length": 99_000, "architecture": SEES}, 99_000, True),
        ({"id": "gpt-test", "meta": None, "context_length": True}, 8192, False),
        ({"id": "gpt-test", "context_length": "many"}, 8192, False),
    ],
)
def test_servers_that_tell_are_asked_once(ask, server, listed, context, images):
    server.answers = takes("json_schema")
    server.models = lambda _: Reply(body={"data": [{"id": "another", "max_model_len": 1}, listed]})

    _, info = ask(HELLO, HELLO)

    assert (info.context_tokens, info.images) == (context, images)
    assert server.looked == 1


def test_the_only_model_of_a_server_is_meant_whatever_its_name(ask, server):
    server.answers = takes("json_schema")
    server.models = lambda _: Reply(body={"data": [{"id": "/a/file.gguf", "meta": {"n_ctx": 1024}}]})

    _, info = ask(HELLO)

    assert info.context_tokens == 1024


def test_nobody_is_asked_what_the_study_says(ask, server):
    server.answers = takes("json_schema")

    _, info = ask(HELLO, context_tokens=1234)

    assert info.context_tokens == 1234
    assert server.looked == 0


@pytest.mark.parametrize("body", [b"<html>", b"[]", b"null", b'{"data": 3}', b'{"data": [3, null]}', b"\xff"])
def test_a_list_that_is_none_harms_nobody(ask, server, body):
    server.answers = takes("json_schema")
    server.models = lambda _: Reply(body=body)

    _, info = ask(HELLO)

    assert info.context_tokens == 8192


# Pictures


def seen(*, images, media_type="image/png", caption="A red square."):
    media = Media(ref="r1", media_type=media_type, caption=caption)
    return ChatRequest(messages=(Message("system", "You are Ann."), Message("user", "Look!", (media,)))), images


def test_a_picture_goes_along_for_a_model_that_sees(ask, server):
    request, images = seen(images=True)
    server.replies(completion("Red."))

    ask(request, context=Lent(r1=b"\x89PNG"), images=images)

    assert server.chats[0]["messages"][1]["content"] == [
        {"type": "text", "text": "Look!"},
        {"type": "text", "text": "A red square."},
        {"type": "image_url", "image_url": {"url": "data:image/png;base64,iVBORw=="}},
    ]


@pytest.mark.parametrize(("images", "media_type"), [(False, "image/png"), (True, "audio/wav")])
def test_what_a_model_cannot_see_is_told_in_its_caption(ask, server, images, media_type):
    request, images = seen(images=images, media_type=media_type)
    server.replies(completion("Red."))

    ask(request, context=Lent(), images=images)

    assert server.chats[0]["messages"][1]["content"] == "Look!\nA red square."
