"""The fixture `troupe_run`: a study as a test writes it, run, and the run."""

from datetime import timedelta
from pathlib import Path

import pytest

from troupe_core import use
from troupe_core.errors import ConfigError

STUDY = """
[simulation]
steps = 2
[llm]
use = "mock"
mode = "fixed"
[[agents]]
persona = { name = "Ann" }
"""


def test_a_study_as_text(troupe_run, run_dir):
    run = troupe_run(STUDY)

    assert (run.status, run.stats()["steps"]) == ("finished", 2)
    assert run.folder == run_dir / "simulation-1"


def test_a_study_as_tables_of_python(troupe_run):
    run = troupe_run(
        {
            "simulation": {"name": "Tea", "steps": 1, "step": timedelta(hours=1)},
            "llm": use("mock", mode="fixed"),
            "agents": [{"persona": {"name": "Ann"}}],
        }
    )

    assert run.name == "Tea"
    assert run.config["simulation"]["step"] == "3600s"


@pytest.mark.parametrize("kind", [Path, str])
def test_a_study_in_a_file(troupe_run, tmp_path, kind):
    file = tmp_path / "elsewhere" / "mine.toml"
    file.parent.mkdir()
    file.write_text(STUDY.replace('{ name = "Ann" }', '"ann.toml"'), encoding="utf-8")
    (file.parent / "ann.toml").write_text('name = "Ann Lee"', encoding="utf-8")

    assert list(troupe_run(kind(file)).personas) == ["Ann Lee"]


def test_files_beside_a_study_and_settings_and_another_model(troupe_run, tmp_path):
    study = STUDY.replace('{ name = "Ann" }', '"people/ann.toml"').replace('"mock"', '"no-such-model"')

    run = troupe_run(
        study, settings=["simulation.steps=3"], llm="mock", files={"people/ann.toml": 'name = "Ann Lee"', "b": b"12"}
    )

    assert list(run.personas) == ["Ann Lee"]
    assert run.stats()["steps"] == 3
    assert (tmp_path / "b").read_bytes() == b"12"


def test_a_model_with_settings_takes_the_place_of_the_studys(troupe_run):
    run = troupe_run(STUDY, llm=use("mock", mode="improv", latency=0.001), settings=["llm.jitter=0.001"])

    assert run.config["llm"] == {"use": "mock", "mode": "improv", "latency": 0.001, "jitter": 0.001}


def test_several_runs_of_one_test_lie_in_folders_of_their_own(troupe_run, run_dir, tmp_path):
    first, second, third = troupe_run(STUDY), troupe_run(STUDY), troupe_run(STUDY, out=tmp_path / "here")

    assert first.digest() == second.digest() == third.digest()
    assert sorted(each.name for each in run_dir.iterdir()) == ["simulation-1", "simulation-2"]
    assert third.folder == tmp_path / "here"


def test_files_do_not_go_with_a_study_that_lies_elsewhere(troupe_run):
    with pytest.raises(ConfigError) as error:
        troupe_run(Path("a.toml"), files={"b": ""})

    told = "troupe_run: files go with a study that is given as text: a.toml has its own beside it"
    assert str(error.value) == told


def test_what_is_wrong_with_a_study_is_raised(troupe_run):
    with pytest.raises(ConfigError, match="moood"):
        troupe_run(STUDY + "moood = 1")
