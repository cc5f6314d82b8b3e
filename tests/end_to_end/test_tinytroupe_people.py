"""TinyTroupe's seven people and nine fragments live here: every field told, in small requests, one call a turn."""

import json
from itertools import cycle

import pytest

from troupe_core.config.persona_file import read_fragment, read_persona
from troupe_core.simulation.simulation import Simulation
from troupe_core.values.canonical import canonical
from troupe_core.values.chat import ChatRequest
from troupe_core.values.observed import ModelCallFinished

STEPS = 5


@pytest.fixture
def people(shared):
    return sorted((shared / "tinytroupe").glob("*.agent.json"))


@pytest.fixture
def fragments(shared):
    return sorted((shared / "tinytroupe" / "fragments").glob("*.json"))


@pytest.fixture
def requests_of(study, tmp_path):
    """Runs these people in a room; returns the run, and each one's requests in order."""

    def run(entries, steps=STEPS):
        head = f'[simulation]\nsteps = {steps}\nseed = 5\n[llm]\nuse = "mock"\n[environment]\nuse = "room"\n'
        asked: dict[str, list[ChatRequest]] = {}

        def note(finished):
            asked.setdefault(finished.request.agent, []).append(finished.request)

        simulation = Simulation.from_file(study(head + "".join(f"[[agents]]\n{entry}\n" for entry in entries)))
        return simulation.run_sync(tmp_path / "run", watch={ModelCallFinished: note}), asked

    return run


def entry(person, *fragments):
    laid_over = f"\nfragments = {[str(each) for each in fragments]}" if fragments else ""
    return f"persona = '{person}'{laid_over}"


def texts_in(value):
    if isinstance(value, dict):
        return [text for each in value.values() for text in texts_in(each)]
    if isinstance(value, list):
        return [text for each in value for text in texts_in(each)]
    return [] if value is None else [str(value)]


def plain(text):
    """Without what is only layout: white space, and the full stop at the end of a clause in a list."""
    return " ".join(text.split()).removesuffix(".")


def test_there_are_seven_people_and_nine_fragments(people, fragments):
    assert (len(people), len(fragments)) == (7, 9)


def test_every_field_of_everybody_reaches_the_prompt(people, requests_of):
    _, asked = requests_of([entry(each) for each in people], steps=1)

    for path in people:
        persona = json.loads(path.read_text(encoding="utf-8"))["persona"]
        told = asked[persona["name"]][0].messages[0].text
        missing = [text for text in texts_in(persona) if plain(text) not in told]
        assert missing == []


def test_every_field_of_every_fragment_reaches_the_prompt(people, fragments, requests_of):
    entries = [f"{entry(people[0], each)}\nname = 'P{number}'" for number, each in enumerate(fragments)]

    _, asked = requests_of(entries, steps=1)

    for number, fragment in enumerate(fragments):
        told = asked[f"P{number}"][0].messages[0].text
        assert [text for text in texts_in(read_fragment(fragment)) if plain(text) not in told] == []


def test_together_they_live_five_steps_with_one_call_a_turn(people, fragments, requests_of):
    entries = [entry(person, fragment) for person, fragment in zip(cycle(people), fragments, strict=False)][:7]

    run, asked = requests_of(entries)

    stats = run.stats()
    assert stats["status"] == "finished"
    assert stats["turns"] == 7 * STEPS
    assert stats["llm"]["calls"] == stats["llm"]["provider_calls"] == 7 * STEPS
    assert list(run.events(kind="failure")) == []
    assert {name: len(each) for name, each in asked.items()} == dict.fromkeys(run.personas, STEPS)


def test_a_request_is_small_and_begins_with_the_same_bytes_in_every_turn(people, requests_of):
    _, asked = requests_of([entry(each) for each in people])

    sizes = {name: max(len(canonical(each.asked())) for each in requests) for name, requests in asked.items()}
    assert max(sizes.values()) <= 8000, sizes
    for requests in asked.values():
        assert len({each.messages[0].text for each in requests}) == 1
        assert all("# Just now\n" in each.messages[1].text for each in requests[1:])


def test_all_nine_fragments_can_be_laid_over_one_person(people, fragments):
    persona = read_persona(people[0], fragments)

    assert persona.name == "Friedrich Wolf"
    assert isinstance(persona.beliefs, list)
    beliefs = [belief for each in fragments for belief in read_fragment(each).get("beliefs", [])]
    assert set(beliefs) <= set(persona.beliefs)
    assert len(persona.beliefs) == len(set(persona.beliefs))
