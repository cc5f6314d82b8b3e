# mypy: allow-untyped-defs, allow-incomplete-defs, allow-untyped-calls
"""Mail that the study lets arrive from outside, with what is attached to it."""

import pytest
from email_actions import forward, inbox, read, reply, send

from troupe_core import Simulation
from troupe_core.plugin import ConfigError
from troupe_core.simulation.checkpoint import Start

PICTURE = b"\x89PNG\r\n\x1a\n a fox in the henhouse"
READER = """
[[tools.email.mails]]
at = 1
sender = "reader@village.example"
to = ["Ann Lee", "Bob"]
subject = "A fox!"
text = "It was in our henhouse."
media = "fox.png"
"""


@pytest.fixture(autouse=True)
def _picture(tmp_path):
    (tmp_path / "fox.png").write_bytes(PICTURE)


def mails(run):
    """The stimuli that are mail."""
    return [event for event in run.events(kind="stimulus") if event.data.get("kind") == "mail"]


def test_a_mail_from_outside_arrives_at_its_step(play, prompt, told):
    run = play({"Ann Lee": [[], [read(1), inbox()]]}, email=READER)

    words = 'A mail from reader@village.example: no. 1 "A fox!" (with an attachment): It was in our henhouse.'
    assert [words in prompt(run, "Bob Ray", step) for step in (0, 1)] == [False, True]
    assert words not in prompt(run, "Cy Vance", 1)
    assert told(run, "Ann Lee")[1] == (
        "No. 1, 2026-01-01 09:10\nFrom: reader@village.example\nTo: Ann Lee, Bob Ray\nSubject: A fox!\n"
        "Attached: image/png\nIt was in our henhouse."
    )
    assert "no. 1 from reader@village.example, 2026-01-01 09:10: A fox!" in told(run, "Ann Lee")[2]


def test_what_is_attached_is_kept_once_and_comes_with_the_stimulus(play):
    run = play({}, email=READER, steps=2)

    (mail,) = mails(run)
    assert mail.data["media"]["media_type"] == "image/png"
    assert run.blob(mail.data["media"]["ref"]) == PICTURE
    assert mail.data["to"] == ["Ann Lee", "Bob Ray"]


def test_what_is_attached_is_passed_on(play, prompt, told):
    run = play(
        {"Ann Lee": [[], [forward(1, "Cy", text="For the front page?")]], "Cy Vance": [[], [], [read(2)]]}, email=READER
    )

    first, second = mails(run)
    assert second.data["media"] == first.data["media"]
    assert 'Ann Lee (mail) to you: no. 2 "Fwd: A fox!" (with an attachment): For the front page?' in prompt(
        run, "Cy Vance", 2
    )
    assert "reader@village.example wrote:\nIt was in our henhouse." in told(run, "Cy Vance")[2]


def test_who_writes_from_outside_can_be_answered_though_nobody_reads_it(play, told):
    run = play(
        {
            "Ann Lee": [[send("reader@village.example")], [reply(2, "Thank you.", to_all=True)]],
            "Bob Ray": [[], [reply(2)]],
        },
        email=READER,
    )

    assert [event.data for event in run.events(kind="refusal")] == []
    assert [event.data["to"] for event in mails(run)] == [["Ann Lee", "Bob Ray"], ["Bob Ray"]]


def test_who_is_not_there_is_named_and_everybody_else_gets_the_mail(play, prompt):
    run = play({}, email=READER.replace('"Bob"', '"Bob Roy"').replace("at = 1", "at = 0"), steps=2)

    (failure,) = run.events(kind="failure")
    assert (
        'ConfigError: email, mails, from reader@village.example at 0: "Bob Roy" gets no mail' in failure.data["problem"]
    )
    assert "Did you mean Bob Ray?" in failure.data["problem"]
    assert "A mail from reader@village.example" in prompt(run, "Ann Lee", 1)


def test_an_attachment_that_is_not_there_is_named_before_anything_is_asked(play, tmp_path):
    (tmp_path / "fox.png").unlink()

    with pytest.raises(ConfigError, match=r"media = .*fox\.png: the medium cannot be read: No such file or directory"):
        play({}, email=READER)


def test_a_restored_post_office_lets_arrive_what_has_not_yet(play, tmp_path):
    whole = play({"Ann Lee": [[], [read(1)], [forward(1, "Cy")]]}, email=READER, more="[execution]\ncheckpoint = 1")

    for step in (1, 2, 3):
        simulation = Simulation.from_file(tmp_path / "study.toml")
        rest = simulation.run_sync(tmp_path / f"rest-{step}", start=Start(step=step, states=whole.states_before(step)))

        assert [m.data for m in mails(rest)] == [m.data for m in mails(whole) if m.step >= step]
