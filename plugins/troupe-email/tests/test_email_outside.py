# mypy: allow-untyped-defs, allow-incomplete-defs, allow-untyped-calls
"""Real mail: granted, encrypted, to whom the study allows, and once; or it is known why not."""

import json

import pytest
from email_actions import outside, send
from mail_servers import PASSWORD, BreakingServer, MailServer, free_port

GREETED = ("220 hello", "250 world")
TAKING = (*GREETED, "250 sender fine", "250 recipient fine", "354 go on")


@pytest.fixture
def mailing(play, no_password):
    """Runs a study in which Ann sends these, with these keys of ``smtp``; returns the run."""

    def run(settings, *actions, grants='["email.send"]', email="", **more):
        keys = ", ".join(f"{key} = {json.dumps(value)}" for key, value in settings.items())
        return play({"Ann Lee": [list(actions)]}, email=f"grants = {grants}\n{email}\nsmtp = {{ {keys} }}", **more)

    return run


def failure(run):
    """Why a mail was not sent."""
    (event,) = run.events(kind="failure", agent="Ann Lee")
    return event.data["problem"]


def text(run):
    """What its sender is told."""
    return next(run.events(kind="outcome", agent="Ann Lee")).data.get("text")


# A server that works


@pytest.mark.parametrize("security", ["none", "starttls", "tls"])
@pytest.mark.parametrize("login", [False, True])
def test_a_mail_goes_out(mailing, tmp_path, monkeypatch, security, login):
    with MailServer(tmp_path, security=security, login=login) as server:
        monkeypatch.setenv("MY_PASSWORD", PASSWORD)
        user = {"user": "study", "password_env": "MY_PASSWORD"} if login else {}
        mail = outside("info@zoo.test", "press@zoo.test", subject="Öffnungszeiten?", text="Grüße\n.\nAnn")

        run = mailing(server.settings(**user), mail)

    ((to, message),) = server.kept.mails
    assert to == ["info@zoo.test", "press@zoo.test"]
    assert message["From"] == "Ann Lee <study@world.test>"
    assert message["To"] == "info@zoo.test, press@zoo.test"
    assert message["Subject"] == "Öffnungszeiten?"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content().splitlines() == ["Grüße", ".", "Ann"]
    assert server.kept.senders == ["study@world.test"]
    assert server.kept.encrypted == [security != "none"]
    assert server.kept.users == [b"study" if login else None]
    assert list(run.events(kind="failure")) == []


def test_the_journal_has_the_intent_and_the_result_and_no_password(mailing, tmp_path, monkeypatch):
    monkeypatch.setenv("SMTP_PASSWORD", PASSWORD)
    with MailServer(tmp_path, security="tls", login=True) as server:
        run = mailing(server.settings(user="study"), outside("info@zoo.test"))

    kinds = [event.kind for event in run.events(agent="Ann Lee") if event.kind in ("intent", "result", "outcome")]
    assert kinds[:3] == ["intent", "result", "outcome"]
    assert next(run.events(kind="result")).data == {"result": {"sent_to": ["info@zoo.test"]}}
    kept = b"".join(file.read_bytes() for file in run.folder.rglob("*") if file.is_file())
    assert PASSWORD.encode() not in kept


def test_its_sender_remembers_it(mailing, tmp_path):
    with MailServer(tmp_path) as server:
        run = mailing(server.settings(), outside("info@zoo.test"))

    stored = str([event.data for event in run.events(kind="memory", agent="Ann Lee")])
    assert 'You sent a mail to info@zoo.test, "A question": When do you open?' in stored


def test_every_mail_of_every_run_has_an_id_of_its_own(mailing, tmp_path):
    with MailServer(tmp_path) as server:
        for folder in ("a", "b"):
            mailing(
                server.settings(), outside("info@zoo.test"), outside("info@zoo.test"), out=tmp_path / folder / "run-1"
            )

    ids = [message["Message-ID"] for _, message in server.kept.mails]
    assert len(set(ids)) == 4
    assert [each[:14] for each in ids] == ["<troupe.0.0.0.", "<troupe.0.0.1."] * 2
    assert all(each.endswith("@world.test>") for each in ids)


def test_two_runs_that_send_have_the_same_digest(mailing, tmp_path):
    with MailServer(tmp_path) as server:
        first, again = (mailing(server.settings(), outside("info@zoo.test")) for _ in range(2))

    assert first.digest() == again.digest()


# What may not be


def test_without_the_grant_nothing_leaves(mailing, tmp_path):
    with MailServer(tmp_path) as server:
        run = mailing(server.settings(user="study"), outside("info@zoo.test"), grants="[]")

    assert server.kept.mails == []
    assert text(run) == "You are not allowed to send_mail_outside."
    (refusal,) = run.events(kind="refusal")
    assert refusal.data["why"] == 'needs the capability "email.send": add grants = ["email.send"] to [tools.email]'


def test_without_a_server_nobody_can_send_outside(play):
    run = play({"Ann Lee": [[outside("info@zoo.test")]]}, email='grants = ["email.send"]')

    assert 'there is no action "send_mail_outside"' in next(run.events(kind="failure")).data["problem"]


@pytest.mark.parametrize(
    ("action", "words"),
    [
        (outside("Zoo"), '"Zoo" is no mail address: give one such as info@example.org.'),
        (outside("a@zoo.test, b@zoo.test"), '"a@zoo.test, b@zoo.test" is no mail address'),
        (outside("a@zoo.test\r\nBcc: all@zoo.test"), '"a@zoo.test  Bcc: all@zoo.test" is no mail address'),
        (outside("a@zoo.test> SIZE=1"), '"a@zoo.test> SIZE=1" is no mail address'),
        (outside("info@zoo.test", subject="Hi\r\nBcc: all@zoo.test"), "A subject is one line of text"),
        (outside("info@zoo.test", subject="Hi\u2028Bcc: all@zoo.test"), "A subject is one line of text"),
        (outside("info@zoo.test", subject="", text=" "), "There is nothing in that mail: it was not sent."),
        (outside(), "Send it to whom?"),
        (
            outside("ann.lee@troupe.example"),
            "You may not write to ann.lee@troupe.example, only to: @zoo",
        ),
        (
            outside("info@zoo.test.evil.test"),
            "evil.test, only to: @zoo.test, a@b.test.",
        ),
        (send("info@zoo.test"), "No mail goes to info@zoo.test: it is outside. Try send_mail_outside."),
    ],
)
def test_what_cannot_be_sent_outside_says_why(mailing, tmp_path, action, words):
    with MailServer(tmp_path) as server:
        run = mailing(server.settings(only_to=["@zoo.test", "a@b.test"]), action)

    assert server.kept.mails == []
    assert words in text(run)
    assert [event.kind for event in run.events(agent="Ann Lee") if event.kind == "intent"] == []


def test_who_is_inside_is_not_written_to_through_the_world(mailing, tmp_path):
    with MailServer(tmp_path) as server:
        run = mailing(server.settings(), outside("ann.lee@troupe.example"))

    assert text(run) == "ann.lee@troupe.example is not outside: use send_mail."


def test_no_more_go_out_than_the_study_allows(mailing, tmp_path):
    with MailServer(tmp_path) as server:
        run = mailing(server.settings(most=1), outside("info@zoo.test"), outside("info@zoo.test"))

    assert len(server.kept.mails) == 1
    assert [event.data["why"] for event in run.events(kind="refusal")] == ["No more than 1 mails can go outside."]


# A server that does not do what it should: nothing was sent, and it is known why


def test_a_wrong_password_is_told_without_it(mailing, tmp_path, monkeypatch):
    monkeypatch.setenv("SMTP_PASSWORD", "wrong guess")
    with MailServer(tmp_path, security="starttls", login=True) as server:
        run = mailing(server.settings(user="study"), outside("info@zoo.test"))

    assert "does not accept user and password (535 " in failure(run)
    assert failure(run).endswith("Look at the environment variable SMTP_PASSWORD.")
    assert "wrong guess" not in str(list(run.events()))
    assert text(run) == "The mail could not be sent."


def test_an_unknown_addressee_is_named_and_nobody_gets_the_mail(mailing, tmp_path):
    with MailServer(tmp_path) as server:
        run = mailing(server.settings(), outside("info@zoo.test", "nobody@zoo.test"))

    assert server.kept.mails == []
    assert text(run) == "Not sent: there is no mail for nobody@zoo.test."
    assert "takes no mail for nobody@zoo.test (550 5.1.1 no such user): nobody got it" in failure(run)


def test_a_mail_that_the_server_does_not_want_is_known_not_to_be_sent(mailing, tmp_path):
    with MailServer(tmp_path) as server:
        run = mailing(server.settings(), outside("info@zoo.test", text="refuse me"))

    assert server.kept.mails == []
    assert "did not take the mail: 554 5.7.1 looks like spam" in failure(run)


def test_a_certificate_that_nobody_knows_is_not_trusted(mailing, tmp_path):
    with MailServer(tmp_path, security="tls") as server:
        settings = server.settings()
        del settings["ca_file"]

        run = mailing(settings, outside("info@zoo.test"))

    assert "nothing was sent: its certificate is not trusted: " in failure(run)
    assert server.kept.mails == []


def test_a_server_that_does_not_encrypt_gets_nothing(mailing, tmp_path):
    with MailServer(tmp_path) as server:
        run = mailing(server.settings(security="starttls"), outside("info@zoo.test"))

    assert "nothing was sent: STARTTLS extension not supported by server" in failure(run)
    assert server.kept.mails == []


def test_nobody_there_is_known_not_to_be_sent(mailing):
    settings = {"host": "127.0.0.1", "port": free_port(), "security": "none", "sender": "study@world.test"}

    run = mailing(settings, outside("info@zoo.test"))

    assert "nothing was sent: " in failure(run)
    assert "refused" in failure(run)


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (("554 go away",), "nothing was sent: 554 go away"),
        ((), "nothing was sent: Connection unexpectedly closed"),
        (("hello?",), "nothing was sent: "),
        ((*GREETED, "451 not now"), "nothing was sent: 451 not now"),
        ((*GREETED, "250 fine", "450 mailbox busy"), "takes no mail for info@zoo.test (450 mailbox busy)"),
        ((*GREETED, "250 fine", "250 fine", "451 disk full"), "nothing was sent: 451 disk full"),
        ((*GREETED, "250 fine", "250 fine"), "nothing was sent: Connection unexpectedly closed"),
        ((*TAKING, "452 disk full after all"), "did not take the mail: 452 disk full after all"),
    ],
)
def test_a_server_that_breaks_off_before_it_took_the_mail(mailing, lines, words):
    with BreakingServer(*lines) as server:
        run = mailing(server.settings(), outside("info@zoo.test"))

    assert words in failure(run)
    assert server.connections == 1
    assert next(run.events(kind="outcome", agent="Ann Lee")).data["status"] == "failed"


# A server that leaves it open whether the mail went out


def unknown(run):
    """Asserts that the mail's fate is unknown; returns why."""
    outcome = next(run.events(kind="outcome", agent="Ann Lee"))
    assert outcome.data["status"] == "unknown"
    assert outcome.data["text"] == "It is not known whether that happened."
    return failure(run)


def test_a_server_that_dies_with_the_mail_in_its_hands(mailing):
    with BreakingServer(*TAKING) as server:
        run = mailing(server.settings(), outside("info@zoo.test"))

    assert "broke off while it took the mail: Connection unexpectedly closed" in unknown(run)
    assert (server.connections, server.mails) == (1, 1)


def test_a_server_that_says_nothing_any_more(mailing):
    with BreakingServer(*TAKING, silent=True) as server:
        run = mailing(server.settings(timeout=0.3), outside("info@zoo.test"))

    assert "broke off while it took the mail: " in unknown(run)
    assert (server.connections, server.mails) == (1, 1)


def test_a_server_that_dies_after_it_took_the_mail_has_taken_it(mailing):
    with BreakingServer(*TAKING, "250 queued") as server:
        run = mailing(server.settings(), outside("info@zoo.test"))

    assert next(run.events(kind="result")).data == {"result": {"sent_to": ["info@zoo.test"]}}
    assert list(run.events(kind="failure")) == []


def test_a_server_that_speaks_too_slowly_is_hung_up_on(mailing):
    with BreakingServer("220 " + "h" * 500, slow=0.05) as server:
        run = mailing(server.settings(timeout=0.4), outside("info@zoo.test"))

    assert "nothing was sent: " in failure(run)
    assert server.connections == 1
