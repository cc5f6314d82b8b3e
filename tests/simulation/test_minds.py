"""Faculties, senses, embedders, executors and populations: each tried through a toy."""

import asyncio
from importlib import import_module

import pytest

from troupe_core.errors import ConfigError
from troupe_core.plugin import PersonaSource
from troupe_core.simulation.simulation import Simulation
from troupe_core.values.chat import ChatRequest
from troupe_core.values.observed import ModelCallFinished
from troupe_core.values.streams import stream

PIXEL = b"\x89PNG\r\n\x1a\n" + bytes(40)


@pytest.fixture(autouse=True)
def _toys(toys):
    pass


FEELING = """
[[entries]]
step = 0
answer = { mood = "cross", actions = [{ action = "sigh" }] }
[[entries]]
answer = { mood = "calm", actions = [{ action = "wait" }] }
"""
MOODY = '[simulation]\nsteps = 3\n[execution]\ncheckpoint = 1\n[agent_defaults]\nfaculties = ["mood"]\n'


def test_a_faculty_asks_along_in_the_one_answer_and_remembers(scripted):
    run = scripted(FEELING, MOODY)

    assert run.stats()["llm"]["provider_calls"] == 6
    prompts = [event.data["messages"][0] for event in run.events(kind="request", agent="Ann")]
    assert "You feel" not in prompts[0]
    assert "You feel cross." in prompts[1]
    assert "You felt cross." in prompts[1]
    assert "You feel calm." in prompts[2]


def test_a_faculty_shapes_what_is_noticed_kept_and_sought(scripted):
    text = MOODY + '[[stimuli]]\nat = 1\ntext = "A boring notice."\n[[stimuli]]\nat = 1\ntext = "Fire!"\n'

    run = scripted(FEELING, text)

    noticed = [event.data["percepts"] for event in run.events(kind="percept", agent="Ann")]
    assert noticed[1] == ["1.w.2"]
    kept = [each for event in run.events(kind="memory", agent="Ann") for each in event.data["stored"]]
    assert {each["text"]: each["importance"] for each in kept if each.get("kind") == "event"} == {"Fire!": 0.9}
    assert all(len(event.data["ids"]) <= 2 for event in run.events(kind="recall"))


def test_an_answer_without_what_a_faculty_asked_is_mended(scripted):
    script = '[[entries]]\npurpose = "turn"\nactions = [{ action = "wait" }]\n' + FEELING.replace(
        "[[entries]]", '[[entries]]\npurpose = "repair"'
    )

    run = scripted(script, MOODY)

    assert next(iter(run.events(kind="failure"))).data["problem"] == '"mood" is a required property'


def test_a_faculty_that_breaks_down_is_named(scripted, talking):
    run = scripted(talking, '[agent_defaults]\nfaculties = ["fog"]')

    assert {event.data["problem"] for event in run.events(kind="failure")} == {"ValueError: lost in thought"}
    assert run.status == "finished"


def test_a_picture_is_perceived_by_a_sense_kept_once_and_recalled(scripted, talking):
    text = '[agent_defaults]\nperception = ["eye"]\n[[stimuli]]\nat = 0\ntext = "On the desk."\nmedia = "a.png"\n'

    run = scripted(talking, text, a__png=PIXEL)

    percepts = [event.data["percepts"] for event in run.events(kind="percept") if event.step == 0]
    assert percepts == [[{"of": "0.w.2", "text": f"{who} sees a picture of 48 bytes."}] for who in ("Ann", "Bob")]
    (stimulus,) = [event for event in run.events(kind="stimulus") if event.agent is None]
    assert run.blob(stimulus.data["media"]["ref"]) == PIXEL
    assert "Ann sees a picture of 48 bytes." in list(run.events(kind="request", agent="Ann"))[1].data["messages"][0]


@pytest.mark.parametrize(("takes", "shown"), [("true", 1), ("false", 0)])
def test_a_model_that_takes_pictures_sees_what_its_agent_sees(study, tmp_path, takes, shown):
    file = study(
        f"""
        [simulation]
        steps = 2
        [llm]
        use = "busy"
        times = 0
        images = {takes}
        [agent_defaults]
        perception = ["eye"]
        [[agents]]
        persona = {{ name = "Ann" }}
        [[stimuli]]
        at = 0
        media = "a.png"
        """,
        a__png=PIXEL,
    )
    asked: list[ChatRequest] = []

    run = Simulation.from_file(file).run_sync(
        tmp_path / "run", watch={ModelCallFinished: lambda finished: asked.append(finished.request)}
    )

    pictures = [medium for message in asked[0].messages for medium in message.media]
    assert [run.blob(medium.ref) for medium in pictures] == [PIXEL] * shown
    assert [medium for message in asked[1].messages for medium in message.media] == []
    noted = [event.data.get("media") for event in run.events(kind="request")]
    assert noted == [[medium.ref for medium in pictures] or None, None]


@pytest.mark.parametrize(("sense", "failures"), [('["blind-eye", "eye"]', 2), ("[]", 0)])
def test_a_picture_that_nobody_can_see_is_known_by_its_words(scripted, talking, sense, failures):
    text = f'[agent_defaults]\nperception = {sense}\n[[stimuli]]\nat = 0\ntext = "On the desk."\nmedia = "a.png"\n'

    run = scripted(talking, text, a__png=PIXEL)

    assert "On the desk." in next(iter(run.events(kind="request"))).data["messages"][0]
    problems = [event.data["problem"] for event in run.events(kind="failure")]
    assert problems == ["this is no picture"] * failures


@pytest.mark.parametrize(
    ("sense", "reading"),
    [
        ("eye", lambda who, ref: {"text": f"{who} sees a picture of 48 bytes.", "media": ref}),
        ("blind-eye", lambda who, ref: {"failure": "this is no picture"}),
    ],
)
def test_what_a_sense_reads_is_an_input_of_the_run(scripted, talking, sense, reading):
    picture = 'at = 0\nto = ["Ann"]\nmedia = "a.png"\n'
    text = f'[agent_defaults]\nperception = ["{sense}"]\n[[stimuli]]\n{picture}[[stimuli]]\n{picture}'

    run = scripted(talking, text, a__png=PIXEL)

    readings = [each for each in run.inputs() if each["purpose"] == f"perceive:modalities.{sense}"]
    told = next(iter(run.events(kind="stimulus"))).data["media"]
    assert [each["payload"] for each in readings] == [reading("Ann", told)] * 2
    assert [(each["step"], each["rank"], each["ordinal"]) for each in readings] == [(0, 0, 0), (0, 0, 1)]
    assert run.stats()["llm"]["calls"] == 4


def test_memories_and_cues_get_vectors_where_there_is_an_embedder(scripted, talking):
    plain = scripted(talking)
    run = scripted(talking, '[embedder]\nuse = "letters"')

    assert run.status == "finished"
    assert list(run.events(kind="failure")) == []
    assert [e.data for e in run.events(kind="decision")] == [e.data for e in plain.events(kind="decision")]


def test_a_lost_worker_costs_nothing_but_another_try(scripted, talking):
    run = scripted(talking, '[execution]\nexecutor = "lossy"')

    assert run.digest() == scripted(talking).digest()


def test_an_executor_that_never_answers_leaves_agents_waiting(scripted, talking):
    run = scripted(talking, '[execution]\nexecutor = "lost"')

    because = {event.data["because"] for event in run.events(kind="decision")}
    assert because == {"WorkerLost: the worker went away for good"}
    assert run.status == "finished"


def test_a_population_is_drawn_from_its_source(scripted, talking):
    people = '[[agents]]\npopulation = { use = "numbered", count = 7 }\n[[agents]]\npersona = { name = "Ann" }\n'

    run = scripted(talking, people=people)
    fewer = scripted(talking, people=people.replace("7", "3"))

    assert list(run.personas) == [*(f"Person {n}" for n in range(7)), "Ann"]
    assert [p.age for p in run.personas.values()][:3] == [p.age for p in fewer.personas.values()][:3]


def test_analyzers_write_reports_and_one_that_fails_is_noted(scripted, talking):
    text = '[[analyzers]]\nuse = "headcount"\n[[analyzers]]\nuse = "sulking"\n[[analyzers]]\nuse = "transcript"\n'

    run = scripted(talking, text)

    assert "| run-0 | 2 |" in (run.folder / "report" / "headcount.md").read_text()
    assert "**Ann**: Good morning!" in (run.folder / "report" / "transcript.md").read_text()
    (note,) = run.events(kind="note")
    assert note.data == {"component": "analyzers.2 (sulking)", "problem": "RuntimeError: not today"}
    assert run.digest() == scripted(talking).digest()


def test_a_stimulus_for_nobody_is_a_mistake(scripted, talking):
    text = '[[stimuli]]\nat = 0\nto = ["Anne"]\ntext = "Psst."'

    with pytest.raises(ConfigError, match=r'\[\[stimuli\]\] 1, to: nobody is called "Anne"\nDid you mean Ann\?'):
        scripted(talking, text)

    with pytest.raises(ConfigError, match=r"There are: Person 0, Person 1\."):
        scripted(talking, text, people='[[agents]]\npopulation = { use = "numbered", count = 2 }\n')


def test_a_population_of_a_million_is_drawn_one_by_one_and_begins_like_a_small_one():
    numbered: type[PersonaSource] = import_module("troupe_toys.people").Numbered

    async def drawn(count):
        """The first five, and how many there were: nobody else is kept."""
        first, total = [], 0
        async for person in numbered().personas(count, stream(1, "people")):
            total += 1
            if total <= 5:
                first.append(person)
        return first, total

    few, _ = asyncio.run(drawn(5))

    assert asyncio.run(drawn(1_000_000)) == (few, 1_000_000)
