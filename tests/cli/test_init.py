"""``troupe init``: a small study to start from."""

import json
import tomllib

import pytest
from installing import new_site
from jsonschema import Draft7Validator

from troupe_core.journal.run import Run

MODEL = """
from troupe_core.plugin import Component, hookimpl

@hookimpl
def troupe_llms():
    return [Component(name="{name}", summary="A model.", factory="m:F")]
"""


@pytest.fixture
def site(tmp_path, monkeypatch):
    """A folder of installed packages."""
    yield from new_site(tmp_path / "site", monkeypatch)


def test_what_it_writes_runs(troupe, study):
    study("")

    printed = troupe("init", "tea")

    assert (printed.status, printed.err) == (0, "")
    assert printed.out.splitlines() == [
        "wrote tea/study.toml",
        "wrote tea/personas/ada.toml",
        "wrote tea/personas/ben.toml",
        "wrote tea/.troupe/study.schema.json",
        "wrote tea/.troupe/persona.schema.json",
        "",
        "What to do next:",
        "  run it             troupe run tea/study.toml",
        "  make it yours      the people are in tea/personas, all else in tea/study.toml",
        "  see the settings   troupe plugins show mock",
    ]
    assert troupe("run", "tea/study.toml", "--out", "here", "--quiet").status == 0
    run = Run.open("here")
    assert list(run.personas) == ["Ada", "Ben"]
    assert (run.status, run.stats()["steps"]) == ("finished", 4)
    assert len(list(run.events(kind="failure"))) == 0
    assert (run.folder / "report" / "transcript.md").is_file()


@pytest.mark.parametrize(
    ("name", "schema"),
    [("study.toml", "study"), ("personas/ada.toml", "persona"), ("personas/ben.toml", "persona")],
)
def test_editors_find_the_schema_on_the_first_line(troupe, study, tmp_path, name, schema):
    study("")
    troupe("init", "tea")

    file = tmp_path / "tea" / name
    text = file.read_text(encoding="utf-8")

    first = text.splitlines()[0]
    assert first.startswith("#:schema ./.troupe/" if name == "study.toml" else "#:schema ../.troupe/")
    written = json.loads((file.parent / first.removeprefix("#:schema ")).read_text(encoding="utf-8"))
    assert written == json.loads(troupe("schema", schema).out)
    as_json = json.loads(json.dumps(tomllib.loads(text), default=str))
    assert list(Draft7Validator(written).iter_errors(as_json)) == []


def test_where_there_is_no_free_model_it_writes_for_openai(troupe, study, site, monkeypatch, tmp_path):
    study("")
    site.install("troupe-pretended", MODEL.format(name="openai"))
    monkeypatch.setenv("TROUPE_PLUGINS", "troupe-pretended")

    printed = troupe("init", "tea")

    assert (printed.status, printed.err) == (0, "")
    assert printed.out.splitlines()[-5:] == [
        "What to do next:",
        "  set your key       export OPENAI_API_KEY=…",
        "  run it             troupe run tea/study.toml",
        "  make it yours      the people are in tea/personas, all else in tea/study.toml",
        "  see the settings   troupe plugins show openai",
    ]
    table = tomllib.loads((tmp_path / "tea" / "study.toml").read_text(encoding="utf-8"))["llm"]
    assert table == {"use": "openai", "model": "gpt-5-mini", "budget": {"calls": 40}}


def test_a_free_model_comes_first(troupe, study, site, tmp_path):
    study("")
    site.install("troupe-pretended", MODEL.format(name="openai"))
    troupe("init", "tea")

    assert tomllib.loads((tmp_path / "tea" / "study.toml").read_text(encoding="utf-8"))["llm"] == {"use": "mock"}


def test_any_other_model_will_do(troupe, study, site, monkeypatch, tmp_path):
    study("")
    site.install("troupe-llama", MODEL.format(name="llama"))
    monkeypatch.setenv("TROUPE_PLUGINS", "troupe-llama")
    troupe("init", "tea")

    assert tomllib.loads((tmp_path / "tea" / "study.toml").read_text(encoding="utf-8"))["llm"] == {"use": "llama"}


def test_without_any_model_it_says_what_to_install(troupe, study, monkeypatch, tmp_path):
    study("")
    monkeypatch.setenv("TROUPE_PLUGINS", "")

    printed = troupe("init", "tea")

    assert printed.out.splitlines()[-4:] == [
        "What to do next:",
        "  install a model    troupe plugins install troupe-mock-llm (it costs nothing; or another model's plugin)",
        "  run it             troupe run tea/study.toml",
        "  make it yours      the people are in tea/personas, all else in tea/study.toml",
    ]
    assert tomllib.loads((tmp_path / "tea" / "study.toml").read_text(encoding="utf-8"))["llm"] == {"use": "mock"}


def test_what_the_schema_lacks_is_told(troupe, study, site):
    study("")
    site.install("troupe-bad", "1 / 0")

    printed = troupe("init", "tea")

    assert printed.status == 0
    assert printed.err.startswith("troupe: left out of the schema: troupe-bad 1.0 (")


def test_an_empty_folder_will_do(troupe, study, tmp_path):
    study("")
    (tmp_path / "tea").mkdir()

    assert troupe("init", "tea").status == 0


@pytest.mark.parametrize(
    ("folder", "words"),
    [
        ("full", "full: this is there already, and nothing is overwritten\nGive a new folder."),
        ("file", "file: this is there already, and nothing is overwritten\nGive a new folder."),
        ("file/tea", "file/tea: cannot be written: Not a directory\nGive another folder."),
    ],
)
def test_nothing_is_ever_overwritten(troupe, study, tmp_path, folder, words):
    study("", file="mine")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "study.toml").write_text("mine")

    printed = troupe("init", folder)

    assert (printed.status, printed.out) == (2, "")
    assert printed.err == f"troupe: {words}\n"
    assert (tmp_path / "full" / "study.toml").read_text() == "mine"
