# mypy: allow-untyped-defs, allow-incomplete-defs, allow-untyped-calls
"""What is sent, over how many connections, and what an answer comes to."""

import json

from speaking_server import Reply, completion


def test_two_people_live_two_steps(play, server):
    run = play(steps=2)

    outcomes = [event.data for event in run.events(kind="decision")]
    assert len(outcomes) == 4
    assert all(each["actions"] == [{"action": "talk", "to": "all", "text": "Good morning!"}] for each in outcomes)
    stats = run.stats()["llm"]
    assert (stats["calls"], stats["provider_calls"], stats["retries"]) == (4, 4, 0)
    assert (stats["prompt_tokens"], stats["completion_tokens"]) == (400, 80)


def test_a_request_has_the_prompt_the_schema_a_seed_and_nothing_that_was_not_set(play, server):
    play()

    body = server.chats[0]
    assert body.keys() == {"model", "messages", "response_format", "seed"}
    assert body["model"] == "gpt-test"
    assert [each["role"] for each in body["messages"]] == ["system", "user"]
    assert body["messages"][0]["content"].startswith("You are Ann.")
    assert 0 <= body["seed"] < 2**31


def test_the_schema_is_strict_and_every_constant_has_a_type(play, server):
    play()

    form = server.chats[0]["response_format"]
    assert (form["type"], form["json_schema"]["strict"]) == ("json_schema", True)
    branches = form["json_schema"]["schema"]["properties"]["actions"]["items"]["anyOf"]
    assert branches[0]["properties"]["action"] == {"type": "string", "const": "talk"}
    assert all(each["required"] == list(each["properties"]) for each in branches)
    assert all(each["additionalProperties"] is False for each in branches)


def test_what_the_study_sets_is_sent_under_the_same_names(play, server):
    play(
        llm="""
temperature = 0.5
top_p = 0.9
max_completion_tokens = 300
frequency_penalty = 0.1
presence_penalty = -0.1
reasoning_effort = "low"
organization = "org-1"
project = "proj-1"
extra_body = { top_k = 40 }
extra_headers = { "X-Title" = "Troupe" }
"""
    )

    body = server.chats[0]
    sent = {key: body[key] for key in ("temperature", "top_p", "max_completion_tokens", "top_k", "reasoning_effort")}
    assert sent == {
        "temperature": 0.5,
        "top_p": 0.9,
        "max_completion_tokens": 300,
        "top_k": 40,
        "reasoning_effort": "low",
    }
    assert (body["frequency_penalty"], body["presence_penalty"]) == (0.1, -0.1)
    headers = server.asked[-1].headers
    assert (headers["openai-organization"], headers["openai-project"]) == ("org-1", "proj-1")
    assert headers["x-title"] == "Troupe"


def test_the_same_person_has_the_same_first_message_in_every_step(play, server):
    play(steps=2)

    first = {body["messages"][0]["content"] for body in server.chats}
    assert len(server.chats) == 4
    assert len(first) == 2


def test_one_connection_serves_a_run_of_one_person_after_another(play, server):
    play(steps=20, more='[environment]\nuse = "room"', llm="context_tokens = 8192")
    sequential = server.connections

    assert len(server.chats) == 40
    assert sequential <= 2


def test_as_many_connections_as_calls_in_flight_serve_a_whole_run(tmp_path, play, server):
    people = "\n".join(f'[[agents]]\npersona = {{ name = "P{number}" }}' for number in range(40))

    play(steps=5, people=people)

    assert len(server.chats) == 200
    assert server.connections <= 17


def test_the_key_is_sent_and_stands_nowhere_in_the_run(play, server, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-very-secret-1234")

    run = play()

    assert server.asked[-1].headers["authorization"] == "Bearer sk-very-secret-1234"
    kept = b"".join(file.read_bytes() for file in run.folder.rglob("*") if file.is_file())
    assert b"very-secret" not in kept


def test_another_variable_can_hold_the_key(play, server, monkeypatch):
    monkeypatch.setenv("OTHER_KEY", " abc\n")

    play(llm='key_env = "OTHER_KEY"')

    assert server.asked[-1].headers["authorization"] == "Bearer abc"


def test_the_address_may_come_from_the_environment(play, server, monkeypatch):
    monkeypatch.setenv("OPENAI_BASE_URL", server.address)

    play(base_url="")

    assert len(server.chats) == 2


def test_the_command_line_may_name_the_model(troupe, study, server, monkeypatch, tmp_path):
    monkeypatch.setenv("OPENAI_BASE_URL", server.address)

    printed = troupe("run", study(), "--llm", "openai:gpt-other", "--out", tmp_path / "run", "--quiet")

    assert printed.status == 0
    assert {body["model"] for body in server.chats} == {"gpt-other"}


def test_connections_that_the_server_closes_are_made_anew(play, server):
    server.answers = lambda _: Reply(body=completion().body, headers={"connection": "close"}, closes=True)

    run = play(steps=3, llm="context_tokens = 8192")

    assert run.stats()["llm"]["retries"] == 0
    assert len(server.chats) == server.connections == 6


def test_a_proxy_does_not_come_between_a_run_and_a_server_on_this_machine(play, server, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "")

    play()

    assert len(server.chats) == 2


def test_azure_has_its_own_addresses_and_its_own_header(play, server, monkeypatch):
    monkeypatch.setenv("AZURE_OPENAI_API_KEY", "azure-key")
    endpoint = server.address.removesuffix("/v1")

    play(
        base_url="",
        llm=f'azure_endpoint = "{endpoint}"\napi_version = "2024-10-21"\nkey_env = "AZURE_OPENAI_API_KEY"',
    )

    asked = server.asked[0]
    assert asked.path == "/openai/deployments/gpt-test/chat/completions?api-version=2024-10-21"
    assert asked.headers["api-key"] == "azure-key"
    assert "authorization" not in asked.headers


def test_dollars_follow_from_the_prices(play, server):
    run = play(llm="prices = { prompt = 2.0, completion = 10.0 }")

    assert run.stats()["llm"]["dollars"] == round(2 * (100 * 2 + 20 * 10) / 1e6, 6)


def test_what_was_in_the_cache_of_the_provider_has_a_price_of_its_own(play, server):
    usage = {"prompt_tokens": 100, "completion_tokens": 20, "prompt_tokens_details": {"cached_tokens": 60}}
    server.replies(completion(usage=usage))

    run = play(llm="prices = { prompt = 2.0, completion = 10.0, cached_prompt = 0.5 }")

    assert run.stats()["llm"]["dollars"] == round(2 * (40 * 2 + 60 * 0.5 + 20 * 10) / 1e6, 6)


def test_what_the_provider_says_it_cost_counts_more(play, server):
    server.replies(completion(usage={"prompt_tokens": 100, "completion_tokens": 20, "cost": 0.125}))

    run = play(llm="prices = { prompt = 2.0, completion = 10.0 }")

    assert run.stats()["llm"]["dollars"] == 0.25


def test_a_budget_ends_the_run_with_what_the_provider_counts(troupe, study, server, tmp_path):
    file = study(steps=9, llm="budget = { tokens = 240 }")

    printed = troupe("run", file, "--out", tmp_path / "run", "--quiet")

    assert printed.status == 3
    assert "the budget of [llm] is used up: tokens = 240" in printed.err
    assert len(server.chats) == 2


def test_strange_counts_are_no_counts(play, server):
    server.replies(completion(usage={"prompt_tokens": "many", "completion_tokens": None, "cost": "dear"}))

    stats = play().stats()["llm"]

    assert (stats["prompt_tokens"], stats["completion_tokens"], stats["dollars"]) == (0, 0, 0)


def test_an_answer_in_parts_is_put_together(play, server):
    parts = [{"type": "thinking"}, {"type": "text", "text": json.dumps({"actions": [{"action": "wait"}]})}]
    server.answers = lambda _: completion(parts)

    run = play()

    assert [event.data["actions"] for event in run.events(kind="decision")] == [[{"action": "wait"}]] * 2
