"""Values: ids that are derived, streams that do not disturb each other, stimuli that survive the journal."""

import json
from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from troupe_core.plugin import AgentId, EventId, Media, Persona, Stimulus, Vectors, canonical, content_hash
from troupe_core.values.ids import WORLD, Rank, event_id
from troupe_core.values.streams import derived_seed, stream

keys = st.lists(st.text(max_size=4) | st.integers(-5, 5), max_size=3)
stamps = st.tuples(st.integers(0, 99), st.integers(-1, 99), st.integers(-1, 99), st.integers(0, 99))
names = st.text(min_size=1, max_size=9)
media = st.builds(Media, ref=names, media_type=names, caption=st.none() | names)
stimuli = st.builds(
    Stimulus,
    text=st.text(max_size=20),
    kind=names,
    source=st.none() | names.map(AgentId),
    to=st.none() | st.lists(names.map(AgentId), max_size=3).map(tuple),
    media=st.none() | media,
    trusted=st.booleans(),
    id=st.none() | names.map(EventId),
    stamp=st.none() | stamps,
)


@given(stimuli)
def test_a_stimulus_comes_back_from_the_journal_as_it_was(stimulus):
    stored = json.loads(canonical(stimulus.to_json()))

    assert Stimulus.from_json(stored) == stimulus


def test_a_stimulus_says_only_what_is_not_default():
    assert Stimulus(text="A bell.").to_json() == {"text": "A bell."}


@given(
    st.lists(st.tuples(st.integers(0, 50), st.integers(-1, 50).map(Rank), st.integers(0, 50)), unique=True, max_size=20)
)
def test_no_two_events_have_one_id(stamps):
    assert len({event_id(*stamp) for stamp in stamps}) == len(stamps)


def test_an_id_can_be_read():
    assert event_id(3, Rank(2), 5) == "3.2.5"
    assert event_id(3, WORLD, 0) == "3.w.0"


@given(st.integers(), keys, st.integers(0, 5))
def test_a_stream_is_the_same_whatever_others_drew(seed, key, others):
    alone = stream(seed, *key)
    expected = [alone.random() for _ in range(3)]

    beside = stream(seed, *key)
    other = stream(seed, *key, "other")
    drawn = []
    for _ in range(3):
        for _ in range(others):
            other.random()
        drawn.append(beside.random())

    assert drawn == expected


@given(st.integers(-9, 9), keys, st.integers(-9, 9), keys)
def test_each_seed_and_key_has_a_stream_of_its_own(seed, key, other_seed, other_key):
    same = (seed, key) == (other_seed, other_key)

    assert (stream(seed, *key).random() == stream(other_seed, *other_key).random()) is same
    assert (derived_seed(seed, *key) == derived_seed(other_seed, *other_key)) is same
    assert 0 <= derived_seed(seed, *key) < 2**31


@given(st.lists(st.text(max_size=3), max_size=4), st.lists(st.text(max_size=3), max_size=4))
def test_keys_do_not_run_into_each_other(key, other):
    assert (derived_seed(1, *key) == derived_seed(1, *other)) is (key == other)


@given(st.dictionaries(st.text(max_size=3), st.integers(-9, 9), max_size=5))
def test_the_order_of_keys_is_no_part_of_a_value(value):
    turned = dict(reversed(value.items()))

    assert canonical(turned) == canonical(value)
    assert content_hash(turned) == content_hash(value) == content_hash(canonical(value))


def test_vectors_are_rows_in_one_block():
    vectors = Vectors.of([[1.0, 0.0], [0.0, 1.0]], 2)

    assert (vectors.count, vectors.data) == (2, array("f", [1, 0, 0, 1]))
    assert list(vectors.rows()) == [(1.0, 0.0), (0.0, 1.0)]
    with pytest.raises(ValueError, match="a vector has 1 numbers, expected 2"):
        Vectors.of([[1.0, 0.0], [1.0]], 2)


def test_a_persona_prints_what_is_said_of_it():
    assert repr(Persona(name="Ann", age=0, style="Dry.")) == "Persona(name='Ann', age=0, style='Dry.')"
