"""The names that users of Python need."""

import pytest

import troupe_core


def test_a_study_is_run_with_one_import(study, tmp_path):
    file = study('[simulation]\nsteps = 1\n[llm]\nuse = "mock"\n[[agents]]\npersona = { name = "Ann" }\n')

    run = troupe_core.Simulation.from_file(file).run_sync(tmp_path / "run")

    assert isinstance(run, troupe_core.Run)
    assert troupe_core.Run.open(tmp_path / "run").digest() == run.digest()


def test_a_name_that_is_not_there_is_answered_with_those_that_are():
    with pytest.raises(AttributeError, match="troupe_core has no 'Simulatoin'; its names are Run, Simulation"):
        troupe_core.Simulatoin  # noqa: B018
