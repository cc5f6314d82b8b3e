"""Addresses are derived from names: each agent has one, nobody has another's, and it stays."""

import asyncio
import re
from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from troupe_email.address_book import AddressBook
from troupe_email.config import Config
from troupe_email.message import ADDRESS
from troupe_email.post_office import PostOffice

from troupe_core.plugin import AgentId, Now, Refusal

NAMES = st.lists(st.text(min_size=1, max_size=30), unique=True, max_size=20)


def served(*names: str) -> AddressBook:
    """The book of a post office that serves these people."""
    book = AddressBook("troupe.example")
    book.serve([AgentId(name) for name in names])
    return book


@pytest.mark.parametrize(
    ("name", "local"),
    [
        ("Lisa Carter", "lisa.carter"),
        ("Łukasz Żółty", "lukasz.zolty"),
        ("Jürgen Groß", "jurgen.gross"),
        ("Анна Петрова", "anna.petrova"),
        ("王伟", "wangwei"),
        ("Seán O'Brien-Ríos", "sean.o.brien.rios"),
        ("Dr. Ada L., M.D.", "dr.ada.l.m.d"),
        ("…", "agent"),
        ("x" * 100, "x" * 40),
    ],
)
def test_an_address_reads_like_the_name(name: str, local: str) -> None:
    assert served(name).address(name) == f"{local}@troupe.example"


def test_people_of_like_names_are_told_apart_by_numbers_in_the_order_of_coming() -> None:
    book = served("José Ruiz", "Jose Ruiz", "JOSE RUIZ")

    addresses = [book.address(name).partition("@")[0] for name in ("José Ruiz", "Jose Ruiz", "JOSE RUIZ")]
    assert addresses == ["jose.ruiz", "jose.ruiz2", "jose.ruiz3"]


@given(names=NAMES)
def test_everybody_has_a_proper_address_of_their_own(names: list[str]) -> None:
    book = served(*names)

    addresses = [book.address(name) for name in names]
    assert len(set(addresses)) == len(names)
    assert all(re.fullmatch(ADDRESS, address) for address in addresses)
    assert [book.find(address, AgentId("")) for address in addresses] == names


@given(names=NAMES, gone=st.integers(0, 20))
def test_addresses_stay_whoever_leaves_and_come_again_from_what_is_kept(names: list[str], gone: int) -> None:
    book = served(*names)
    before = [book.address(name) for name in names]

    book.serve([AgentId(name) for name in names[gone:]])
    again = AddressBook("troupe.example")
    again.admit(book.known)

    assert [book.address(name) for name in names] == before
    assert [again.address(name) for name in names] == before


def test_who_left_gets_no_mail() -> None:
    book = served("Ann Lee", "Bob Ray")
    book.serve([AgentId("Ann Lee")])

    with pytest.raises(Refusal, match=r"^Bob Ray has left and gets no mail any more. Nobody else has mail.$"):
        book.find("bob.ray@troupe.example", AgentId("Ann Lee"))


def test_a_name_without_its_accents_is_understood() -> None:
    assert served("José García", "Bob Ray").find("Jose Garcia", AgentId("Bob Ray")) == "José García"


def test_only_another_domain_is_outside() -> None:
    book = served("Ann Lee")

    assert [book.is_outside(each) for each in ("Ann", "ann.lee@TROUPE.example", "zoe@troupe.example")] == [False] * 3
    assert book.is_outside("ann.lee@troupe.example.org")
    assert book.is_outside("@")


class Lent:
    """The context of a part, as far as a post office asks for it while nobody acts."""

    def __init__(self, *names: str) -> None:
        self.names = names

    def holders(self) -> tuple[str, ...]:
        return self.names


def test_whoever_comes_before_the_step_begins_is_served() -> None:
    office, lent, now = PostOffice(Config()), Lent("Ann Lee"), Now(0, datetime(2026, 1, 1))  # noqa: DTZ001

    async def day() -> list[str]:
        context: Any = lent
        await office.open(context)
        await office.advance(now)
        lent.names = ("Ann Lee", "Ann Lee ")
        turn: Any = SimpleNamespace(agent="Ann Lee ")
        return [str(office.inbox(turn).text)]

    assert asyncio.run(day()) == ["ann.lee2@troupe.example: no mails, 0 new."]


def test_a_hundred_thousand_people_are_served_and_a_wrong_name_is_answered_shortly() -> None:
    book = served(*(f"Agent {number}" for number in range(100_000)))

    with pytest.raises(Refusal) as refused:
        book.find("Agnet 12", AgentId("Agent 0"))

    assert 'Nobody here is called "Agnet 12". Did you mean Agent ' in str(refused.value)
    assert str(refused.value).endswith("Agent 12 and 99987 more.")
