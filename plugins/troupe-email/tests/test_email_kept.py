# mypy: allow-untyped-defs, allow-incomplete-defs, allow-untyped-calls
"""What is kept of a post office is all there is to it, and it is the same whoever runs the study."""

import json
import subprocess
import sys
from datetime import datetime

from email_actions import inbox, read, reply, search, send
from hypothesis import given
from hypothesis import strategies as st
from troupe_email.mail import Mail
from troupe_email.mailboxes import Mailboxes

from troupe_core import Run, Simulation
from troupe_core.plugin import AgentId, Media
from troupe_core.simulation.checkpoint import Start

DAY = {
    "Ann Lee": [[send("Bob", "Cy")], [inbox(), send("Cy", subject="Cake")], [reply(3, "Gladly.")], [inbox()]],
    "Bob Ray": [[inbox()], [reply(1, "Too early.", to_all=True)], [read(1), search("lunch")], [inbox(), read(3)]],
    "Cy Vance": [[], [read(1)], [reply(2, "Thanks!"), inbox()], [search("ann")]],
}


def lived(run, step):
    """What happened from this step on, but for what depends on memories and on where the run began."""
    return [
        (event.kind, event.agent, event.data)
        for event in run.events()
        if event.step >= step and event.kind not in ("run", "memory")
    ]


def post_office(run):
    """Its state in the end."""
    return next(state for part, _, state in run.snapshots()[5] if part == "tools.email")


def test_a_restored_post_office_goes_on_where_it_was_kept(play, tmp_path):
    more = {"more": "[execution]\ncheckpoint = 1", "email": "mailbox = 10"}
    whole = play(DAY, **more, tail="[[stimuli]]\nat = 0\ntext = 'Morning.'")

    for step in range(1, 5):
        simulation = Simulation.from_file(tmp_path / "study.toml")
        rest = simulation.run_sync(tmp_path / f"rest-{step}", start=Start(step=step, states=whole.states_before(step)))

        assert lived(rest, step) == lived(whole, step)
        assert post_office(rest) == post_office(whole)


def test_the_same_study_has_the_same_digest_in_every_process(study, play, tmp_path):
    run = play(DAY)
    file = study(DAY)

    for number in range(2):
        out = tmp_path / f"again-{number}"
        subprocess.run([sys.executable, "-m", "troupe_core", "run", file, "--out", out, "--quiet"], check=True)
        assert Run.open(out).digest() == run.digest()


def test_how_often_states_are_kept_changes_nothing(play):
    often = play(DAY, more="[execution]\ncheckpoint = 1")

    assert often.digest() == play(DAY, more="[execution]\ncheckpoint = 5").digest()


MAILS = st.builds(
    Mail,
    number=st.integers(1, 8),
    sender=st.text(),
    to=st.lists(st.text()).map(tuple),
    subject=st.text(),
    text=st.text(),
    at=st.datetimes(),
    thread=st.integers(1, 9),
    answers=st.none() | st.integers(1, 9),
    media=st.none() | st.builds(Media, ref=st.text(), media_type=st.text(), caption=st.none() | st.text()),
)


@given(mail=MAILS)
def test_a_mail_comes_back_from_what_is_kept_of_it(mail):
    assert Mail.from_json(json.loads(json.dumps(mail.to_json()))) == mail


@given(puts=st.lists(st.tuples(st.sampled_from("abc"), st.integers(1, 30), st.booleans()), max_size=60))
def test_mailboxes_stay_within_their_bounds_and_come_back_from_what_is_kept(puts):
    boxes = Mailboxes(most=5)
    for agent, number, new in puts:
        mail = Mail(number=number, sender="z", to=(), subject="", text="", at=datetime(2026, 1, 1), thread=1)  # noqa: DTZ001
        boxes.put(AgentId(agent), mail, new=new)

    again = Mailboxes(most=5)
    state = json.loads(json.dumps(boxes.to_json()))
    again.restore(state)

    assert again.to_json() == boxes.to_json()
    assert all(len(list(boxes.of(AgentId(agent)))) <= 5 for agent in "abc")
    held = {mail.number for agent in "abc" for mail in boxes.of(AgentId(agent))}
    assert {mail["number"] for mail in state["mails"]} == held
