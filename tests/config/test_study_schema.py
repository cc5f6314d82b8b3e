"""Study and persona files as JSON Schema: what can be run fits, and mistakes do not."""

import json
import re
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from installing import new_site
from jsonschema import Draft7Validator

from troupe_core.config.component_schema import ComponentSchemas
from troupe_core.config.persona_file import read_persona
from troupe_core.config.persona_schema import persona_schema
from troupe_core.config.study_file import StudyFile
from troupe_core.config.study_schema import study_schema
from troupe_core.discovery.plugins import Plugins
from troupe_core.errors import TroupeError
from troupe_core.simulation.casting import make_parts, read_personas
from troupe_core.simulation.parts import Parts

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "docs" / "examples").rglob("*.toml"))
STUDIES = [file for file in EXAMPLES if file.name == "study.toml"]
PERSONAS = [file for file in EXAMPLES if file.parent.name == "personas"]

EVERYTHING = """
[plugins]
disable = []
require = ["troupe-core"]
paths = []
[simulation]
name = "Tea"
steps = 3
seed = -7
start = 2026-03-02T09:00:00
step = "1h 30min"
turn_order = "sequential"
[execution]
concurrency = 4
lookahead = 0
executor = "local"
checkpoint = 5
[llm]
use = "troupe-mock-llm:mock"
mode = "fixed"
latency = 0
budget = { dollars = 2, calls = 100, tokens = 10_000 }
[llms.cheap]
use = "mock"
[memory]
use = "recent"
max_items = 20
[environment]
use = "room"
place = "a kitchen"
[tools.bell]
use = "bell"
grants = ["bell.ring"]
[faculties.mood]
use = "mood"
[modalities.eye]
use = "eye"
[embedder]
use = "letters"
[agent_defaults]
tools = ["bell", "almanac"]
faculties = ["mood"]
perception = ["eye"]
attention = 5
recall = 0
request_bytes = 4000
[[agents]]
persona = { name = "Ann", age = 41, likes = ["tea"], extra = { weight = 0.5 }, personality = { traits = ["calm"] } }
llm = "cheap"
[[agents]]
persona = { age = 37, name = " Bob " }
name = "Rob"
[[agents]]
population = { use = "numbered", count = 2 }
[[stimuli]]
at = 1
to = ["Ann"]
kind = "noise"
text = "Bang!"
[[analyzers]]
use = "transcript"
thoughts = true
[[analyzers]]
use = "headcount"
"""

MISTAKES = {
    "no model": lambda study: study.pop("llm"),
    "nobody": lambda study: study.update(agents=[]),
    "unknown section": lambda study: study.update(simulatoin={}),
    "unknown key": lambda study: study["simulation"].update(stpes=3),
    "key above all sections": lambda study: study.update(steps=3),
    "wrong type": lambda study: study["simulation"].update(steps="lots"),
    "out of range": lambda study: study["execution"].update(concurrency=0),
    "no duration": lambda study: study["simulation"].update(step="soon"),
    "no time passes": lambda study: study["simulation"].update(step=0),
    "no such choice": lambda study: study["simulation"].update(turn_order="random"),
    "empty name": lambda study: study["simulation"].update(name=""),
    "unknown llm": lambda study: study["llm"].update(use="moc"),
    "unknown executor": lambda study: study["execution"].update(executor="lokal"),
    "of another kind": lambda study: study["memory"].update(use="room"),
    "no use": lambda study: study["environment"].pop("use"),
    "key of another component": lambda study: study["environment"].update(max_items=3),
    "option out of range": lambda study: study["memory"].update(max_items=0),
    "option of the wrong type": lambda study: study["llms"]["cheap"].update(latency="fast"),
    "option that is no choice": lambda study: study["llm"].update(mode="improved"),
    "key where nothing can be set": lambda study: study["tools"]["bell"].update(loud=True),
    "key kept for later": lambda study: study["llm"].update(cache=True),
    "unknown budget": lambda study: study["llm"]["budget"].update(dollar=2),
    "grants that are no list": lambda study: study["tools"]["bell"].update(grants="bell.ring"),
    "component that is no table": lambda study: study.update(environment="room"),
    "analyzer without a name": lambda study: study["analyzers"].append({}),
    "neither persona nor population": lambda study: study["agents"].append({"name": "Zoe"}),
    "persona and population": lambda study: study["agents"][2].update(persona="ann.toml"),
    "population without count": lambda study: study["agents"][2]["population"].pop("count"),
    "population of none": lambda study: study["agents"][2]["population"].update(count=0),
    "age below nothing": lambda study: study["agents"][0]["persona"].update(age=-1),
    "age beyond belief": lambda study: study["agents"][0]["persona"].update(age=151),
    "attention of none": lambda study: study["agent_defaults"].update(attention=0),
    "stimulus without a step": lambda study: study["stimuli"][0].pop("at"),
    "stimulus of a strange kind": lambda study: study["stimuli"][0].update(kind="Bang!"),
    "unknown key of plugins": lambda study: study["plugins"].update(enable=[]),
}


@pytest.fixture(autouse=True)
def _installed(toys):
    """The plugin of toys, beside what is installed."""


@pytest.fixture
def site(tmp_path, monkeypatch):
    """A folder of installed packages."""
    yield from new_site(tmp_path / "site", monkeypatch)


def as_json(tables: Any) -> Any:
    """As an editor hands it to a validator: dates are text."""
    return json.loads(json.dumps(tables, default=lambda each: each.isoformat()))


def problems(schema: Any, tables: Any) -> list[str]:
    Draft7Validator.check_schema(schema)
    return [error.message for error in Draft7Validator(schema).iter_errors(as_json(tables))]


def of_studies() -> Any:
    return study_schema(ComponentSchemas.read(Plugins.discover()))


def load(tables: Any, folder: Path, plugins: Plugins) -> None:
    """All that ``troupe run`` checks before anybody lives."""
    file = StudyFile(name="study.toml", folder=folder, tables=tables)
    study = file.study()
    read_personas(study, file.name)
    make_parts(study, Parts(plugins=plugins, file=file.name, folder=folder), file.name)


def loads(tables: Any, folder: Path, plugins: Plugins) -> bool:
    try:
        load(tables, folder, plugins)
    except TroupeError:
        return False
    return True


@pytest.mark.parametrize("file", STUDIES, ids=lambda file: file.parent.name)
def test_every_example_fits(file):
    installed = {plugin.distribution for plugin in Plugins.discover().installed}
    if file.parent.name == "newsroom" and "troupe-chroma" not in installed:
        pytest.skip("the plugins that it uses are not installed")
    assert problems(of_studies(), tomllib.loads(file.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("file", PERSONAS, ids=lambda file: file.stem)
def test_every_person_of_the_examples_fits(file):
    assert problems(persona_schema(), tomllib.loads(file.read_text(encoding="utf-8"))) == []


def studies_in(text: str) -> Iterator[Any]:
    """The studies that stand in a test module, or on a page of the manual."""
    blocks = re.findall(r'"""(.*?)"""|^```toml\n(.*?)^```', text, flags=re.MULTILINE | re.DOTALL)
    for block in map("".join, blocks):
        with suppress(tomllib.TOMLDecodeError):
            tables = tomllib.loads(block)
            if {"llm", "agents"} <= set(tables):
                yield tables


def test_every_study_of_the_tests_and_of_the_manual_that_can_be_run_fits(tmp_path):
    schema, plugins = of_studies(), Plugins.discover()
    files = [*(ROOT / "tests").rglob("*.py"), *(ROOT / "docs").rglob("*.md"), ROOT / "README.md"]

    fitting = 0
    for file in files:
        for tables in studies_in(file.read_text(encoding="utf-8")):
            if loads(tables, tmp_path, plugins):
                assert problems(schema, tables) == [], file
                fitting += 1

    assert fitting > 10


def test_a_study_with_everything_fits(tmp_path):
    tables = tomllib.loads(EVERYTHING)

    load(tables, tmp_path, Plugins.discover())

    assert problems(of_studies(), tables) == []


@pytest.mark.parametrize("change", MISTAKES.values(), ids=MISTAKES)
def test_what_the_loader_refuses_does_not_fit(tmp_path, change):
    tables = tomllib.loads(EVERYTHING)
    change(tables)

    assert problems(of_studies(), tables) != []
    if "enable" not in tables["plugins"]:  # that table is read by itself
        with pytest.raises(TroupeError):
            load(tables, tmp_path, Plugins.discover())


def test_a_mistake_is_told_where_it_stands_and_not_of_the_whole_table():
    tables = tomllib.loads(EVERYTHING)
    tables["llm"]["mode"] = "improved"
    tables["environment"]["plaze"] = "here"

    told = problems(of_studies(), tables)

    assert told == [
        "'improved' is not one of ['improv', 'scripted', 'record', 'replay', 'fixed']",
        "Additional properties are not allowed ('plaze' was unexpected)",
    ]


PLACES = st.sampled_from(
    [
        ("simulation", "steps"),
        ("simulation", "step"),
        ("simulation", "name"),
        ("execution", "lookahead"),
        ("llm", "latency"),
        ("llm", "wraps"),
        ("llm", "budget"),
        ("memory", "use"),
        ("memory", "max_items"),
        ("environment", "topic"),
        ("tools", "bell"),
        ("agent_defaults", "tools"),
        ("agent_defaults", "recall"),
    ]
)
VALUES = st.recursive(
    st.booleans()
    | st.integers(-5, 5)
    | st.floats(-3, 3).filter(lambda each: each % 1 != 0)
    | st.sampled_from(["", "10min", "recent", "bell", "mock", "troupe-core:recent"]),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["use", "dollars", "calls", "grants", "x"]), inner, max_size=2)
    ),
    max_leaves=4,
)


def test_whatever_the_loader_takes_fits(tmp_path):
    schema, plugins = of_studies(), Plugins.discover()

    @given(place=PLACES, value=VALUES)
    def check(place: tuple[str, str], value: Any) -> None:
        tables = tomllib.loads(EVERYTHING)
        tables[place[0]][place[1]] = value
        if loads(tables, tmp_path, plugins):
            assert problems(schema, tables) == []

    check()


def test_each_component_has_its_own_keys_summary_and_defaults():
    llm = of_studies()["properties"]["llm"]

    use = llm["dependencies"]["use"]["allOf"][0]["properties"]["use"]
    assert {"mock", "troupe-mock-llm:mock"} < set(use["enum"])
    assert "- `mock`: Costs nothing: improvises" in use["description"]
    mock = next(each for each in llm["anyOf"] if each.get("title") == "mock")
    assert mock["description"].startswith("Costs nothing: improvises")
    assert mock["properties"]["latency"] == {
        "description": "Seconds until an answer comes. Expected: a number ≥ 0.",
        "type": "number",
        "minimum": 0,
        "default": 0.0,
    }


def test_a_name_that_two_components_share_is_given_with_its_distribution(site):
    site.install_dice()
    site.install_dice("troupe-other-dice")

    schema = of_studies()
    tools = {"a": {"use": "troupe-dice:dice", "sides": 3}, "b": {"use": "troupe-other-dice:dice"}}

    assert problems(schema, {**tomllib.loads(EVERYTHING), "tools": tools}) == []
    assert problems(schema, {**tomllib.loads(EVERYTHING), "tools": {"a": {"use": "dice"}}}) != []
    assert (
        problems(schema, {**tomllib.loads(EVERYTHING), "tools": {"a": {"use": "troupe-dice:dice", "sides": 1}}}) != []
    )


def test_a_broken_plugin_is_left_out_and_named(site):
    site.install("troupe-bad", "1 / 0")

    components = ComponentSchemas.read(Plugins.discover())

    assert len(components.left_out) == 1
    assert components.left_out[0].startswith("troupe-bad 1.0 (")
    assert "is broken: cannot be loaded: ZeroDivisionError" in components.left_out[0]
    assert study_schema(components)["$comment"] == f"Left out: {components.left_out[0]}"


def test_a_plugin_for_another_troupe_is_left_out_and_named(site):
    site.install_dice(requires="troupe-core>=99")

    components = ComponentSchemas.read(Plugins.discover())

    assert "dice" not in components.names("tool")
    assert components.left_out[0].startswith(
        "troupe-dice:dice cannot be used: troupe-dice 1.0 is made for troupe-core >=99"
    )


def test_of_a_component_with_unreadable_settings_any_key_is_allowed(site):
    site.install_dice(part="raise ImportError('no such library')")

    components = ComponentSchemas.read(Plugins.discover())

    tools = {"dice": {"use": "dice", "sides": 3}}
    assert problems(study_schema(components), {**tomllib.loads(EVERYTHING), "tools": tools}) == []
    assert "no such library" in components.left_out[0]


@pytest.mark.parametrize(
    ("field", "why"),
    [
        ("parts: list['Config'] = []", "RecursionError"),
        ("parts: list[int] = field(factory=lambda: 1 / 0)", "ZeroDivision"),
    ],
)
def test_of_a_component_with_settings_that_nobody_can_describe_any_key_is_allowed(site, field, why):
    part = f"from attrs import field, frozen\n@frozen\nclass Config:\n    {field}\nclass Dice: ..."
    site.install_dice(part=part)

    components = ComponentSchemas.read(Plugins.discover())

    assert problems(study_schema(components)["properties"]["tools"], {"dice": {"use": "dice", "sides": 3}}) == []
    assert "the settings of troupe-dice:dice cannot be described: " in components.left_out[0]
    assert why in components.left_out[0]


PEOPLE = [
    ({"name": "Ann"}, True),
    ({"name": " Ann ", "age": None, "skills": ["sings"], "likes": {"a": 1}}, True),
    ({"type": "TinyPerson", "persona": {"name": "Ann", "age": 3}}, True),
    ({"type": "baker", "name": "Ann"}, True),
    ({}, False),
    ({"name": " "}, False),
    ({"name": 5}, False),
    ({"name": "Ann", "age": 151}, False),
    ({"name": "Ann", "age": "old"}, False),
    ({"name": "Ann", "gender": 1}, False),
    ({"name": "Ann", "extra": 1}, False),
    ({"name": "Ann", "facts": []}, False),
    ({"type": "TinyPerson", "persona": {}}, False),
]


@pytest.mark.parametrize(("table", "fits"), PEOPLE)
def test_a_persona_fits_where_the_loader_takes_it(tmp_path, table, fits):
    file = tmp_path / "ann.json"
    file.write_text(json.dumps(table))

    try:
        read_persona(file)
        taken = True
    except TroupeError:
        taken = False

    assert (taken, problems(persona_schema(), table) == []) == (fits, fits)
