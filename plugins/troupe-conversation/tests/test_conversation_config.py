# mypy: allow-untyped-defs, allow-incomplete-defs, allow-untyped-calls
"""Mistakes in a study are named, with what exists, before anything runs; what declares the plugin is light."""

import subprocess
import sys

import pytest
from troupe_conversation.plugin import troupe_environments

from troupe_core.plugin import Component

ROOMS = '[environment]\nuse = "rooms"\n'
GROUP = '[environment]\nuse = "focus-group"\n'
TALKS = '[environment]\nuse = "interview"\n'
AT = "study.toml: [environment]"

WRONG = {
    f"{ROOMS}rooms = []": f"{AT} rooms: expected a list of tables, at least one, got []",
    f'{ROOMS}rooms = [{{ name = "hall", doors = ["gardn"] }}, {{ name = "garden" }}]': (
        f'{AT}: rooms: a door of "hall" leads to "gardn", and there is no such room; did you mean garden?'
    ),
    f'{ROOMS}rooms = [{{ name = "hall", doors = ["moon"] }}, {{ name = "garden" }}]': (
        f'{AT}: rooms: a door of "hall" leads to "moon", and there is no such room; there are: hall, garden'
    ),
    f'{ROOMS}rooms = [{{ name = "hall", doors = ["hall"] }}]': (
        f'{AT}: rooms: a door of "hall" leads back into the same room'
    ),
    f'{ROOMS}rooms = [{{ name = "hall" }}, {{ name = "cellar" }}]': (
        f'{AT}: rooms: nobody can reach "cellar": no doors lead there from where people start (hall); '
        'give it one: doors = ["hall"]'
    ),
    f'{ROOMS}rooms = [{{ name = "hall" }}, {{ name = "hall" }}]': f'{AT}: rooms: "hall" is there twice; each name once',
    f'{ROOMS}rooms = [{{ name = "hall" }}]\nstart = "hal"': (
        f'{AT}: rooms: start is "hal", and there is no such room; did you mean hall?'
    ),
    f'{ROOMS}rooms = [{{ name = "hall" }}]\npeople = {{ Ann = "attic" }}': (
        f'{AT}: rooms: Ann starts in "attic", and there is no such room; there are: hall'
    ),
    f'{ROOMS}rooms = [{{ name = "hall" }}]\npeople = {{ Zoe = "hall" }}': (
        f'{AT}: people: nobody is called "Zoe"\nThere are: Ann, Bob.'
    ),
    f"{GROUP}questions = []": f"{AT} questions: expected a list of texts that are not empty",
    f'{GROUP}questions = ["Why?"]\nmoderator = "Anne"': (
        f'{AT}: moderator: nobody is called "Anne"\nDid you mean Ann?'
    ),
    f'{GROUP}questions = ["Why?", "How?"]\nrounds = 4': (
        f"{AT}: 2 questions with 4 + 2 steps each take 12 steps, and the study has 10\n"
        "Set steps = 12 in [simulation], or fewer rounds, less discussion, fewer questions."
    ),
    TALKS: (
        f"{AT}: there is nothing to ask: set questions, or an interviewer with follow_ups, "
        "the number of questions of its own"
    ),
    f'{TALKS}questions = ["Why?"]\nfollow_ups = 1': (
        f"{AT}: follow_ups: only an interviewer asks questions of its own; set one, or leave it out"
    ),
    f'{TALKS}questions = ["Why?"]\ninterviewer = "Ann"\nat_once = true': (
        f"{AT}: at_once: an interviewer talks to one person at a time; leave out one of them"
    ),
    f'{TALKS}questions = ["Why?"]\ninterviewer = "Ann"\ninterviewees = ["Bob", "Ann"]': (
        f'{AT}: interviewees: "Ann" is the interviewer; take the name out of one of them'
    ),
    f'{TALKS}questions = ["Why?"]\ninterviewees = ["Bob", "Bob"]': (
        f'{AT}: interviewees: "Bob" is there twice; each name once'
    ),
    f'{TALKS}questions = ["Why?"]\ninterviewees = ["Bo"]': (
        f'{AT}: interviewees: nobody is called "Bo"\nDid you mean Bob?'
    ),
    f'{TALKS}questions = ["Why?"]\ninterviewer = "Xaver"': (
        f'{AT}: interviewer: nobody is called "Xaver"\nThere are: Ann, Bob.'
    ),
    f'{TALKS}questions = ["1?", "2?", "3?", "4?", "5?", "6?"]': (
        f"{AT}: 2 × 6 steps of questions take 12 steps, and the study has 10\n"
        "Set steps = 12 in [simulation], or ask fewer people or questions."
    ),
}


@pytest.mark.parametrize(("text", "said"), WRONG.items())
def test_a_mistake_is_named_with_what_exists(refused, text, said):
    assert said in refused(text)


def test_somebody_has_to_be_there_to_answer(refused):
    alone = refused(f'{GROUP}questions = ["Why?"]\nmoderator = "Ann"', people=("Ann",))
    asking = refused(f'{TALKS}questions = ["Why?"]\ninterviewer = "Ann"', people=("Ann",))

    assert "nobody is there to answer" in alone
    assert "nobody is there to be interviewed" in asking


def test_it_offers_three_environments():
    offered = troupe_environments()

    assert all(isinstance(each, Component) for each in offered)
    assert [each.name for each in offered] == ["focus-group", "interview", "rooms"]


def test_what_declares_it_loads_nothing_of_the_engine():
    code = (
        "import sys; there = set(sys.modules)\n"
        "import troupe_conversation.plugin, troupe_conversation.config\n"
        "heavy = {'asyncio', 'cattrs', 'click', 'orjson', 'rich', 'sqlite3', 'troupe_core.simulation'}\n"
        "print(sorted(heavy & set(sys.modules) - there))"
    )

    printed = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)

    assert printed.stdout == "[]\n"
