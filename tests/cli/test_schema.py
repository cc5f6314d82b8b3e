"""``troupe schema``: JSON Schemas for editors, printed or as a file."""

import json

import pytest
from installing import PART, new_site
from jsonschema import Draft7Validator


@pytest.fixture
def site(tmp_path, monkeypatch):
    """A folder of installed packages."""
    yield from new_site(tmp_path / "site", monkeypatch)


def test_without_a_name_it_is_that_of_studies(troupe):
    printed = troupe("schema")

    assert (printed.status, printed.err) == (0, "")
    assert printed == troupe("schema", "study")
    schema = json.loads(printed.out)
    Draft7Validator.check_schema(schema)
    assert schema["title"] == "Study"


def test_that_of_personas(troupe):
    schema = json.loads(troupe("schema", "persona").out)

    assert schema["title"] == "Persona"
    assert schema["properties"]["age"]["maximum"] == 150


@pytest.mark.parametrize("name", ["mock", "llm:mock", "troupe-mock-llm:mock"])
def test_that_of_a_component_s_table(troupe, name):
    schema = json.loads(troupe("schema", name).out)

    valid = Draft7Validator(schema).is_valid
    assert schema["title"] == "mock (llm)"
    assert valid({"use": "mock", "latency": 0.5, "budget": {"calls": 3}})
    assert not valid({"use": "mock", "latency": -1})
    assert not valid({"use": "mock", "speed": 1})
    assert not valid({"latency": 1})


def test_a_persona_source_needs_a_count(troupe, toys):
    schema = json.loads(troupe("schema", "numbered").out)

    assert schema["required"] == ["use", "count"]


@pytest.mark.parametrize(
    ("out", "written"),
    [("a.json", "a.json"), ("here", "here/study.schema.json"), ("new/", "new/study.schema.json"), ("b/c", "b/c")],
)
def test_it_can_be_written(troupe, study, tmp_path, out, written):
    study("")
    (tmp_path / "here").mkdir()

    printed = troupe("schema", "--out", out)

    assert printed.out == f"wrote {written}\n"
    assert json.loads((tmp_path / written).read_text(encoding="utf-8")) == json.loads(troupe("schema").out)


RULES = """
from attrs import frozen
from troupe_core.plugin import Component, Tool, hookimpl

@frozen
class Config:
    sides: int = 6

class Dice(Tool):
    pass

@hookimpl
def troupe_tools():
    return [Component(name="loaded-dice", summary="Throws.", factory="my_rules:Dice", config="my_rules:Config")]
"""


def test_that_of_a_study_with_a_file_of_its_own_knows_what_it_offers(troupe, study):
    tables = {"plugins": {"paths": ["my_rules.py"]}, "llm": {"use": "mock"}, "agents": [{"persona": {"name": "A"}}]}
    study('[plugins]\npaths = ["my_rules.py"]\n', my_rules__py=RULES)

    without = Draft7Validator(json.loads(troupe("schema").out))
    schema = Draft7Validator(json.loads(troupe("schema", "--study", "study.toml").out))
    of_it = json.loads(troupe("schema", "my_rules:loaded-dice", "--study", "study.toml").out)

    using = {**tables, "tools": {"dice": {"use": "loaded-dice", "sides": 4}}}
    assert without.is_valid(tables)
    assert not without.is_valid(using)
    assert schema.is_valid(using)
    assert not schema.is_valid({**using, "tools": {"dice": {"use": "loaded-dice", "sides": "many"}}})
    assert not schema.is_valid({**tables, "plugins": {"path": []}})
    assert set(of_it["properties"]) > {"use", "sides"}


def test_a_place_where_nothing_can_be_written_is_told(troupe, study):
    study("", file="mine")

    assert troupe("schema", "--out", "file/a.json").err == (
        "troupe: file/a.json: cannot be written: File exists\nGive another place.\n"
    )


def test_an_unknown_name_is_told_with_the_nearest(troupe):
    printed = troupe("schema", "recnt")

    assert (printed.status, printed.out) == (2, "")
    assert "there is no component or plugin 'recnt'" in printed.err
    assert "Did you mean 'recent'?" in printed.err


def test_a_name_of_several_components_is_asked_back(troupe, site):
    site.install_dice()
    site.install_dice("troupe-other-dice")

    assert troupe("schema", "dice").err == (
        "troupe: 'dice' may be 2 components\nSay which one: troupe-dice:dice, troupe-other-dice:dice\n"
    )
    assert troupe("schema", "troupe-dice:dice").status == 0


def test_a_broken_plugin_does_not_break_it(troupe, site):
    site.install("troupe-bad", "1 / 0")
    site.install_dice(part=PART)

    printed = troupe("schema")

    assert printed.status == 0
    assert printed.err.startswith("troupe: left out: troupe-bad 1.0 (")
    assert "is broken: cannot be loaded: ZeroDivisionError" in printed.err
    tools = json.loads(printed.out)["properties"]["tools"]
    assert Draft7Validator(tools).is_valid({"a": {"use": "dice", "sides": 3}})
    assert not Draft7Validator(tools).is_valid({"a": {"use": "dise"}})


def test_settings_that_cannot_be_read_are_told(troupe, site):
    site.install_dice(part="raise ImportError('no such library')")

    printed = troupe("schema", "dice")

    assert (printed.status, printed.out) == (2, "")
    assert "cannot be imported: ImportError: no such library" in printed.err
