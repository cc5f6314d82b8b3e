# mypy: allow-untyped-defs, allow-incomplete-defs, allow-untyped-calls
"""Improv: people who take up the topic and each other, and stay who they are."""

import json
import os
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from mock_asking import action, actions, answer_schema, ask, opened, turn
from mock_talking import lines_of, talk
from troupe_mock_llm.improv.conversation import Conversation
from troupe_mock_llm.improv.grammar import lowered
from troupe_mock_llm.improv.vocabulary import Vocabulary

from troupe_core.plugin import AgentId, ChatRequest, Message, PromptParts

TINYTROUPE = Path(__file__).parents[3].parent / "shared" / "data" / "tinytroupe"
FRIDGE = "a fridge that orders groceries by itself"
ARCHITECT = [
    "Age: 61",
    "Residence: Ghent, Belgium",
    "Occupation: architect",
    "Beliefs: A house must be easy to repair",
    "Relationships: Noor: your sister, who teaches",
    "# Preferences",
    "Likes: drawing by hand; You like long walks",
    "Dislikes: gadgets in the kitchen",
]
NURSE = ["Occupation: nurse", "Style: Warm and cheerful", "# Preferences", "Likes: smart fridges; cooking for friends"]
CLERK = ["Occupation: tax clerk", "# Personality", "Traits: You are shy and precise", "# Preferences", "Likes: lists"]
PEOPLE = {"Ada Peeters": ARCHITECT, "Ben": NURSE, "Cleo": CLERK, "Dov": []}
TOPICS = [FRIDGE, "school uniforms", "closing our street to cars", "whether the town should build a new library", None]


@pytest.fixture(scope="module")
def panel():
    return talk(PEOPLE, FRIDGE, steps=8)


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("seed", range(4))
def test_lines_are_short_whole_sentences(topic, seed):
    for each in talk(PEOPLE, topic, seed=seed):
        assert 3 <= len(each.text) <= 200, each.text
        assert each.text[0].isupper()
        assert each.text[-1] in ".!?", each.text
        assert not re.search(r"[{}]|\bNone\b|\.\.|  |\bi\b(?!['’.])|: [A-HJ-Z][a-z]+ing\b", each.text), each.text
        assert not re.search(r"\b(?:you are an|your own persona|^It are|they is|a [aeio]\w)", each.text), each.text


def test_the_topic_is_taken_up_by_everybody(panel):
    for name in PEOPLE:
        assert any("fridge" in each.text for each in panel if each.who == name)


@pytest.mark.parametrize(
    ("topic", "phrase"),
    [
        ("school uniforms", "school uniforms"),
        ("a four-day week", "the four-day week"),
        ("closing our street to cars", "closing our street to cars"),
        ("whether the town should build a new library", "the new library"),
        ("Larder, a fridge that orders by itself", "the fridge"),
        ("Should dogs come to the office?", "the idea"),
        ("a day of rest for everybody", "the day of rest"),
    ],
)
def test_a_topic_is_called_by_its_name(topic, phrase):
    spoken = " ".join(each.text for each in talk(PEOPLE, topic, steps=3)).lower()

    assert phrase in spoken


def test_many_things_agree_with_their_verbs():
    spoken = " ".join(each.text for seed in range(10) for each in talk(PEOPLE, "school uniforms", seed=seed))

    assert not re.search(r"school uniforms (?:is|has|does|needs|takes|keeps|gets|would takes)\b", spoken)
    assert re.search(r"school uniforms (?:are|have|do)\b", spoken)


def test_nobody_says_a_line_twice(panel):
    said = [(each.who, each.text) for each in panel]

    assert len(set(said)) == len(said)


def test_people_seldom_say_what_another_has_said(panel):
    texts = [each.text for each in panel]

    assert len(set(texts)) >= 0.9 * len(texts)


def test_lines_in_a_row_begin_differently(panel):
    same = [one for one, other in pairwise(panel) if one.text.split()[:2] == other.text.split()[:2]]

    assert len(same) <= len(panel) // 10


def test_people_talk_to_each_other_by_name(panel):
    directed = [each for each in panel if each.to != "all"]

    assert len(directed) >= len(panel) // 4
    assert {each.to for each in directed} <= set(PEOPLE)
    assert all(each.to.split()[0] in each.text for each in directed if each.text.endswith("?"))


def test_a_question_is_answered_by_the_one_it_was_put_to():
    question = "Ada, what is the most you would pay for the fridge?"
    request = turn(
        "Ada", ARCHITECT, scene=[f"You have come together for this: {FRIDGE}"], step=2,
        memories=["09:00 You to all: I would leave the fridge where it is."], percepts=[f"Ben to you: {question}"],
    )  # fmt: skip

    [line] = [each for each in actions(request) if each["action"] == "talk"]

    assert line["to"] == "Ben"
    assert re.search(r"last thing I regretted|[Nn]othing, as things stand", line["text"])


def test_news_is_taken_up():
    spoken = talk(PEOPLE, FRIDGE, steps=3, happens={2: ["The host names the price: 900 euros."]})

    assert any("900 euros" in each.text for each in spoken if each.step == 2)


def test_what_happens_is_reacted_to_and_not_told_again():
    happened = "The wine is spilt over the white tablecloth."
    spoken = talk(PEOPLE, FRIDGE, steps=3, happens={2: [happened]})

    reactions = {said for voice in Vocabulary.read().phrases["happening"].values() for said in voice}
    assert any(each.text.startswith(tuple(reactions)) for each in spoken if each.step == 2)
    assert not any("wine" in each.text for each in spoken)


def test_nothing_happens_without_anybody_taking_it_up():
    for seed in range(20):
        spoken = talk(PEOPLE, FRIDGE, steps=3, seed=seed, happens={2: ["The host names the price: 900 euros."]})
        asked = any(each.text.endswith("?") for each in spoken if each.step == 1)
        assert asked or any("900 euros" in each.text for each in spoken if each.step == 2)


def test_who_is_present_is_read_from_the_scene():
    scene = "You are in a room with Dr. Ada Peeters, J. R. Hill and Ben. You have come together for this: tea"

    assert list(Conversation.of(PromptParts(name="Cid", scene=("It is Monday.", scene))).present) == [
        "Dr. Ada Peeters",
        "J. R. Hill",
        "Ben",
    ]


def test_nobody_names_a_condition_that_another_has_just_named():
    spoken = [each for seed in range(10) for each in talk(PEOPLE, FRIDGE, steps=7, seed=seed)]
    clauses = {lowered(each) for theme in Vocabulary.read().themes.values() for each in theme.conditions}

    for one, other in pairwise(spoken):
        assert not {each for each in clauses if each in one.text and each in other.text}


def test_a_job_is_called_by_its_name_alone():
    persona = ["Occupation: physiotherapist with a practice of her own"]
    spoken = [each.text for seed in range(20) for each in talk({"Ada": persona, "Ben": persona}, FRIDGE, seed=seed)]

    assert any("a physiotherapist" in text for text in spoken)
    assert not any("with a practice" in text for text in spoken)


def test_work_that_is_told_as_a_deed_is_no_title():
    persona = ["Occupation: sells apples on the market square"]
    spoken = talk({"Ada": persona, "Ben": persona}, FRIDGE)

    assert not any("sells" in each.text for each in spoken)


def test_who_is_alone_always_reacts_and_calls_nobody_by_an_article():
    told = "A colleague to you: I have decided to move to the sea."
    for seed in range(30):
        [done] = [each for each in actions(turn("Ben", NURSE, percepts=[told], seed=seed)) if each["action"] != "think"]
        assert done["action"] == "talk"
        assert not re.search(r"\bthis\b", actions(turn("Ben", NURSE, percepts=["It rains."], seed=seed))[-1]["text"])
        assert not re.search(r"\bA\b[,.?!:]", done["text"])


def test_people_speak_of_their_work_and_their_likes():
    spoken = " ".join(
        each.text for seed in range(20) for each in talk(PEOPLE, FRIDGE, seed=seed) if each.who == "Ada Peeters"
    )

    assert "an architect" in spoken
    assert re.search(r"a house must be easy to repair|gadgets in the kitchen", spoken)
    assert re.search(r"my sister Noor|At 61 I|Ghent", spoken)


def test_somebody_who_likes_it_is_for_it_and_somebody_who_hates_it_is_not():
    ends: dict[str, set[str]] = {"Ada Peeters": set(), "Ben": set()}
    for seed in range(6):
        for each in talk(PEOPLE, FRIDGE, steps=7, seed=seed):
            for words, side in ((r"\byes\b|for it\b", "for"), (r"\bno\b|not for me|without the fridge", "against")):
                if (
                    each.who in ends
                    and each.step >= 5
                    and re.search(words, each.text, re.IGNORECASE)
                    and each.to == "all"
                ):
                    ends[each.who].add(side)

    assert ends["Ben"] == {"for"}
    assert ends["Ada Peeters"] == {"against"}


def test_a_line_of_a_person_says_i_where_the_persona_says_you():
    persona = [
        "Occupation: judge",
        "Beliefs: You think that your word binds you",
        "# Preferences",
        "Likes: You like your tea hot",
    ]

    spoken = " ".join(each.text for seed in range(20) for each in talk({"Eve": persona, "Finn": []}, None, seed=seed))

    assert "I think that my word binds me." in spoken
    assert "I like my tea hot." in spoken


def test_a_person_of_nothing_but_a_name_has_something_to_say():
    spoken = talk({"Gus": [], "Hal": []}, FRIDGE)

    assert len(spoken) >= 8


def test_a_person_alone_and_nothing_to_talk_about():
    [line] = [each for each in actions(turn("Ida")) if each["action"] == "talk"]

    assert line["to"] == "all"


def test_another_seed_is_another_conversation():
    one, other = ([each.text for each in talk(PEOPLE, FRIDGE, seed=seed)] for seed in (1, 2))

    assert len(set(one) & set(other)) < len(one) // 2


def test_a_prompt_is_answered_alike_by_any_model_at_any_time():
    request = turn("Ada", ARCHITECT, scene=[f"You have come together for this: {FRIDGE}"])
    busy = opened()
    talk(PEOPLE, FRIDGE)
    ask(busy, turn("Ben", NURSE))

    assert ask(busy, request) == ask(opened(), request)


def test_hash_seeds_change_nothing():
    here = Path(__file__).parent
    program = "from test_improv import *; print([each.text for each in talk(PEOPLE, FRIDGE, steps=3)])"

    outputs = {
        subprocess.run(
            [sys.executable, "-c", program], cwd=here, env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }  # fmt: skip

    assert len(outputs) == 1


def test_what_else_can_be_done_is_done_now_and_then():
    order = action("place_order", price={"type": "integer", "minimum": 1, "maximum": 9}, note={"type": "string"})
    schema = answer_schema(order)

    done = [each for seed in range(20) for each in actions(turn("Ada", scene=[], seed=seed, schema=schema))]

    assert {"talk", "place_order"} <= {each["action"] for each in done}
    assert all(1 <= each["price"] <= 9 for each in done if each["action"] == "place_order")


def test_what_faculties_ask_is_answered():
    schema = answer_schema(mood={"enum": ["glad", "sad"]}, importance={"type": "integer", "minimum": 1, "maximum": 10})

    answer = json.loads(ask(opened(), turn("Ada", schema=schema)))

    assert answer["mood"] in ("glad", "sad")
    assert 1 <= answer["importance"] <= 10


def test_a_repair_is_valid():
    assert actions(turn("Ada", purpose="repair"))


def test_an_interview_is_answered_in_prose_and_in_person():
    introduction = "You are Ada Peeters.\n" + "\n".join(ARCHITECT)
    messages = (Message("system", introduction), Message("user", "Who are you, and what matters to you in a house?"))

    answer = ask(opened(), ChatRequest(messages=messages, purpose="ask", agent=AgentId("Ada Peeters")))

    assert answer.startswith("My name is Ada Peeters.")
    assert "architect" in answer


def interview(name, persona, question, *, memories=(), form=None):
    """What somebody answers to an interviewer: prose, or what has the form of a schema."""
    introduction = "\n".join([f"You are {name}.", *persona])
    now = ["It is Monday, 2 March 2026, 09:10."]
    now += ["\n".join(["# You remember", *memories])] if memories else []
    asked = f"A journalist asks you: {question}"
    now += [asked] if form is None else [asked, 'Answer with JSON of the form described: {"answer": …}.']
    messages = (Message("system", introduction), Message("user", "\n\n".join(now)))
    schema: Any = None if form is None else {"type": "object", "properties": {"answer": form}, "required": ["answer"]}
    request = ChatRequest(messages=messages, schema=schema, purpose="ask", agent=AgentId(name), seed=1)
    answer = ask(opened(), request)
    return answer if form is None else json.loads(answer)["answer"]


def test_a_question_is_about_what_it_names():
    assert "the fridge" in interview("Ben", NURSE, f"What do you think of {FRIDGE}?").lower()
    assert "this" not in interview("Ben", NURSE, "What does a good day look like?").lower()


def test_who_was_asked_before_still_knows_what_about():
    before = [f"09:00 A journalist (question) to you: What do you think of {FRIDGE}?", "09:00 You answered: I like it."]

    assert "the fridge" in interview("Ben", NURSE, "And now?", memories=before).lower()
    assert "My name is" not in interview("Ben", NURSE, "And now?", memories=["09:00 Ada to you: Who are you?"])


def test_what_was_spoken_of_keeps_its_whole_name():
    before = [f"09:0{n} Ada to all: I think of the four-day week, and of the four-day week again." for n in range(5)]

    told = interview("Ben", NURSE, "And now?", memories=before).lower()

    assert "the four-day week" in told


def test_what_is_answered_in_a_form_agrees_with_where_somebody_stands():
    question = f"What do you think of {FRIDGE}?"
    scale = {"enum": ["rather not", "I do not know", "rather yes"]}

    assert interview("Ben", NURSE, question, form={"type": "boolean"}) is True
    assert interview("Ada Peeters", ARCHITECT, question, form={"type": "boolean"}) is False
    assert interview("Ben", NURSE, question, form=scale) == "rather yes"
    assert interview("Ada Peeters", ARCHITECT, question, form=scale) == "rather not"


def test_a_list_that_is_asked_for_holds_different_sentences():
    listed = interview("Ben", NURSE, f"What about {FRIDGE}?", form={"type": "array", "items": {"type": "string"}})

    assert len(listed) == len(set(listed)) == 3
    assert all(re.fullmatch(r"[A-Z].*[.!?]", each) for each in listed)


def test_a_question_to_nobody_in_particular_is_answered_too():
    assert ask(opened(), ChatRequest(messages=(Message("user", "What is new?"),))).endswith(".")


@pytest.mark.skipif(not TINYTROUPE.exists(), reason="the people of TinyTroupe are not beside the checkout")
@pytest.mark.parametrize("topic", [FRIDGE, "the four-day week"])
def test_the_people_of_tinytroupe_talk(topic):
    people = dict(lines_of(path) for path in sorted(TINYTROUPE.glob("*.agent.json")))

    spoken = talk(people, topic)

    assert len({each.who for each in spoken}) == 7
    assert len({each.text for each in spoken}) >= 0.85 * len(spoken)
    for each in spoken:
        assert not re.search(r"\byour? (?:are|have|self)\b|\bYou are\b|\bhe \w+s\b", each.text), each.text


@pytest.mark.parametrize("seed", range(6))
def test_a_question_that_the_scene_puts_to_everybody_is_answered_to_who_put_it(seed):
    scene = f"You are in a room with Mo, Ben. You are here to talk about {FRIDGE}. Mo asks: “What does it cost you?”"
    asked = "Mo to all: Take your time. What does it cost you?"

    (done, *_) = [
        each for each in actions(turn("Ada", ARCHITECT, scene=[scene], percepts=[asked], seed=seed)) if "to" in each
    ]

    assert (done["action"], done["to"]) == ("talk", "Mo")


@pytest.mark.parametrize("seed", range(6))
def test_who_only_asks_asks_questions_and_leads_in_to_those_of_others(seed):
    follow_up = action("follow_up", to={"type": "string"}, question={"type": "string"})
    put = action("put_question", lead_in={"type": "string"})
    scene = [f"You are in a room with Ann, Ben. You are here to talk about {FRIDGE}."]

    asked, led = (
        actions(turn("Mo", scene=scene, seed=seed, schema=answer_schema_of(only)))[-1] for only in (follow_up, put)
    )

    assert asked["to"] in ("Ann", "Ben")
    assert asked["question"].endswith("?")
    assert re.fullmatch(r"[A-Z][^?]+\.", led["lead_in"])


def answer_schema_of(only):
    """What an answer has to fit where there is one thing to do."""
    schema: Any = answer_schema()
    return {
        **schema,
        "properties": {"actions": {**schema["properties"]["actions"], "items": {"anyOf": [only]}}},
    }
