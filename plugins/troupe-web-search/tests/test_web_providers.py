# mypy: allow-untyped-defs, allow-incomplete-defs, allow-untyped-calls
"""What every provider does: these tests are the same for all three."""

import re

import pytest
from web_using import search, use


def addresses(outcome):
    """What was found, in order."""
    return re.findall(r"^\d+\. .*? \((\S+)\): ", outcome.text, re.MULTILINE)


def names(outcome):
    """Which documents those are."""
    return [address.rpartition(".")[0].replace("/", ":").rpartition(":")[2] for address in addresses(outcome)]


def test_what_fits_best_comes_first_with_title_address_and_excerpt(provider):
    outcome = search(provider, "bakery bread")

    assert (outcome.status, outcome.trusted) == ("done", False)
    assert names(outcome) == ["bakery", "library"]
    assert re.search(r"^1\. The old bakery \(\S+\): The bakery on the corner closes", outcome.text, re.MULTILINE)
    assert outcome.text.startswith('Found for "bakery bread":\n')


def test_capitals_and_spaces_do_not_matter(provider):
    plain, odd = use(
        provider, ("web_search", {"query": "bakery bread"}), ("web_search", {"query": "  Bakery\n BREAD "})
    )

    assert addresses(plain) == addresses(odd)


def test_asking_twice_finds_the_same(provider):
    once, twice = use(provider, *[("web_search", {"query": "night bread"})] * 2)

    assert once == twice


def test_what_was_found_can_be_read(provider):
    for address in addresses(search(provider, "bread")):
        (outcome,) = use(provider, ("read_page", {"address": address}))

        assert (outcome.status, outcome.trusted) == ("done", False)
        assert address in outcome.text.splitlines()[0]
        assert "bread" in outcome.text


def test_no_more_is_told_than_was_asked_for(provider):
    assert len(addresses(search({**provider, "results": 1}, "bread"))) == 1


def test_a_long_page_is_told_in_part(provider):
    settings = {**provider, "page_characters": 200}
    (address,) = addresses(search(settings, "tills"))
    (outcome,) = use(settings, ("read_page", {"address": address}))

    assert len(outcome.text) <= 200 + len("A shop without tills ()\n") + len(address)


def test_nothing_found_is_told_with_what_to_do(provider):
    outcome = search(provider, "zeppelin")

    assert outcome.status == "done"
    assert outcome.text == 'Nothing was found for "zeppelin". Try fewer or other words.'


@pytest.mark.parametrize("query", ["", " \n ", "\u200b"])
def test_an_empty_search_is_refused_with_what_to_do(provider, query):
    outcome = search(provider, query)

    assert (outcome.status, outcome.text) == ("refused", "Search for what? Give a few words.")


def test_an_endless_search_is_refused(provider):
    outcome = search(provider, "bread " * 100)

    assert outcome.status == "refused"
    assert outcome.text == "That is too long to search for: give a few words, at most 300 characters."


def test_no_address_is_refused(provider):
    (outcome,) = use(provider, ("read_page", {"address": "  "}))

    assert (outcome.status, outcome.text) == ("refused", "Read which page? Give an address that a search found.")


@pytest.mark.parametrize("address", ["/etc/passwd", "file:///etc/passwd", "corpus:../study.toml", "../documents/a.md"])
def test_no_file_outside_is_read(provider, address):
    (outcome,) = use(provider, ("read_page", {"address": address}))

    assert outcome.status == "refused"
    assert "passwd" not in outcome.text or len(outcome.text) < 300
