"""The reference pages have everything: each section and key of a study, each kind of component, each printed field."""

import json
import re

from attrs import fields_dict
from repository.places import CORE, DOCS

from troupe_core.config.documented import documentation_of, settings_of
from troupe_core.config.settings import (
    AgentEntry,
    AgentSettings,
    Budget,
    ExecutionSettings,
    PartTable,
    Population,
    SimulationSettings,
    StimulusEntry,
    Study,
)
from troupe_core.discovery.parts import CONTRACT_OF_KIND
from troupe_core.hookspecs import KIND_OF_HOOK
from troupe_core.values.persona import Persona

PAGE = (DOCS / "reference" / "configuration.md").read_text(encoding="utf-8")
COMMANDS = (DOCS / "reference" / "command-line.md").read_text(encoding="utf-8")
SOURCE = (DOCS / "config_reference.py").read_text(encoding="utf-8")
SHAPES = (AgentEntry, AgentSettings, Budget, ExecutionSettings, PartTable, Population, SimulationSettings, Study)


def test_every_section_of_a_study_has_its_heading():
    headings = re.findall(r"^## (.*`\[.*)$", PAGE, flags=re.MULTILINE)
    named = set(re.findall(r"\[(\w+)[\].]", " ".join(headings)))

    assert named == set(fields_dict(Study))


def test_every_table_that_can_be_made_is_on_a_page():
    pages = "".join(file.read_text(encoding="utf-8") for file in (DOCS / "reference").glob("*.md"))

    told = set(re.findall(r"^```\{troupe-settings\} (\w+)$", pages, flags=re.MULTILINE))

    made = re.search(r"^SECTIONS.*?^}", SOURCE, flags=re.MULTILINE | re.DOTALL)
    assert made is not None
    assert told == set(re.findall(r'^    "(\w+)": \(', made[0], flags=re.MULTILINE))


def test_every_setting_says_what_it_is_for():
    missing = [
        f"{shape.__name__}.{setting.key}"
        for shape in (*SHAPES, StimulusEntry)
        for setting in settings_of(shape)
        if not documentation_of(shape).get(setting.key)
    ]

    assert missing == []


def test_every_field_of_a_persona_is_explained():
    page = (DOCS / "reference" / "personas.md").read_text(encoding="utf-8")

    assert [name for name in fields_dict(Persona) if f"`{name}`" not in page] == []


def test_every_kind_of_component_has_its_place_on_the_page_of_components():
    kinds = re.search(r"^KINDS = \((.*?)^\)", SOURCE, flags=re.MULTILINE | re.DOTALL)

    assert kinds is not None
    assert sorted(re.findall(r'"(\w+)"', kinds[1])) == sorted(KIND_OF_HOOK.values()) == sorted(CONTRACT_OF_KIND)


def test_every_field_that_a_run_prints_is_explained(troupe, study):
    study('[simulation]\nsteps = 1\n[llm]\nuse = "mock"\nmode = "fixed"\n[[agents]]\npersona = { name = "Ann" }\n')

    figures = json.loads(troupe("run", "study.toml", "--json").out)

    names = [name for name in figures if name != "llm"] + [f"llm.{name}" for name in figures["llm"]]
    assert [name for name in names if f"`{name}`" not in COMMANDS] == []


def test_every_field_of_a_listing_is_explained(troupe):
    rows = json.loads(troupe("plugins", "list", "--json").out)

    assert [name for name in rows[0] if f"`{name}`" not in COMMANDS] == []
    assert {row["kind"] for row in rows} <= set(re.findall(r"`(\w+)`", COMMANDS))


def test_every_exit_status_is_explained():
    statuses = re.findall(r"^EXIT_\w+ = (\d+)$", (CORE / "cli" / "main.py").read_text(encoding="utf-8"), re.MULTILINE)

    assert [status for status in statuses if f"| `{status}` |" not in COMMANDS] == []
