# mypy: allow-untyped-defs, allow-incomplete-defs, allow-untyped-calls
"""A focus group: who speaks when, what everybody hears, and what a moderator does."""

import pytest
from conversation_reading import heard, lived, refusals, scenes, spoken, turns

from troupe_core.simulation.checkpoint import Start

PEOPLE = ("Mo", "Ann", "Bob", "Cid")
SAYS = '[[entries]]\nactions = [{ action = "talk", to = "all", text = "Bread." }]\n'
MODERATES = """
[[entries]]
agent = "Mo"
step = 0
actions = [{ action = "put_question", lead_in = "Welcome." }]
[[entries]]
agent = "Mo"
step = 1
actions = [{ action = "follow_up", to = "Bob", question = "Why, Bob?" }]
[[entries]]
agent = "Mo"
step = 2
actions = [{ action = "put_question", lead_in = "" }]
[[entries]]
agent = "Mo"
actions = [{ action = "wait" }]
"""
MODERATED = """
[environment]
use = "focus-group"
moderator = "Mo"
questions = ["What is bread?", "What is water?"]
discussion = 1
topic = "bread and water."
"""
VOICED = '[environment]\nuse = "focus-group"\nquestions = ["What is bread?", "What is water?"]\ndiscussion = 1\n'


def test_a_moderator_puts_the_questions_and_everybody_answers_in_turn(play):
    run = play(MODERATED, PEOPLE, script=MODERATES + SAYS)

    assert spoken(run)[:5] == [
        (0, "Mo", None, "Welcome. What is bread?"),
        (0, "Ann", None, "Bread."),
        (0, "Bob", None, "Bread."),
        (0, "Cid", None, "Bread."),
        (1, "Mo", ["Bob"], "Why, Bob?"),
    ]
    assert next(each for each in spoken(run) if each[0] == 2) == (2, "Mo", None, "What is water?")
    assert run.reason == "all questions have been put"
    assert run.stats()["steps"] == 4


def test_another_one_begins_each_step_and_the_moderator_speaks_first(play):
    run = play(MODERATED, PEOPLE, script=MODERATES + SAYS)

    assert turns(run) == {
        0: ["Mo", "Ann", "Bob", "Cid"],
        1: ["Mo", "Bob", "Cid", "Ann"],
        2: ["Mo", "Cid", "Ann", "Bob"],
        3: ["Mo", "Ann", "Bob", "Cid"],
    }


def test_in_turn_each_hears_those_before_and_at_once_nobody_does(play):
    in_turn = play(MODERATED, PEOPLE, script=MODERATES + SAYS)
    at_once = play(MODERATED, PEOPLE, script=MODERATES + SAYS, settings=['environment.speaking="at once"'])

    assert heard(in_turn, "Cid")[:3] == [(0, "Welcome. What is bread?"), (0, "Bread."), (0, "Bread.")]
    assert [each for each in heard(at_once, "Cid") if each[0] == 0] == [(0, "Welcome. What is bread?")]
    assert [each for each in heard(at_once, "Cid") if each[0] == 1] == [(1, "Bread."), (1, "Bread."), (1, "Why, Bob?")]


def test_everybody_is_told_the_question_and_what_to_do_with_it(play):
    run = play(MODERATED, PEOPLE, script=MODERATES + SAYS)

    common = "You are here to talk about bread and water."
    assert scenes(run, "Ann")[0] == (
        f"You are in a meeting room with Mo, Bob and Cid. {common} Mo asks: “What is bread?” Everybody answers."
    )
    assert scenes(run, "Ann")[1].endswith("“What is bread?” is open for discussion now: talk to each other.")
    assert scenes(run, "Mo")[2] == (
        f"You are in a meeting room with Ann, Bob and Cid. {common} "
        "You moderate: you ask, and keep your opinion to yourself. Put this question now: “What is water?”"
    )


def test_a_moderator_only_asks(play):
    run = play(MODERATED, PEOPLE, script=MODERATES + SAYS)

    offered = list(run.events(kind="request", agent="Mo"))[1].data["messages"][0]
    assert "follow_up(to, question): Ask a question about what you want to know more of." in offered
    assert "You can no longer: put_question" in offered
    assert "talk(" not in offered


def test_a_question_that_the_moderator_does_not_put_is_heard_all_the_same(play):
    mute = MODERATES.replace('step = 2\nactions = [{ action = "put_question", lead_in = "" }]', 'step = 2\ntext = "?"')
    repair = '[[entries]]\npurpose = "repair"\ntext = "?"\n'

    run = play(MODERATED, PEOPLE, script=mute + repair + SAYS)

    assert "What is water?" not in [text for *_, text in spoken(run)]
    assert [text for step, text in heard(run, "Cid") if step == 2][-1] == "What is water?"


def test_a_question_is_put_once(play):
    twice = MODERATES.replace(
        '{ action = "put_question", lead_in = "Welcome." }',
        '{ action = "put_question", lead_in = "" }, { action = "put_question", lead_in = "" }',
    )

    run = play(MODERATED, PEOPLE, script=twice + SAYS)

    assert refusals(run) == [("Mo", "The question is put already.")]


def test_without_a_moderator_a_voice_puts_the_questions(play):
    run = play(VOICED, ("Ann", "Bob"), script=SAYS)

    assert spoken(run)[0] == (0, "Moderator", None, "What is bread?")
    assert [text for step, text in heard(run, "Bob") if step == 2][-2:] == ["What is water?", "Bread."]
    assert turns(run)[1] == ["Bob", "Ann"]
    assert "Moderator asks: “What is bread?”" in scenes(run, "Ann")[0]


def test_what_is_said_to_the_voice_is_said_to_all(play):
    run = play(VOICED, ("Ann", "Bob"), script=SAYS.replace('"all"', '"the moderator"').replace("the m", "M"))

    assert {tuple(to or ()) for _, _, to, _ in spoken(run)} == {()}
    assert refusals(run) == []


def test_everybody_may_answer_several_times_before_the_discussion(play):
    run = play(VOICED, ("Ann", "Bob"), script=SAYS, settings=["environment.rounds=2", "environment.discussion=0"])

    assert [step for step, who, *_ in spoken(run) if who == "Moderator"] == [0, 2]
    assert scenes(run, "Ann")[1].endswith("Everybody answers once more.")
    assert run.stats()["steps"] == 4


def test_a_moderator_hears_all_rounds_however_many_there_are(play):
    text = MODERATED.replace("discussion = 1", "discussion = 1\nrounds = 3").replace(', "What is water?"', "")

    run = play(text, PEOPLE, script=MODERATES + SAYS)

    assert [step for step, _ in heard(run, "Mo")] == [3] * 9


@pytest.mark.parametrize(
    ("to", "why"),
    [
        ("Zoe", "There is nobody called Zoe here. With you: Mo, Bob and Cid."),
        ("Ann", "There is nobody called Ann here. With you: Mo, Bob and Cid."),
    ],
)
def test_nobody_talks_to_somebody_who_is_not_there(play, to, why):
    script = MODERATES + f'[[entries]]\nactions = [{{ action = "talk", to = "{to}", text = "You!" }}]\n'

    run = play(MODERATED, PEOPLE, script=script)

    assert refusals(run)[0] == ("Ann", why)


def test_a_first_name_is_enough_where_only_one_person_has_it(play):
    people = ("Ann Lee", "Bob Lee", "Bob Ray")
    script = """
[[entries]]
agent = "Ann Lee"
actions = [{ action = "talk", to = "bob", text = "You!" }, { action = "talk", to = " ", text = " " }]
[[entries]]
actions = [{ action = "talk", to = "Ann", text = "You!" }]
"""
    run = play(VOICED, people, script=script)

    assert refusals(run)[:2] == [
        ("Ann Lee", "bob could be Bob Lee or Bob Ray: say the whole name."),
        ("Ann Lee", "You opened your mouth, but there was nothing to say."),
    ]
    assert (0, "Bob Lee", ["Ann Lee"], "You!") in spoken(run)


def test_a_restored_run_goes_on_where_it_was_kept(play):
    once = "[agent_defaults]\nrecall = 0\n[execution]\ncheckpoint = 1\n"
    whole = play(once + MODERATED, PEOPLE, script=MODERATES + SAYS)

    for step in range(1, 4):
        start = Start(step=step, states=whole.states_before(step))
        rest = play(once + MODERATED, PEOPLE, script=MODERATES + SAYS, start=start)

        assert lived(rest, step) == lived(whole, step)


def test_improvising_people_answer_the_moderator(play):
    run = play(MODERATED, PEOPLE)

    first = [each for each in spoken(run) if each[0] == 0]
    assert first[0][3].endswith("What is bread?")
    assert [(who, to) for _, who, to, _ in first[1:]] == [("Ann", ["Mo"]), ("Bob", ["Mo"]), ("Cid", ["Mo"])]
    assert refusals(run) == []
