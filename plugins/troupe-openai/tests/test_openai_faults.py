# mypy: allow-untyped-defs, allow-incomplete-defs, allow-untyped-calls
"""What can go wrong: each thing has one error that says what, where, and what to do; and never the key."""

import json
import socket

import pytest
from openai_asking import asked_at_once
from speaking_server import ACTIONS, Reply, completion, error

from troupe_core.plugin import AuthFailed, ChatRequest, LLMError, Message

HELLO = ChatRequest(messages=(Message("user", "Say a word."),))
KEY = "sk-proj-very-secret-1234"


@pytest.fixture
def fault(server, monkeypatch):
    """The error that a reply becomes."""
    monkeypatch.setenv("OPENAI_API_KEY", KEY)

    def met(*replies, **settings):
        server.replies(*replies)
        (answer,), _ = asked_at_once(server, HELLO, **settings)
        assert isinstance(answer, LLMError)
        assert KEY not in str(answer)
        assert "gpt-test" in (answer.where or "")
        assert server.address in (answer.where or "")
        return answer

    return met


def kind(answer):
    return type(answer).__name__


# The key


def test_without_a_key_nothing_is_asked(troupe, study, server):
    server.address = "http://provider.invalid/v1"

    printed = troupe("run", study(), "--quiet")

    assert printed.status == 2
    assert "the environment variable OPENAI_API_KEY is not set" in printed.err
    assert "export OPENAI_API_KEY=…" in printed.err
    assert "Traceback" not in printed.err


def test_the_variable_that_the_study_names_is_named(troupe, study):
    printed = troupe("run", study(base_url="https://provider.invalid/v1", llm='key_env = "MY_KEY"'), "--quiet")

    assert "https://provider.invalid/v1: the environment variable MY_KEY is not set" in printed.err


def test_a_key_with_strange_characters_is_none(troupe, study, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-“quoted”")

    printed = troupe("run", study(), "--quiet")

    assert "what the environment variable OPENAI_API_KEY holds is no key" in printed.err
    assert "quoted" not in printed.err


def test_a_wrong_key_ends_the_run_and_names_the_variable(troupe, study, server, monkeypatch, tmp_path):
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    server.replies(error(401, f"Incorrect API key provided: {KEY}. Find yours on the website.", code="invalid_api_key"))

    printed = troupe("run", study(), "--out", tmp_path / "run", "--quiet")

    assert printed.status == 2
    assert "the provider does not accept the key: (401) Incorrect API key provided: (key)." in printed.err
    assert "Look at the environment variable OPENAI_API_KEY" in printed.err
    assert KEY not in printed.err
    kept = b"".join(file.read_bytes() for file in (tmp_path / "run").rglob("*") if file.is_file())
    assert b"very-secret" not in kept


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (error(403, "Country not supported", code="unsupported_country"), "the key may not do this: (403) Country"),
        (error(429, "You exceeded your current quota", code="insufficient_quota"), "the account has no credit left"),
        (error(402, "Insufficient credits"), "the account has no credit left: (402) Insufficient credits"),
        (error(402, "Pay first"), "the provider wants to be paid: (402) Pay first"),
    ],
)
def test_who_may_not_ask_ends_the_run(fault, reply, words):
    answer = fault(reply)

    assert isinstance(answer, AuthFailed)
    assert words in answer.what
    assert answer.remedy


def test_a_half_hidden_key_is_not_shown_either(fault):
    answer = fault(error(401, "Incorrect API key provided: sk-proj-********1234."))

    assert "1234" not in str(answer)


def test_a_server_that_says_what_it_was_sent_betrays_nothing(play, server, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    server.replies(completion(json.dumps({"actions": [{"action": "think", "text": f"authorization: Bearer {KEY}"}]})))

    run = play()

    said = [event.data["actions"][0]["text"] for event in run.events(kind="decision")]
    assert said == ["authorization: Bearer (key)"] * 2


# Too much, too busy


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after-ms": "1500", "retry-after": "2"}, 1.5),
        ({"retry-after": "Wed, 01 Jan 2020 00:00:00 GMT"}, 0.0),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-3"}, None),
        ({"retry-after": "nan"}, None),
        ({}, None),
    ],
)
def test_too_many_requests_say_how_long_to_wait(fault, headers, seconds):
    answer = fault(error(429, "Rate limit reached", code="rate_limit_exceeded", headers=headers))

    assert kind(answer) == "RateLimited"
    assert answer.retry_after == seconds
    assert answer.what == "too many requests: (429) Rate limit reached"


@pytest.mark.parametrize("status", [408, 409, 500, 502, 503, 504, 529])
def test_a_provider_in_trouble_is_overloaded(fault, status):
    answer = fault(Reply(status=status, body=b"<html>upstream</html>", media_type="text/html"))

    assert kind(answer) == "Overloaded"
    assert answer.what == f"the provider is busy or broken: ({status}) <html>upstream</html>"


def test_nobody_at_the_address(troupe, study, tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    printed = troupe("run", study(base_url=f"http://127.0.0.1:{port}/v1"), "--out", tmp_path / "run", "--quiet")

    assert printed.status == 3
    assert "the provider of [llm] stays away: cannot be reached, or the connection broke" in printed.err
    assert f"http://127.0.0.1:{port}/v1" in printed.err


def test_an_answer_that_does_not_come_in_time(fault):
    answer = fault(Reply(body=completion("tea").body, delay=5), timeout=0.2)

    assert kind(answer) == "Overloaded"
    assert answer.what == "no answer within 0.2 seconds (timeout)"


@pytest.mark.parametrize("broken", [{"silent": True}, {"sent": 0}, {"sent": 40}])
def test_a_connection_that_breaks(fault, broken):
    answer = fault(Reply(body=completion("tea").body, **broken))

    assert kind(answer) == "Overloaded"
    assert answer.what.startswith("cannot be reached, or the connection broke: ")
    assert answer.what.endswith(". Is it running, and is base_url right?")
    assert ".." not in answer.what


@pytest.mark.parametrize("body", [b"", b"  ", b'{"id": "chatcmpl-1", "choices": [{"ind'])
def test_a_body_that_is_not_whole(fault, body):
    answer = fault(Reply(body=body))

    assert kind(answer) == "Overloaded"
    assert answer.what.startswith("the answer broke off or is garbled; it begins with: ")


def test_a_relay_that_breaks_off_while_it_answers(fault):
    reply = completion("Once upon")
    reply.body["choices"][0] |= {"finish_reason": "error", "error": {"message": "gone"}}

    answer = fault(reply)

    assert kind(answer) == "Overloaded"
    assert "the provider broke off while it answered" in answer.what


@pytest.mark.parametrize(
    ("said", "error_kind"),
    [
        ({"code": 429, "message": "slow down"}, "RateLimited"),
        ({"code": 502, "message": "behind me is nobody"}, "Overloaded"),
        ({"code": "odd", "message": "?"}, "BadRequest"),
        ("just words", "BadRequest"),
    ],
)
def test_a_relay_that_says_200_and_then_no(fault, said, error_kind):
    assert kind(fault(Reply(body={"error": said}))) == error_kind


# Too long, refused


@pytest.mark.parametrize(
    ("status", "fields"),
    [
        (400, {"message": "This model's maximum context length is 8192 tokens.", "code": "context_length_exceeded"}),
        (400, {"message": "request (9031 tokens) exceeds the context size", "type": "exceed_context_size_error"}),
        (400, {"message": "You passed 3000 input tokens; max_model_len is 2048. Please reduce the length."}),
        (400, {"message": "prompt is too long: 300000 tokens > 200000 maximum"}),
        (413, {"message": "Payload Too Large"}),
        (500, {"message": "the request exceeds the available context size"}),
    ],
)
def test_too_long_in_the_words_of_different_providers(fault, status, fields):
    answer = fault(error(status, **fields))

    assert kind(answer) == "ContextTooLong"
    assert answer.what.startswith(f"the request is longer than the model can read: ({status}) ")
    assert "request_bytes" in (answer.remedy or "")


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (completion("", refusal="I cannot play this person."), "the model refused: I cannot play this person."),
        (completion("Once", finish="content_filter"), "the provider's filter cut the answer off"),
        (
            error(400, "triggered the content management policy", code="content_filter"),
            "the provider's filter declined",
        ),
        (error(400, "Failed to validate JSON", code="json_validate_failed"), "could not make an answer that fits"),
    ],
)
def test_who_does_not_want_to_answer(fault, reply, words):
    answer = fault(reply)

    assert kind(answer) == "Refused"
    assert words in answer.what


def test_a_refusal_costs_one_turn_and_not_the_run(play, server):
    server.replies(completion("", refusal="No."), completion())

    run = play(steps=2)

    assert run.status == "finished"
    reasons = [event.data.get("because") for event in run.events(kind="decision")]
    assert [reason for reason in reasons if reason] == ["Refused: the model refused: No."]


def test_too_long_costs_one_turn_and_not_the_run(play, server):
    server.replies(error(400, "too long", code="context_length_exceeded"), completion())

    run = play(steps=2)

    assert run.status == "finished"
    assert sum(bool(event.data["actions"]) for event in run.events(kind="decision")) == 3
    (failure,) = run.events(kind="failure")
    assert failure.data["problem"] == (
        "ContextTooLong: the request is longer than the model can read: (400) too long. "
        "Lower request_bytes of the agents, or take a model that can read more."
    )


# What makes no sense to the provider, or to us


@pytest.mark.parametrize(
    ("status", "fields"),
    [
        (404, {"message": "The model `gpt-test` does not exist", "code": "model_not_found"}),
        (404, {"message": "model 'gpt-test' not found, try pulling it first"}),
        (404, {"message": "The API deployment for this resource does not exist.", "code": "DeploymentNotFound"}),
        (400, {"message": "gpt-test is not a valid model ID"}),
    ],
)
def test_an_unknown_model_is_named(fault, status, fields):
    answer = fault(error(status, **fields))

    assert kind(answer) == "BadRequest"
    assert answer.what.startswith(f'there is no model "gpt-test": ({status}) ')
    assert "its list of models has it" in (answer.remedy or "")


def test_the_setting_that_is_not_taken_is_named(fault):
    message = "Unsupported parameter: 'max_tokens' is not supported with this model."

    answer = fault(error(400, message, param="max_tokens"), max_tokens=10, temperature=1)

    assert kind(answer) == "BadRequest"
    assert message in answer.what
    assert answer.remedy == "Change max_tokens in the model's table, or take it out."


@pytest.mark.parametrize(
    ("reply", "got"),
    [
        (Reply(body=b"<!doctype html><title>Welcome</title>", media_type="text/html"), "<!doctype html>"),
        (Reply(body=b"Ollama is running", media_type="text/plain"), "Ollama is running"),
        (Reply(body={"status": "ok"}), '{"status": "ok"}'),
        (Reply(body=["a"]), '["a"]'),
        (Reply(body={"choices": []}), '{"choices": []}'),
        (Reply(body={"choices": [{"text": "an older protocol"}]}), "an older protocol"),
        (Reply(status=404, body=b"404 page not found", media_type="text/plain"), "(404) 404 page not found"),
        (Reply(status=405, body={"detail": "Method Not Allowed"}), "(405) Method Not Allowed"),
        (Reply(status=400, body=b"\x00\x1b[31mgibberish"), "(400) [31mgibberish"),
    ],
)
def test_something_else_at_this_address(fault, reply, got):
    answer = fault(reply)

    assert kind(answer) == "BadRequest"
    assert answer.what.startswith("expected chat completions")
    assert got in answer.what
    assert answer.remedy == "Look at base_url: it is what stands before /chat/completions, mostly ending in /v1."


def test_something_else_ends_the_run_with_these_words(troupe, study, server, tmp_path):
    server.replies(Reply(body=b"<html>Welcome</html>", media_type="text/html"))

    printed = troupe("run", study(), "--out", tmp_path / "run", "--quiet")

    assert printed.status == 2
    assert "expected chat completions, got: <html>Welcome</html>" in printed.err
    assert "mostly ending in /v1" in printed.err
    assert "Traceback" not in printed.err


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ('azure_endpoint = "https://a.invalid"', "azure_endpoint and base_url exclude each other"),
        ('api_version = "2024-10-21"', "azure_endpoint and api_version belong together"),
        ("max_tokens = 1\nmax_completion_tokens = 1", "max_tokens and max_completion_tokens exclude each other"),
        ('extra_headers = { Authorization = "Bearer x" }', 'extra_headers: "Authorization" carries a secret'),
        ("temperature = 3", "[llm] temperature: expected a number from 0 to 2, got 3"),
        ('api_key = "sk-1"', "api_key"),
        ('json_schema = "very"', "json_schema: expected one of strict, json, none"),
        ("prices = { prompt = -1 }", "prompt: expected a number ≥ 0, got -1"),
    ],
)
def test_settings_that_cannot_be(troupe, study, server, lines, words):
    printed = troupe("run", study(llm=lines), "--quiet")

    assert printed.status == 2
    assert words in printed.err
    assert server.asked == []


@pytest.mark.parametrize(
    "address",
    ["localhost:8080", "http://[::1", "ftp://here", "https://me:pass@there/v1", "https://there/v1?key=me:pass"],
)
def test_an_address_that_is_none(troupe, study, address):
    printed = troupe("run", study(base_url=address), "--quiet")

    assert printed.status == 2
    assert "is no web address, or has more in it than an address" in printed.err
    assert "me:pass" not in printed.err


# Answers that are odd and can be lived with


@pytest.mark.parametrize("content", [None, ""])
def test_an_empty_answer_is_paid_for_and_asked_once_more(play, server, content):
    empty = completion("x")
    empty.body["choices"][0]["message"]["content"] = content
    server.replies(empty)

    run = play()

    assert [event.data["because"] for event in run.events(kind="decision")] == ["the answer is empty"] * 2
    assert run.stats()["llm"]["completion_tokens"] == 4 * 20


def test_an_answer_that_was_cut_off_says_so(play, server):
    server.replies(completion('{"actions": [{"action": "ta', finish="length"))

    run = play()

    reasons = {event.data["because"] for event in run.events(kind="decision")}
    assert reasons == {"the answer was cut off at the provider's limit"}


def test_half_characters_are_replaced(play, server):
    body = json.dumps(completion(json.dumps(ACTIONS, ensure_ascii=False).replace("Good", "Good\ud83d")).body)
    server.replies(Reply(body=body.encode()))

    run = play()

    assert [event.data["actions"][0]["text"] for event in run.events(kind="decision")] == ["Good? morning!"] * 2


def test_what_no_utf_8_has_is_replaced(fault, server):
    server.replies(Reply(body=json.dumps(completion("tea?").body).encode().replace(b"tea?", b"tea\xff")))

    (answer,), _ = asked_at_once(server, HELLO)

    assert answer.text == "tea\ufffd"


def test_spaces_before_an_answer_are_no_harm(server):
    server.replies(Reply(body=b"\n\n   " + json.dumps(completion("tea").body).encode()))

    (answer,), _ = asked_at_once(server, HELLO)

    assert answer.text == "tea"
