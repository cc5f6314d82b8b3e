"""For each test of a kit there is a part that breaks this promise and no other: the kit says this, and nothing else."""

from importlib import import_module

import pytest
from kits.culprits import run_kits

FILES = ["broken_memories"]


@pytest.fixture(scope="session")
def verdicts(tmp_path_factory):
    """What became of all kits in a file; run once."""
    known = {}

    def of(file):
        if file not in known:
            known[file] = run_kits(f"{file}.py", tmp_path_factory.mktemp(file))
        return known[file]

    return of


CULPRITS = [(file, test) for file in FILES for test in import_module(f"kits.{file}").BROKEN]


@pytest.mark.parametrize(("file", "test"), CULPRITS)
def test_who_breaks_a_promise_is_told_of_this_one_alone(verdicts, file, test):
    culprit = import_module(f"kits.{file}").BROKEN[test]

    failed = verdicts(file).failed[f"Test{culprit.__name__}"]

    assert set(failed) == {test}, "\n".join(failed.values())
    assert "Promised: " in failed[test]
    assert "Seen: " in failed[test]
    assert "Change: " in failed[test]
