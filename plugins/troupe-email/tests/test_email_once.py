# mypy: allow-untyped-defs, allow-incomplete-defs, allow-untyped-calls
"""A mail is sent once, whoever asks twice and whenever the run is killed; and no text becomes a header."""

import asyncio
import json
import subprocess
import sys
from email import message_from_bytes, policy

import pytest
from email_actions import outside
from hypothesis import given
from hypothesis import strategies as st
from mail_servers import BreakingServer, MailServer
from troupe_email.config import Smtp
from troupe_email.message import as_bytes, checked_address, checked_subject, message_id
from troupe_email.outbox import Outbox
from troupe_email.sending import Sending

from troupe_core import Run
from troupe_core.plugin import EffectError, EffectUncertain, Refusal

MAIL = {"name": "Ann Lee", "to": ["info@zoo.test"], "subject": "Hello", "text": "Hello."}
KEY = "run-1/0.0.0"
TAKING = ("220 hello", "250 world", "250 sender fine", "250 recipient fine", "354 go on")


def sending(server, folder):
    """The effect as it is made anew by every process."""
    return Sending(Smtp(**server.settings()), None, Outbox(folder / "outbox.jsonl"))


def send(server, folder, key=KEY):
    return asyncio.run(sending(server, folder).perform(key, MAIL))


def find(server, folder, key=KEY):
    return asyncio.run(sending(server, folder).find(key))


def test_the_same_key_is_sent_once(tmp_path):
    with MailServer(tmp_path) as server:
        results = [send(server, tmp_path) for _ in range(2)]

    assert results == [{"sent_to": ["info@zoo.test"]}] * 2
    assert len(server.kept.mails) == 1


def test_what_went_out_is_found_by_its_key_and_nothing_else_is(tmp_path):
    with MailServer(tmp_path) as server:
        send(server, tmp_path)

    assert find(server, tmp_path) == {"sent_to": ["info@zoo.test"]}
    assert find(server, tmp_path, "run-1/0.0.1") is None


def test_a_mail_of_unknown_fate_is_not_sent_again(tmp_path):
    with BreakingServer(*TAKING) as server:
        with pytest.raises(EffectUncertain, match="broke off while it took the mail"):
            send(server, tmp_path)
        with pytest.raises(EffectUncertain, match="was begun before, and it is not known whether it went out"):
            send(server, tmp_path)

    assert find(server, tmp_path) is None
    assert (server.connections, server.mails) == (1, 1)


def test_a_mail_that_is_known_not_to_have_gone_out_can_be_sent_again_with_the_same_id(tmp_path):
    with BreakingServer(*TAKING, "451 not now") as server, pytest.raises(EffectError):
        send(server, tmp_path)

    with MailServer(tmp_path) as server:
        send(server, tmp_path)

    ((_, message),) = server.kept.mails
    assert message["Message-ID"] == message_id(KEY, Outbox(tmp_path / "outbox.jsonl").run, "study@world.test")


def test_a_run_that_is_killed_with_its_mail_under_way_does_not_send_it_again(study, tmp_path):
    with BreakingServer(*TAKING, silent=True) as server:
        keys = ", ".join(f"{key} = {json.dumps(value)}" for key, value in server.settings().items())
        email = f'grants = ["email.send"]\nsmtp = {{ {keys} }}'
        file = study({"Ann Lee": [[outside("info@zoo.test")]]}, email=email)
        command = [sys.executable, "-m", "troupe_core", "run", file, "--out", tmp_path / "run", "--quiet"]
        with subprocess.Popen(command) as process:
            assert server.taken.wait(60)
            process.kill()

        run = Run.open(tmp_path / "run")
        purposes = [each["purpose"] for each in run.inputs()]
        (intent,) = [each for each in run.inputs() if each["purpose"] == "intent"]
        with pytest.raises(EffectUncertain, match="was begun before"):
            send(server, run.folder / "parts" / "tools.email", intent["payload"]["key"])

    assert "result" not in purposes
    assert (server.connections, server.mails) == (1, 1)


def test_certificates_that_vanish_during_a_run_send_nothing(tmp_path):
    with MailServer(tmp_path, security="tls") as server:
        settings = {**server.settings(), "ca_file": tmp_path / "gone.pem"}
        effect = Sending(Smtp(**settings), None, Outbox(tmp_path / "outbox.jsonl"))

        with pytest.raises(EffectError, match="nothing was sent: the certificates cannot be read: No such file"):
            asyncio.run(effect.perform(KEY, MAIL))


@pytest.mark.parametrize("cut", [1, 20])
def test_a_line_that_a_kill_cut_off_is_no_line(tmp_path, cut):
    outbox = Outbox(tmp_path / "outbox.jsonl")
    outbox.note("a", "begun")
    run = outbox.run
    outbox.note("a", "sent", {"sent_to": ["x@zoo.test"]})
    file = tmp_path / "outbox.jsonl"
    file.write_bytes(file.read_bytes()[:-cut])

    again = Outbox(file)
    assert again.state("a") == ("sent" if cut == 1 else "begun")
    again.note("b", "begun")

    assert (Outbox(file).run, Outbox(file).state("b")) == (run, "begun")


TEXT = st.text(max_size=200)


@given(name=TEXT, subject=TEXT, text=TEXT, address=TEXT | st.just("a@b.test"))
def test_whatever_an_agent_writes_there_is_one_of_each_header(name, subject, text, address):
    try:
        mail = {"name": name, "to": [checked_address(address)], "subject": checked_subject(subject), "text": text}
    except Refusal:
        return
    sent = as_bytes(mail, sender="study@world.test", identity="<1@world.test>")
    message = message_from_bytes(sent, policy=policy.default)

    assert sorted(message.keys()) == [
        "Auto-Submitted",
        "Content-Transfer-Encoding",
        "Content-Type",
        "Date",
        "From",
        "MIME-Version",
        "Message-ID",
        "Subject",
        "To",
    ]
    assert message["From"].addresses[0].addr_spec == "study@world.test"
    assert [each.addr_spec for each in message["To"].addresses] == [address.strip(" ")]


ONE_LINE = st.text(st.characters(categories=["L", "N", "P"]), max_size=80)
ADDRESSES = st.text("ab.-'+@", max_size=20) | st.emails()


@given(name=TEXT, subject=ONE_LINE)
def test_any_name_and_any_subject_of_one_line_can_be_sent(name, subject):
    mail = {"name": name, "to": ["a@b.test"], "subject": checked_subject(subject), "text": "Hello."}

    assert as_bytes(mail, sender="study@world.test", identity="<1@world.test>").isascii()


@given(address=ADDRESSES)
def test_every_address_that_is_accepted_can_be_written_to(address):
    try:
        mail = {"name": "Ann", "to": [checked_address(address)], "subject": "Hello", "text": "Hello."}
    except Refusal:
        return

    sent = as_bytes(mail, sender="study@world.test", identity="<1@world.test>")
    (to,) = message_from_bytes(sent, policy=policy.default)["To"].addresses
    assert to.addr_spec == address
