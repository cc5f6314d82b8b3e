# mypy: allow-untyped-defs, allow-incomplete-defs, allow-untyped-calls
"""What a test records with `recorded_llm`: the answers of a provider, and nothing that must not be committed."""

import pytest
from speaking_server import completion, error

pytest_plugins = ["pytester"]

KEY = "sk-this-must-never-be-written-down"


@pytest.fixture
def session(pytester, server, monkeypatch):
    """Runs the test of an author whose model is the server."""
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.delenv("TROUPE_PLUGINS", raising=False)
    monkeypatch.setenv("OPENAI_API_KEY", KEY)

    def run(*words):
        pytester.makepyfile(
            test_mine=f'''
            STUDY = """
            [simulation]
            steps = 2
            [execution]
            patience = 0
            [llm]
            use = "nobody"
            [[agents]]
            persona = {{ name = "Ann" }}
            """

            def test_it(troupe_run, recorded_llm):
                model = {{"use": "openai", "model": "gpt-test", "base_url": "{server.address}"}}
                run = troupe_run(STUDY, llm=recorded_llm(model))
                assert run.status == "finished"
                print("DIGEST", run.digest())
            '''
        )
        return pytester.runpytest_subprocess("-s", *words)

    return run


def digest(result):
    result.assert_outcomes(passed=1)
    return next(line for line in result.outlines if "DIGEST" in line)


def test_a_provider_is_asked_once_and_no_key_is_needed_afterwards(session, server, monkeypatch):
    first = digest(session())
    asked = len(server.chats)
    monkeypatch.delenv("OPENAI_API_KEY")

    again = digest(session("--troupe-record=none"))

    assert (asked, len(server.chats)) == (2, 2)
    assert again == first


def test_no_key_no_prompt_and_no_address_is_in_the_cassette(session, server, pytester):
    server.answers = lambda _: completion()

    digest(session())

    cassette = (pytester.path / "cassettes" / "test_mine" / "test_it.jsonl").read_text(encoding="utf-8")
    assert all(each.headers["authorization"] == f"Bearer {KEY}" for each in server.asked if each.method == "POST")
    assert "Good morning!" in cassette
    for secret in (KEY, "You are Ann", server.address, "authorization"):
        assert secret not in cassette


def test_a_failure_is_replayed_too_and_does_not_tell_the_key(session, server, pytester):
    server.replies(error(400, f"the key {KEY} may not", code="content_filter"), completion())
    first = digest(session())

    again = digest(session("--troupe-record=none"))

    assert again == first
    cassette = (pytester.path / "cassettes" / "test_mine" / "test_it.jsonl").read_text(encoding="utf-8")
    assert '"Refused"' in cassette
    assert KEY not in cassette
