# mypy: allow-untyped-defs, allow-incomplete-defs, allow-untyped-calls
"""The live web by `ddgs`: the package is real, the engine that it asks is ours."""

import importlib.util

import pytest
from web_using import search

from troupe_core.plugin import ConfigError


def test_what_the_package_returns_is_told_like_any_other_result(live, web):
    outcome = search(live, "tills")

    assert outcome.text == (
        'Found for "tills":\n'
        f"1. A shop without tills ({web.address}/tills.html): "
        "People walk in and out of the shop. Nobody scans anything at all."
    )


def test_region_and_safety_are_handed_on(live, web):
    bodies = []

    def engine(request):
        bodies.append(request.rfile.read(int(request.headers["Content-Length"])).decode())
        return 200, {"Content-Type": "text/html"}, b"<html></html>"

    web.pages["/html/"] = engine

    search({**live, "region": "de-de"}, "Brot")

    assert "q=Brot" in bodies[0]
    assert "l=de-de" in bodies[0]


def test_engines_that_are_away_are_told(live, web):
    web.pages["/html/"] = lambda request: request.wfile.write(b"HELLO\r\n\r\n") and None

    outcome = search(live, "tills")

    assert (outcome.status, outcome.text[:36]) == ("failed", "The search does not answer just now.")
    assert outcome.problem.startswith("ProviderDown: ddgs: ")
    assert (
        'Try again later, or use another provider: "corpus" needs no network, "searxng" is your own.' in outcome.problem
    )


def test_engines_that_take_too_long_are_told(live, web):
    web.pages["/html/"] = lambda _: web.closing.wait(3) and None

    outcome = search({**live, "timeout": 0.3}, "tills")

    assert "no search engine answered within 0.3 seconds" in outcome.problem


def test_without_the_package_it_is_told_what_to_install(monkeypatch):
    real = importlib.util.find_spec
    monkeypatch.setattr("troupe_web_search.live_web.find_spec", lambda name: None if name == "ddgs" else real(name))

    with pytest.raises(ConfigError) as wrong:
        search({"provider": "ddgs"}, "x")

    assert str(wrong.value) == (
        'web-search: provider = "ddgs" needs the package ddgs, which is not installed\n'
        "Install it: python -m pip install 'troupe-web-search[ddgs]'"
    )
