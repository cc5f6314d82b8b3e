"""Vectors are inputs of the run: each is kept before anything follows from it, and what many hear is embedded once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from troupe_core.plugin import Vectors

PEOPLE = "".join(f'[[agents]]\npersona = {{ name = "{name}" }}\n' for name in ("Ann", "Bob", "Cleo", "Dan"))

ONE_SPEAKS = """
[[entries]]
agent = "Ann"
actions = [{ action = "talk", to = "all", text = "Good morning, dear cabbages!" }]
[[entries]]
actions = [{ action = "wait" }]
"""

LETTERS = '[simulation]\nsteps = 2\n[embedder]\nuse = "letters"\n'


@pytest.fixture(autouse=True)
def _toys(toys):
    pass


def brought_in(run, purpose):
    return [each for each in run.inputs() if each["purpose"] == purpose]


def test_what_many_hear_is_embedded_once(scripted):
    run = scripted(ONE_SPEAKS, LETTERS, people=PEOPLE)

    vectors = [Vectors.from_json(each["payload"]["vectors"]) for each in brought_in(run, "embed:document")]
    stored = [each for event in run.events(kind="memory") for each in event.data["stored"]]
    assert len(stored) == 5  # what Ann did in two steps, and what three people heard in the second
    assert sum(each.count for each in vectors) == 2  # what she did, and what they heard


def test_a_cue_is_kept_with_its_vector(scripted):
    run = scripted(ONE_SPEAKS, LETTERS, people=PEOPLE)

    cues = brought_in(run, "embed:query")
    assert [(each["step"], each["rank"], each["ordinal"]) for each in cues] == [(1, rank, 0) for rank in (1, 2, 3)]
    for each in cues:
        (vector,) = Vectors.from_json(each["payload"]["vectors"]).rows()
        assert len(vector) == 8
        assert sum(number * number for number in vector) == pytest.approx(1)


def test_who_looks_for_the_same_later_asks_again_so_that_inputs_are_the_same_at_any_speed(scripted):
    picture = '[agent_defaults]\nperception = ["late-eye"]\n[[stimuli]]\nat = 0\nmedia = "a.png"\n'

    run = scripted(ONE_SPEAKS, LETTERS + picture, people=PEOPLE, a__png=b"\x89PNG\r\n\x1a\n")

    assert [each["rank"] for each in brought_in(run, "embed:query") if each["step"] == 0] == [0, 1, 2, 3]


def test_other_vectors_are_another_request(scripted):
    run = scripted(ONE_SPEAKS, LETTERS, people=PEOPLE)

    requests = {each["request"] for each in brought_in(run, "embed:document")}
    assert len(requests) == 2
    assert requests.isdisjoint(each["request"] for each in brought_in(run, "embed:query"))


def test_vectors_are_outside_the_digest_and_are_no_model_calls(scripted):
    run, again = (scripted(ONE_SPEAKS, LETTERS, people=PEOPLE) for _ in range(2))

    assert run.digest() == again.digest()
    assert run.stats()["llm"]["calls"] == len(brought_in(run, "turn")) == 8


def test_an_embedder_that_breaks_down_leaves_that_behind(scripted):
    run = scripted(ONE_SPEAKS, '[simulation]\nsteps = 2\n[embedder]\nuse = "blank"\n', people=PEOPLE)

    failed = {each["payload"]["failure"] for each in brought_in(run, "embed:document")}
    assert failed == {"ValueError: embed returned 0 vectors for 1 texts"}
    assert run.status == "finished"


@given(st.integers(1, 5).flatmap(lambda d: st.lists(st.lists(st.floats(width=32), min_size=d, max_size=d), min_size=1)))
def test_vectors_go_through_json_bit_for_bit(rows):
    vectors = Vectors.of(rows, len(rows[0]))

    again = Vectors.from_json(vectors.to_json())

    assert (again.data.tobytes(), again.dimensions) == (vectors.data.tobytes(), vectors.dimensions)


def test_kept_numbers_are_little_endian():
    assert Vectors.of([[1.0, -2.5]], 2).to_json() == {"dimensions": 2, "float32": "AACAPwAAIMA="}
