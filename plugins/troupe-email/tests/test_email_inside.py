# mypy: allow-untyped-defs, allow-incomplete-defs, allow-untyped-calls
"""Mail between agents: what is sent arrives with the next step, is read, answered and found."""

import pytest
from email_actions import inbox, read, reply, search, send
from troupe_email.config import Config
from troupe_email.post_office import PostOffice

from troupe_core.plugin import AgentId


def test_what_is_sent_arrives_with_the_next_step(play, prompt):
    run = play({"Ann Lee": [[send("Bob Ray", subject="Lunch", text="At one?")]]})

    assert 'Ann Lee (mail) to you: no. 1 "Lunch": At one?' not in prompt(run, "Bob Ray", 0)
    assert 'Ann Lee (mail) to you: no. 1 "Lunch": At one?' in prompt(run, "Bob Ray", 1)
    assert "(mail)" not in prompt(run, "Cy Vance", 1)


def test_a_mail_is_one_stimulus_that_follows_from_its_sending(play):
    run = play({"Ann Lee": [[send("Bob", "Cy")]]})

    (mail,) = [event for event in run.events(kind="stimulus") if event.data["kind"] == "mail"]
    assert (mail.agent, mail.data["source"], mail.data["to"]) == ("Ann Lee", "Ann Lee", ["Bob Ray", "Cy Vance"])
    decision = next(run.events(kind="decision", agent="Ann Lee"))
    assert mail.causes == (decision.id,)


def test_a_long_mail_is_announced_short_and_read_whole(play, prompt, told):
    long = "The harvest is in. " * 20

    run = play(
        {"Ann Lee": [[send("Bob", subject="News", text=long)]], "Bob Ray": [[], [read(1)]]}, email="preview = 20"
    )

    assert 'Ann Lee (mail) to you: no. 1 "News": The harvest is in.…' in prompt(run, "Bob Ray", 1)
    whole = told(run, "Bob Ray")[1]
    assert whole == (
        "No. 1, 2026-01-01 09:00\nFrom: Ann Lee <ann.lee@troupe.example>\nTo: Bob Ray\nSubject: News\n" + long.strip()
    )


def test_the_sender_remembers_what_it_wrote(play):
    run = play({"Ann Lee": [[send("Bob", text="At one?\nOr at two?")]]})

    stored = [each for event in run.events(kind="memory", agent="Ann Lee") for each in event.data["stored"]]
    assert 'You mailed Bob Ray no. 1 "Lunch": At one? Or at two?' in [each["text"] for each in stored if "text" in each]


def test_the_inbox_shows_the_newest_first_and_what_is_new(play, told):
    run = play(
        {
            "Ann Lee": [[send("Bob", subject="One")], [send("Bob", subject="Two")]],
            "Cy Vance": [[], [send("Bob", subject="", text="Three")]],
            "Bob Ray": [[], [read(1)], [inbox()]],
        }
    )

    assert told(run, "Bob Ray")[2] == (
        "bob.ray@troupe.example: 3 mails, 2 new.\n"
        "no. 3 (new) from Cy Vance, 2026-01-01 09:10: (no subject)\n"
        "no. 2 (new) from Ann Lee, 2026-01-01 09:10: Two\n"
        "no. 1 from Ann Lee, 2026-01-01 09:00: One"
    )


def test_an_inbox_can_be_empty(play, told):
    run = play({"Ann Lee": [[inbox()]]})

    assert told(run, "Ann Lee")[0] == "ann.lee@troupe.example: no mails, 0 new."


def test_a_listing_is_bounded(play, told):
    three = [send("Bob", subject=f"No {n}") for n in range(3)]

    run = play({"Ann Lee": [three], "Bob Ray": [[], [inbox()]]}, email="listed = 2")

    lines = told(run, "Bob Ray")[1].splitlines()
    assert [line.rpartition(" ")[2] for line in lines[1:3]] == ["2", "1"]
    assert lines[3] == "… and 1 older"


def test_an_answer_goes_to_the_sender_and_knows_its_conversation(play, prompt, told):
    run = play(
        {
            "Ann Lee": [[send("Bob", "Cy")], [], [reply(2, "Then at two.")]],
            "Bob Ray": [[], [reply(1, "Too early.")], [], [read(3)]],
        }
    )

    assert 'Bob Ray (mail) to you: no. 2 "Re: Lunch": Too early.' in prompt(run, "Ann Lee", 2)
    assert "Re: Lunch" not in prompt(run, "Cy Vance", 2)
    assert "Subject: Re: Lunch\nAnswers no. 2\nBefore it: no. 1 (Ann Lee), no. 2 (Bob Ray)\n" in told(run, "Bob Ray")[3]


def test_an_answer_to_all_goes_to_whoever_got_it(play, prompt):
    run = play({"Ann Lee": [[send("Bob", "Cy")]], "Bob Ray": [[], [reply(1, "Gladly.", to_all=True)]]})

    assert "Bob Ray (mail) to you, Cy Vance: " in prompt(run, "Ann Lee", 2)
    assert "Bob Ray (mail) to Ann Lee, you: " in prompt(run, "Cy Vance", 2)


def test_answering_an_own_mail_writes_to_the_same_people_again(play, prompt):
    run = play({"Ann Lee": [[send("Bob")], [reply(1, "Well?")]]})

    assert 'Ann Lee (mail) to you: no. 2 "Re: Lunch": Well?' in prompt(run, "Bob Ray", 2)


def test_mails_are_found_by_all_words_among_those_one_got_and_sent(play, told):
    run = play(
        {
            "Ann Lee": [
                [send("Bob", subject="Apple cake"), send("Bob", subject="Apples", text="To sell.")],
                [search("APPLE sell"), search("bob"), search("pear")],
            ],
            "Cy Vance": [[], [search("apple")]],
        }
    )

    assert told(run, "Ann Lee")[2:5] == [
        "1 found.\nno. 2 to Bob Ray, 2026-01-01 09:00: Apples",
        "2 found.\nno. 2 to Bob Ray, 2026-01-01 09:00: Apples\nno. 1 to Bob Ray, 2026-01-01 09:00: Apple cake",
        'No mail has "pear" in it.',
    ]
    assert told(run, "Cy Vance")[1] == 'No mail has "apple" in it.'


@pytest.mark.parametrize("meant", ["Bob Ray", "bob ray", "Bob", "  BOB  ", "bob.ray@troupe.example", "Bob.Ray"])
def test_somebody_is_meant_by_name_first_name_or_address(play, prompt, meant):
    run = play({"Ann Lee": [[send(meant)]]})

    assert "Ann Lee (mail) to you" in prompt(run, "Bob Ray", 1)


@pytest.mark.parametrize(
    ("action", "words"),
    [
        (
            send("Rob Ray"),
            'Nobody here is called "Rob Ray". Did you mean Bob Ray? You can write to: Bob Ray, Cy Vance.',
        ),
        (send("Bob", "Zoe"), 'Nobody here is called "Zoe". You can write to: Bob Ray, Cy Vance.'),
        (send("x@troupe.example"), 'Nobody here is called "x@troupe.example". You can write to: Bob Ray, Cy Vance.'),
        (send("bob@world.test"), "No mail goes to bob@world.test: it is outside."),
        (send(), "Send it to whom?"),
        (send("Bob", "Cy", "Ann Lee"), "A mail can go to 2 people, not to 3."),
        (send("Bob", subject=" ", text="\n"), "There is nothing in that mail: it was not sent."),
        (send("Bob", text="x" * 51), "The text has 51 characters, a mail can have 50: it was not sent."),
        (send("Bob", subject="x" * 121), "The subject has 121 characters, it can have 120: it was not sent."),
        (read(9), "You have no mail no. 9. Your inbox shows which you have."),
        (reply(9), "You have no mail no. 9. Your inbox shows which you have."),
        (search(" "), "Search for which words?"),
    ],
)
def test_what_cannot_be_done_says_what_can(play, told, action, words):
    run = play({"Ann Lee": [[action]]}, email="max_text = 50\nmax_recipients = 2")

    assert told(run, "Ann Lee")[0] == words
    (refusal,) = run.events(kind="refusal")
    assert refusal.data["why"] == words
    assert not [event for event in run.events(kind="stimulus") if event.data.get("kind") == "mail"]


def test_wrong_types_are_mended_or_told_and_the_run_goes_on(play):
    run = play({"Ann Lee": [['{ action = "send_mail", to = 7, subject = "Lunch", text = "At one?" }']]})

    assert run.status == "finished"
    problems = [event.data["problem"] for event in run.events(kind="failure", agent="Ann Lee")]
    assert problems == ['send_mail: to: 7 is not of type "array"'] * 2


def test_mail_is_private(play, told):
    run = play({"Ann Lee": [[send("Bob", text="A secret.")]], "Cy Vance": [[], [read(1), search("secret")]]})

    assert told(run, "Cy Vance")[1:3] == [
        "You have no mail no. 1. Your inbox shows which you have.",
        'No mail has "secret" in it.',
    ]


def test_only_who_holds_the_tool_has_mail(play, told):
    run = play({"Ann Lee": [[send("Dan")]]}, tail='[[agents]]\npersona = { name = "Dan" }\ntools = []')

    assert told(run, "Ann Lee")[0] == 'Nobody here is called "Dan". You can write to: Bob Ray, Cy Vance.'


def test_a_first_name_of_two_is_asked_back(play, told):
    run = play({"Ann Lee": [[send("Bob")]]}, people=("Ann Lee", "Bob Ray", "Bob Dee"))

    assert told(run, "Ann Lee")[0] == "Bob could be Bob Ray or Bob Dee: write the whole name."


def test_many_people_are_not_all_named(play, told):
    people = ("Ann Lee", *(f"P{n:02}" for n in range(20)))

    run = play({"Ann Lee": [[send("Zoe")]]}, people=people)

    assert told(run, "Ann Lee")[0].endswith("P10, P11 and 8 more.")


def test_a_full_mailbox_lets_go_of_the_oldest_that_was_read(play, told):
    mails = [[send("Bob", subject=f"S{step}-{n}") for n in range(3)] for step in range(4)]

    run = play({"Ann Lee": mails, "Bob Ray": [[], [read(2)], [], [], [inbox()]]}, email="mailbox = 11\nlisted = 99")

    lines = told(run, "Bob Ray")[4].splitlines()
    assert lines[0].startswith("bob.ray@troupe.example: 11 mails")
    assert [line.split()[1] for line in lines[1:]] == ["12", "11", "10", "9", "8", "7", "6", "5", "4", "3", "1"]


def test_what_a_mail_holds_is_plain(play, prompt):
    run = play({"Ann Lee": [[send("Bob", subject="Lu\nnch", text="At\u202e one?\u0007")]]})

    assert 'Ann Lee (mail) to you: no. 1 "Lu nch": At one?' in prompt(run, "Bob Ray", 1)


def test_what_an_agent_is_told_it_can_do_is_short():
    offered = PostOffice(Config()).actions(AgentId("Ann Lee"))

    told = [(spec.name, spec.summary, str(spec.parameters["properties"])) for spec in offered]
    assert [spec.name for spec in offered] == ["inbox", "read_mail", "send_mail", "reply_mail", "search_mail"]
    assert len(str(told)) < 800
    assert sum(len(spec.name) + len(spec.summary) for spec in offered) < 180
