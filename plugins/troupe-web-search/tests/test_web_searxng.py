# mypy: allow-untyped-defs, allow-incomplete-defs, allow-untyped-calls
"""A SearXNG: what it is asked, what it returns, and what is told when it is away."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from web_servers import html, leads_to
from web_using import read, search

from troupe_core.plugin import ConfigError


def results(*each):
    """An answer of SearXNG."""
    return 200, {"Content-Type": "application/json"}, json.dumps({"query": "x", "results": list(each)}).encode()


def test_it_is_asked_for_json_with_language_and_safety(searxng, web):
    search({**searxng, "base_url": f"{web.address}/", "language": "de", "safe_search": "strict"}, "Brot & Käse")

    (asked,) = web.asked
    assert urlsplit(asked).path == "/search"
    assert parse_qs(urlsplit(asked).query) == {
        "q": ["Brot & Käse"],
        "format": ["json"],
        "language": ["de"],
        "safesearch": ["2"],
    }


def test_it_may_live_below_a_path(searxng, web):
    web.pages["/below/search"] = results({"url": "https://a.example/", "title": "A", "content": "a"})

    assert "A (https://a.example/): a" in search({**searxng, "base_url": f"{web.address}/below/"}, "x").text


def test_it_may_be_on_this_machine_without_opening_this_machine_to_agents(searxng, web):
    assert search(searxng, "bread", grants=("network",)).status == "done"

    outcome = read(searxng, f"{web.address}/tills.html", grants=("network",))
    assert (outcome.status, outcome.trusted) == ("refused", False)
    assert (
        outcome.text
        == '"127.0.0.1" is on this machine or a private network, which needs the capability "network.private"'
    )


def test_results_that_cannot_be_read_are_left_away_and_each_is_told_once(searxng, web):
    web.pages["/search"] = results(
        {"url": "magnet:?xt=1", "title": "No"},
        {"title": "No"},
        {"url": 7, "title": "No"},
        {"url": "https://user:pass@a.example/", "title": "No"},
        {"url": "https://a.example/x#one", "title": None, "content": None},
        {"url": "https://A.example/x#two", "title": "Again"},
        {"url": "https://b.example/", "title": " B\n\x1b[31m ", "content": "one\n\ntwo"},
    )

    assert search(searxng, "x").text == (
        'Found for "x":\n1. https://a.example/x (https://a.example/x): \n2. B [31m (https://b.example/): one two'
    )


def test_an_excerpt_is_bounded(searxng, web):
    web.pages["/search"] = results({"url": "https://a.example/", "title": "t" * 10_000, "content": "c" * 1_000_000})

    assert len(search(searxng, "x").text) < 500


AWAY = "The search does not answer just now. Go on without it, or try again later."


def down(outcome):
    assert (outcome.status, outcome.text) == ("failed", AWAY)
    return outcome.problem


def test_away_is_told_to_the_agent_and_why_to_the_journal(searxng, web):
    web.__exit__()

    assert down(search(searxng, "x")) == (
        f"ProviderDown: SearXNG at {web.address}/: it cannot be reached: nobody answers there "
        "See whether it runs there, and look at base_url."
    )


def test_a_searxng_that_may_not_answer_in_json_is_told_with_what_to_write(searxng, web):
    web.pages["/search"] = 403, {}, b""

    problem = down(search(searxng, "x"))

    assert "it answers with status 403, as SearXNG does where it may not answer in JSON" in problem
    assert 'In its settings.yml, list json: "search: { formats: [html, json] }".' in problem


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ((500, {}, b""), "it answers with status 500"),
        ((429, {}, b""), "it answers with status 429"),
        (html("<p>Welcome</p>"), "what it answers is no JSON"),
        ((200, {}, b"[" * 100_000), "what it answers is no JSON"),
        ((200, {}, b"[]"), 'what it answers has no list of "results"'),
        ((200, {}, b'{"results": [1]}'), 'what it answers has no list of "results"'),
        (leads_to("/elsewhere"), "it leads to another address"),
        ((200, {"Content-Length": "9000000"}, b""), "it is larger than 2000000 bytes"),
        (lambda request: request.wfile.write(b"HELLO\r\n\r\n") and None, "it broke off, or does not speak HTTP"),
    ],
)
def test_what_is_no_searxng_is_told(searxng, web, answer, told):
    web.pages["/search"] = answer

    assert f"/: {told} See whether it runs there, and look at base_url." in down(search(searxng, "x"))


def test_a_searxng_that_takes_too_long_is_told(searxng, web):
    web.pages["/search"] = lambda _: web.closing.wait(30) and None

    assert "it is not there, whole, after 0.2 seconds" in down(search({**searxng, "timeout": 0.2}, "x"))


def test_one_at_an_address_that_nobody_may_ask_is_told(searxng):
    problem = down(search({**searxng, "base_url": "http://169.254.169.254/"}, "x"))

    assert '"169.254.169.254" is at no address that may be connected to' in problem


def test_without_an_address_it_is_told_what_to_write():
    with pytest.raises(ConfigError) as wrong:
        search({"provider": "searxng"}, "x")

    assert str(wrong.value) == (
        'web-search: provider = "searxng" needs to know where it is\n'
        'Write base_url = "http://127.0.0.1:8888", or where yours is.'
    )


@pytest.mark.parametrize("address", ["127.0.0.1:8888", "ftp://a.example", "http://u:p@a.example", "http://a/?q=1"])
def test_an_address_that_is_none_is_told(address):
    with pytest.raises(ConfigError, match=r"web-search: base_url: .*\nWrite (a whole address|only where it is)"):
        search({"provider": "searxng", "base_url": address}, "x")
