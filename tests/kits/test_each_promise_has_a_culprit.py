"""For each test of a kit there is a part that breaks this promise and no other: the kit says this, and nothing else."""

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import pytest
from kits.culprits import Verdicts, run_kits

SITE = str(Path(__file__).parent / "site")
FILES = [
    "broken_analyzers",
    "broken_components",
    "broken_memories",
    "broken_senses",
    "broken_tools",
    "broken_worlds",
]
CULPRITS = {file: import_module(f"kits.{file}") for file in FILES}


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Verdicts]]:
    """What became of all kits in a file; each file is run once, with what lies in the site as if it were installed."""
    known: dict[str, Verdicts] = {}

    def of(file: str) -> Verdicts:
        if file not in known:
            known[file] = run_kits(f"{file}.py", tmp_path_factory.mktemp(file))
        return known[file]

    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(SITE)
        yield of


def own_tests(kit: type) -> dict[str, str]:
    """The tests of a kit, each with the class that has it."""
    return {name: getattr(kit, name).__qualname__ for name in dir(kit) if name.startswith("test_")}


@pytest.mark.parametrize(("file", "test"), [(file, test) for file in FILES for test in CULPRITS[file].BROKEN])
def test_who_breaks_a_promise_is_told_of_this_one_alone(verdicts, file, test):
    culprit = CULPRITS[file].BROKEN[test]

    failed = verdicts(file).failed[f"Test{culprit.__name__}"]

    assert set(failed) == {test}, "\n".join(failed.values())
    assert [part for part in ("Promised: ", "Seen: ", "Change: ") if part not in failed[test]] == [], failed[test]


@pytest.mark.parametrize("file", FILES)
def test_who_keeps_every_promise_is_told_of_none(verdicts, file):
    culprits = {f"Test{each.__name__}" for each in CULPRITS[file].BROKEN.values()}

    others = (set(verdicts(file).passed) | set(verdicts(file).failed)) - culprits

    assert others
    assert [verdicts(file).failed[name] for name in sorted(others)] == [{}] * len(others)


def test_each_test_of_each_kit_has_its_culprit():
    tried = {own_tests(each.KIT)[test] for each in CULPRITS.values() for test in each.BROKEN}

    everything = {test for each in CULPRITS.values() for test in own_tests(each.KIT).values()}

    assert everything - tried == set()
