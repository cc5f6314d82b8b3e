# mypy: allow-untyped-defs, allow-incomplete-defs, allow-untyped-calls
"""Interviews: one after the other, unheard by anybody else."""

from conversation_reading import heard, lived, refusals, scenes, spoken, turns

from troupe_core.simulation.checkpoint import Start

PEOPLE = ("Ida", "Ann", "Bob")
ANSWERS = '[[entries]]\nactions = [{ action = "talk", text = "Bread." }]\n'
ASKS = """
[[entries]]
agent = "Ida"
step = 0
actions = [{ action = "put_question", lead_in = "Hello." }]
[[entries]]
agent = "Ida"
step = 2
actions = [{ action = "put_question", lead_in = "" }]
[[entries]]
agent = "Ida"
actions = [{ action = "ask", question = "Why?" }]
"""
LED = """
[environment]
use = "interview"
interviewer = "Ida"
questions = ["What is bread?"]
follow_ups = 1
topic = "bread"
"""
VOICED = '[environment]\nuse = "interview"\nquestions = ["What is bread?", "What is water?"]\n'


def test_an_interviewer_asks_one_person_after_the_other(play):
    run = play(LED, PEOPLE, script=ASKS + ANSWERS)

    assert spoken(run) == [
        (0, "Ida", ["Ann"], "Hello. What is bread?"),
        (0, "Ann", ["Ida"], "Bread."),
        (1, "Ida", ["Ann"], "Why?"),
        (1, "Ann", ["Ida"], "Bread."),
        (2, "Ida", ["Bob"], "What is bread?"),
        (2, "Bob", ["Ida"], "Bread."),
        (3, "Ida", ["Bob"], "Why?"),
        (3, "Bob", ["Ida"], "Bread."),
    ]
    assert run.reason == "everybody has been interviewed"


def test_nobody_hears_what_another_one_said(play):
    run = play(LED, PEOPLE, script=ASKS + ANSWERS)

    assert heard(run, "Bob") == [(2, "What is bread?"), (3, "Why?")]
    assert heard(run, "Ida") == [(1, "Bread."), (2, "Bread."), (3, "Bread.")]
    assert turns(run)[0] == ["Ida", "Ann"]


def test_both_are_told_what_they_are_there_for(play):
    run = play(LED, PEOPLE, script=ASKS + ANSWERS)

    assert scenes(run, "Ann")[0] == (
        "You are in a quiet room with Ida, who interviews you. You are here to talk about bread. Nobody else hears it."
    )
    whom = "You are in a quiet room with Bob, whom you interview. You are here to talk about bread."
    assert scenes(run, "Ida")[2] == f"{whom} Put this question now: “What is bread?”"
    assert scenes(run, "Ida")[3] == f"{whom} Ask something of your own, about what you have heard."


def test_an_interviewer_may_ask_nothing_but_questions_of_its_own(play):
    text = '[environment]\nuse = "interview"\ninterviewer = "Ida"\nfollow_ups = 2\ninterviewees = ["Bob"]\n'

    run = play(text, PEOPLE, script='[[entries]]\nagent = "Ida"\n' + ASKS.rpartition('agent = "Ida"\n')[2] + ANSWERS)

    assert [(who, text) for _, who, _, text in spoken(run)] == [("Ida", "Why?"), ("Bob", "Bread.")] * 2


def test_a_question_that_the_interviewer_does_not_put_is_heard_all_the_same(play):
    mute = '[[entries]]\nagent = "Ida"\ntext = "?"\n[[entries]]\npurpose = "repair"\ntext = "?"\n'

    run = play(LED, PEOPLE, script=mute + ANSWERS)

    assert heard(run, "Ann") == [(0, "What is bread?")]
    assert next((who, to) for _, who, to, _ in spoken(run)) == ("Ann", ["Ida"])


def test_without_an_interviewer_a_voice_asks(play):
    run = play(VOICED, ("Ann", "Bob"), script=ANSWERS)

    assert spoken(run)[:2] == [(0, "Interviewer", ["Ann"], "What is bread?"), (0, "Ann", ["Interviewer"], "Bread.")]
    assert turns(run) == {0: ["Ann"], 1: ["Ann"], 2: ["Bob"], 3: ["Bob"]}
    assert heard(run, "Bob") == [(2, "What is bread?"), (3, "What is water?")]


def test_a_voice_can_ask_all_at_once_each_alone(play):
    run = play(VOICED, ("Ann", "Bob"), script=ANSWERS, settings=["environment.at_once=true"])

    assert turns(run) == {0: ["Ann", "Bob"], 1: ["Ann", "Bob"]}
    assert heard(run, "Bob") == [(0, "What is bread?"), (1, "What is water?")]


def test_people_are_asked_in_the_order_of_the_study(play):
    run = play(VOICED + 'interviewees = ["Cid", "Ann"]\n', ("Ann", "Bob", "Cid"), script=ANSWERS)

    assert turns(run) == {0: ["Cid"], 1: ["Cid"], 2: ["Ann"], 3: ["Ann"]}


def test_a_question_is_put_once_and_an_answer_needs_words(play):
    twice = ASKS.replace(
        '{ action = "put_question", lead_in = "Hello." }',
        '{ action = "put_question", lead_in = "" }, { action = "put_question", lead_in = "" }',
    )

    run = play(LED, PEOPLE, script=twice + ANSWERS.replace("Bread.", " "))

    assert refusals(run)[:2] == [
        ("Ida", "The question is put already."),
        ("Ann", "You opened your mouth, but there was nothing to say."),
    ]


def test_a_restored_run_goes_on_where_it_was_kept(play):
    once = "[agent_defaults]\nrecall = 0\n[execution]\ncheckpoint = 1\n"
    whole = play(once + LED, PEOPLE, script=ASKS + ANSWERS)

    for step in range(1, 4):
        start = Start(step=step, states=whole.states_before(step))
        rest = play(once + LED, PEOPLE, script=ASKS + ANSWERS, start=start)

        assert lived(rest, step) == lived(whole, step)


def test_improvising_people_answer_what_they_are_asked(play):
    run = play(LED, PEOPLE)

    assert [(who, to) for _, who, to, _ in spoken(run)][:4] == [("Ida", ["Ann"]), ("Ann", ["Ida"])] * 2
    assert refusals(run) == []
