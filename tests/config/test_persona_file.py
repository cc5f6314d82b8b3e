"""Personas from files: every format, fragments, and what is said about a file that describes nobody."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from troupe_core.config.persona_file import merged, persona_of, read_persona
from troupe_core.errors import ConfigError
from troupe_core.values.persona import Persona


@pytest.fixture
def write(tmp_path, monkeypatch):
    """Writes a file; errors name it as it is called here."""
    monkeypatch.chdir(tmp_path)

    def file(name, content):
        path = Path(name)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return file


def told(path, *fragments, name=None):
    with pytest.raises(ConfigError) as wrong:
        read_persona(path, fragments, name=name)
    return str(wrong.value)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("lisa.toml", 'name = "Lisa"\nage = 28\nskills = ["Python", "Chess"]\n[facts]\npets = { cats = 2 }\n'),
        ("lisa.json", '{"name": "Lisa", "age": 28, "skills": ["Python", "Chess"], "facts": {"pets": {"cats": 2}}}'),
        ("lisa.yaml", "name: Lisa\nage: 28\nskills: [Python, Chess]\nfacts: {pets: {cats: 2}}\n"),
        ("lisa.yml", "name: Lisa\nage: 28\nskills: [Python, Chess]\npets: {cats: 2}\n"),
        ("LISA.JSON", '\ufeff{"name": "Lisa", "age": 28, "skills": ["Python", "Chess"], "pets": {"cats": 2}}'),
    ],
)
def test_a_persona_is_read_from_toml_json_and_yaml(write, name, text):
    persona = read_persona(write(name, text))

    assert (persona.name, persona.age, persona.skills) == ("Lisa", 28, ["Python", "Chess"])
    assert persona.facts == {"pets": {"cats": 2}}


def test_what_has_no_field_of_its_own_is_a_fact_and_extra_is_kept_apart(write):
    path = write("ann.json", '{"name": "Ann", "shoe_size": 38, "facts": {"car": "none"}, "extra": {"weight": 0.7}}')

    persona = read_persona(path)

    assert persona.facts == {"shoe_size": 38, "car": "none"}
    assert persona.extra == {"weight": 0.7}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("ann.toml", 'name = "Ann"\nborn = 1985-03-02\nat = 07:30:00\nmet = 2001-02-03T04:05:06\n'),
        ("ann.yaml", "name: Ann\nborn: 1985-03-02\nat: '07:30:00'\nmet: 2001-02-03T04:05:06\n"),
    ],
)
def test_dates_become_text(write, name, text):
    persona = read_persona(write(name, text))

    assert persona.facts == {"born": "1985-03-02", "at": "07:30:00", "met": "2001-02-03T04:05:06"}


def test_a_persona_written_in_the_study_is_read_alike():
    persona = persona_of({"name": "Ann", "born": 1985, "likes": ("tea",)}, "study.toml: [[agents]] 1")

    assert persona.facts == {"born": 1985, "likes": ["tea"]}


def test_spaces_around_and_within_a_name_do_not_make_another_one(write):
    assert read_persona(write("ann.toml", 'name = "  Ann\\n  Lee "')).name == "Ann Lee"


@pytest.mark.parametrize("unseen", ["001b", "202e", "200b", "0000"])
def test_what_cannot_be_seen_in_a_name_is_not_part_of_it(write, unseen):
    assert read_persona(write("ann.toml", f'name = "A\\u{unseen}nn"')).name == "Ann"


@pytest.mark.parametrize("name", ["A\x1b[31mnn", "A\u202enn", "A\nn"])
def test_a_persona_made_in_python_has_a_name_that_can_be_said(name):
    with pytest.raises(ValueError, match="a name has no control characters: "):
        Persona(name=name)


def test_somebody_can_be_given_another_name(write):
    assert read_persona(write("ann.toml", 'name = "Ann"\nage = 41'), name="Ann the Second").name == "Ann the Second"


def test_tinytroupes_wrapper_comes_off_and_what_stands_beside_the_person_is_extra(write):
    path = write(
        "oscar.agent.json",
        '{"type": "TinyPerson", "persona": {"name": "Oscar", "extra": {"panel": 3}}, "mental_faculties": []}',
    )

    persona = read_persona(path)

    assert persona.name == "Oscar"
    assert persona.facts == {}
    assert persona.extra == {"panel": 3, "mental_faculties": []}


@pytest.mark.parametrize("other", ['["TinyPerson"]', '{"x": 1}', "1", "null"])
def test_another_type_is_a_fact_like_any_other(write, other):
    path = write("oscar.agent.json", f'{{"name": "Oscar", "type": {other}, "persona": {{"mood": "bad"}}}}')

    assert read_persona(path).facts["persona"] == {"mood": "bad"}


def test_fragments_are_laid_over_in_their_order(write):
    ann = write("ann.toml", 'name = "Ann"\nage = 41\nskills = ["Chess"]\n[personality]\ntraits = ["calm"]\n')
    picky = write("picky.yaml", "age: 42\nskills: [Chess, Wine]\npersonality: {traits: [picky], mood: bad}\n")
    wrapped = write("old.json", '{"type": "Fragment", "persona": {"age": 43, "skills": "Bridge", "style": null}}')

    persona = read_persona(ann, [picky, wrapped])

    assert (persona.name, persona.age) == ("Ann", 43)
    assert persona.skills == ["Chess", "Wine", "Bridge"]
    assert persona.personality == {"traits": ["calm", "picky"], "mood": "bad"}


def test_all_people_of_tinytroupe_can_be_read_with_all_fragments(shared):
    fragments = sorted(shared.glob("tinytroupe/fragments/*.json"))
    files = sorted(shared.glob("tinytroupe/*.agent.json"))

    people = [read_persona(file, fragments) for file in files]

    assert len(fragments) == 9
    assert len({person.name for person in people}) == 7


FORMS = {
    "TOML": (
        "p.toml",
        'name = "Ann\n',
        "p.toml, line 1, column 12: not TOML: Illegal character '\\n'\nThe line",
    ),
    "JSON": ("p.json", '{"name": "Ann",\n "age": }', "p.json, line 2, column 9: not JSON: Expecting value"),
    "YAML": ("p.yaml", "name: Ann\nage: [3\nx: y", "p.yaml, line 3, column 2: not YAML: expected ',' or ']', but got"),
    "a date in YAML": ("p.yaml", "name: Ann\nborn: 2026-02-31", "p.yaml: not YAML: day is out of range for month"),
    "an object in YAML": ("p.yaml", "name: !!python/name:os.system", "p.yaml, line 1, column 7: not YAML: could not"),
    "a character in YAML": ("p.yaml", "name: A\0", "p.yaml: not YAML: unacceptable character #x0000: special"),
    "deep TOML": ("p.toml", f"x = {'[' * 5000}", "p.toml: not TOML: nested too deeply"),
    "deep JSON": ("p.json", "[" * 100_000, "p.json: not JSON: nested too deeply"),
    "deep YAML": ("p.yaml", "[" * 5000, "p.yaml: not YAML: nested too deeply"),
    "bytes": ("p.toml", b'name = "\xff"', "p.toml: not UTF-8 text (byte 8)"),
    "another format": (
        "p.txt",
        "Ann",
        'p.txt: a persona file ends in .toml, .json, .yaml or .agent.json, this one in ".txt"',
    ),
    "a list": ("p.json", "[1, 2]", "p.json: expected a table that describes a person, got [1, 2]"),
    "a text": ("p.json", '"Ann"', 'p.json: expected a table that describes a person, got "Ann"'),
    "nothing": ("p.yaml", "", "p.yaml: expected a table that describes a person, got nothing"),
}


@pytest.mark.parametrize(("file", "content", "words"), FORMS.values(), ids=FORMS)
def test_a_file_of_the_wrong_form_is_told_with_its_place(write, file, content, words):
    assert told(write(file, content)).startswith(words)


VALUES = {
    "no name": ('{"age": 3}', "name: expected the name of a person, got nothing"),
    "a blank name": ('{"name": "  "}', 'name: expected the name of a person, got "  "'),
    "a number for a name": ('{"name": 7}', "name: expected the name of a person, got 7"),
    "half a character": ('{"name": "A\\ud800"}', 'name: expected a text of whole characters, got "A\\ud800"'),
    "an age in words": (
        '{"name": "A", "age": "old"}',
        'age: expected a whole number of years from 0 to 150, got "old"',
    ),
    "an age below 0": ('{"name": "A", "age": -1}', "age: expected a whole number of years from 0 to 150, got -1"),
    "an age of nobody": ('{"name": "A", "age": 151}', "age: expected a whole number of years from 0 to 150, got 151"),
    "half years": ('{"name": "A", "age": 3.5}', "age: expected a whole number of years from 0 to 150, got 3.5"),
    "true for an age": ('{"name": "A", "age": true}', "age: expected a whole number of years from 0 to 150, got true"),
    "a list of genders": ('{"name": "A", "gender": ["x"]}', 'gender: expected a text, got ["x"]'),
    "a list for facts": ('{"name": "A", "facts": ["x"]}', 'facts: expected a table, got ["x"]'),
    "a text for extra": ('{"name": "A", "extra": "x"}', 'extra: expected a table, got "x"'),
    "no number": ('{"name": "A", "eyes": [1, {"left": NaN}]}', "eyes.2.left: expected a finite number, got NaN"),
    "no end": ('{"name": "A", "x": -Infinity}', "x: expected a finite number, got -Infinity"),
    "too long a number": (
        '{"name": "A", "x": -9223372036854775809}',
        "x: expected a whole number of at most 64 bits, got -9223372036854775809",
    ),
    "too deep": (
        f'{{"name": "A", "x": {"[" * 101}{"]" * 101}}}',
        "x: tables and lists are nested more than 100 deep",
    ),
}


@pytest.mark.parametrize(("text", "words"), VALUES.values(), ids=VALUES)
def test_a_value_that_nobody_has_is_told_with_its_key(write, text, words):
    assert told(write("p.json", text)) == f"p.json: {words}"


def test_bytes_are_no_trait(write):
    assert told(write("p.yaml", "name: Ann\nx: !!binary aGk=")) == (
        "p.yaml: x: expected a text, a number, a list or a table, got b'hi'"
    )


def test_a_few_lines_that_unfold_without_end_are_refused(write):
    lines = ["name: Ann", "a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]

    assert told(write("p.yaml", "\n".join(lines))) == "p.yaml: holds more than 1,000,000 values"


def test_a_missing_file_is_told_with_the_nearest_name(write):
    write("lisa.toml", 'name = "Lisa"')

    assert told(Path("lsa.toml")) == "lsa.toml: there is no such file\nDid you mean lisa.toml?"
    assert told(Path("folk/lisa.toml")) == "folk/lisa.toml: there is no such file\nThere is no folder folk either."


def test_a_fragment_that_is_wrong_is_named(write):
    ann, odd = write("ann.toml", 'name = "Ann"'), write("odd.toml", "weight = nan")

    assert told(ann, odd) == "odd.toml: weight: expected a finite number, got NaN"
    assert told(ann, Path("od.toml")) == "od.toml: there is no such file\nDid you mean odd.toml?"


texts = st.text(max_size=5)
values = st.recursive(
    texts | st.integers(-9, 9) | st.booleans(), lambda inner: st.lists(inner, max_size=3), max_leaves=5
)
tables = st.recursive(
    st.dictionaries(texts, values, max_size=4), lambda inner: st.dictionaries(texts, inner | values, max_size=4)
)


@given(below=tables, above=tables)
def test_merging_loses_no_key_and_changes_neither_side(below, above):
    before = json.dumps([below, above])

    result = merged(below, above)

    assert set(result) == set(below) | set(above)
    assert json.dumps([below, above]) == before


@given(tables)
def test_merging_with_nothing_or_with_itself_changes_nothing(table):
    assert merged(table, {}) == table
    assert merged({}, table) == table
    assert merged(table, table) == table


@given(first=st.lists(texts), second=st.lists(texts, unique=True))
def test_lists_grow_at_their_end_and_by_what_is_new(first, second):
    skills = merged({"skills": first}, {"skills": second})["skills"]

    assert skills == first + [each for each in second if each not in first]
