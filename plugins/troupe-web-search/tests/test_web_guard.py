# mypy: allow-untyped-defs, allow-incomplete-defs, allow-untyped-calls
"""No page leads to where nobody may go: by its address, by a detour, by a name that changes what it stands for."""

import asyncio
import ssl

import pytest
import trustme
from troupe_web_search.fetching import Fetcher
from troupe_web_search.provider import NotReadable
from web_servers import WebServer, leads_to
from web_using import read

from troupe_core.plugin import Refusal, web_address


def names(*answers):
    """Looks names up: each time the next answer, the last one for ever."""
    told = list(answers)

    async def look_up(host, port):
        return told.pop(0) if len(told) > 1 else told[0]

    return look_up


def fetch(address, look_up, *, allow_private=True, **more):
    """What is there, fetched by a fetcher that looks names up like this."""

    async def fetching():
        fetcher = Fetcher(seconds=10, most_bytes=10_000, user_agent="test", look_up=look_up, **more)
        try:
            return await fetcher.get(web_address(address), accept="*/*", allow_private=allow_private)
        finally:
            await fetcher.close()

    return asyncio.run(fetching())


PRIVATE = 'is on this machine or a private network, which needs the capability "network.private"'


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0x7f.1", "2130706433", "[::1]", "[::ffff:127.0.0.1]"])
def test_this_machine_is_closed_however_it_is_written(searxng, web, host):
    outcome = read(searxng, f"http://{host}:{web.port}/tills.html", grants=("network",))

    assert (outcome.status, outcome.trusted) == ("refused", False)
    assert outcome.text.endswith(PRIVATE)
    assert web.asked == []


def test_this_machine_is_open_where_the_study_grants_it(searxng, web):
    for host in ("127.0.0.1", "0x7f.1", "2130706433", "[::ffff:127.0.0.1]"):
        assert read(searxng, f"http://{host}:{web.port}/tills.html").status == "done"


@pytest.mark.parametrize(
    "where",
    ["http://169.254.169.254/latest/meta-data/", "//0.0.0.0/", "http://[fe80::1]/", "http://0251.0376.0251.0376/"],
)
def test_a_detour_to_where_nobody_may_go_is_refused(searxng, web, where):
    web.pages["/a"] = leads_to(where)

    outcome = read(searxng, f"{web.address}/a")

    assert (outcome.status, outcome.trusted) == ("refused", False)
    assert outcome.text.endswith("is at no address that may be connected to")


@pytest.mark.parametrize("where", ["file:///etc/passwd", "ftp://example.com/", "javascript:1", "data:text/html,x"])
def test_a_detour_to_another_world_is_refused(searxng, web, where):
    web.pages["/a"] = leads_to(where)

    outcome = read(searxng, f"{web.address}/a")

    assert (outcome.status, outcome.trusted) == ("refused", False)
    assert "is no address that begins with http:// or https:// and names a host" in outcome.text


def test_a_detour_with_a_password_is_refused_and_not_repeated(searxng, web):
    web.pages["/a"] = leads_to("http://user:secret@127.0.0.1/")

    outcome = read(searxng, f"{web.address}/a")

    assert outcome.status == "refused"
    assert "secret" not in outcome.text


def test_a_detour_that_is_no_address_is_told(searxng, web):
    web.pages["/a"] = leads_to("http://[/")

    assert (
        read(searxng, f"{web.address}/a").text == f"{web.address}/a leads to an address that is none. Try another page."
    )


def test_a_detour_from_a_public_name_to_this_machine_is_refused(web):
    # The public number is taken by nobody in this test: what counts is that the detour is never asked.
    web.pages["/a"] = leads_to(f"http://inside.example:{web.port}/tills.html")

    with pytest.raises(Refusal, match=r'"inside\.example" is at no address'):
        fetch(f"http://shop.example:{web.port}/a", names(["127.0.0.1"], ["169.254.169.254"]))
    assert web.asked == ["/a"]


def test_a_name_is_checked_at_each_connection_so_that_it_cannot_change(web):
    web.pages["/a"] = leads_to("/b")

    with pytest.raises(Refusal, match=r'"rebind\.example" is at no address that may be connected to'):
        fetch(f"http://rebind.example:{web.port}/a", names(["127.0.0.1"], ["169.254.169.254"]))
    assert web.asked == ["/a"]


def test_a_name_for_this_machine_is_refused_without_the_grant(web):
    with pytest.raises(Refusal, match=PRIVATE.replace(".", r"\.")):
        fetch(f"http://shop.example:{web.port}/a", names(["127.0.0.1"]), allow_private=False)
    assert web.asked == []


def test_the_number_is_dialled_and_the_name_is_asked_for(web):
    fetched = fetch(f"http://shop.example:{web.port}/tills.html", names(["127.0.0.1"]))

    assert fetched.status == 200
    assert web.headers[0]["Host"] == f"shop.example:{web.port}"


def test_a_number_where_nobody_answers_is_followed_by_the_next(web):
    fetched = fetch(f"http://shop.example:{web.port}/tills.html", names(["127.0.0.2", "::1", "127.0.0.1"]))

    assert fetched.status == 200


def test_tls_proves_the_name_and_not_the_number():
    authority = trustme.CA()
    trusting = ssl.create_default_context()
    authority.configure_trust(trusting)

    with WebServer(authority.issue_cert("shop.example")) as web:
        fetched = fetch(f"https://shop.example:{web.port}/tills.html", names(["127.0.0.1"]), verify=trusting)
        assert fetched.status == 200
        with pytest.raises(NotReadable, match="does not prove that it is who it says it is: its certificate is not"):
            fetch(f"https://other.example:{web.port}/tills.html", names(["127.0.0.1"]), verify=trusting)
        with pytest.raises(NotReadable, match="its certificate is not good"):
            fetch(f"https://shop.example:{web.port}/tills.html", names(["127.0.0.1"]))


def test_a_name_that_nobody_has_is_told(searxng):
    outcome = read(searxng, "http://nobody.invalid/")

    assert (outcome.status, outcome.text) == (
        "refused",
        'there is no host "nobody.invalid", or it cannot be looked up just now',
    )


def test_a_proxy_from_the_environment_is_not_used(searxng, web, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")

    assert read(searxng, f"{web.address}/tills.html").status == "done"
