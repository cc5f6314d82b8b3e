"""For each test of the kits for models, embedders, minds, executors and populations, whoever breaks it alone."""

from importlib import import_module

import pytest
from kits.culprits import run_kits

FILES = ["broken_llms", "broken_embedders", "broken_faculties", "broken_executors", "broken_persona_sources"]
AGAIN = [
    ("broken_llms", "RaisesNothingInParticular", "test_what_goes_wrong_is_one_of_the_six_errors"),
    ("broken_embedders", "UsesDoubles", "test_each_text_has_one_unit_vector_of_float32"),
    ("broken_embedders", "GivesNothingForSpaces", "test_long_empty_and_strange_texts_have_vectors"),
    ("broken_executors", "HidesAFault", "test_what_asking_again_cannot_cure_is_raised"),
]
"""The same promise, broken in another way."""
BROKEN = {file: import_module(f"kits.{file}").BROKEN for file in FILES}
CULPRITS = [(file, each.__name__, test) for file in FILES for test, each in BROKEN[file].items()] + AGAIN


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory):
    """What became of all kits in a file; run once."""
    known = {}

    def of(file):
        if file not in known:
            known[file] = run_kits(f"{file}.py", tmp_path_factory.mktemp(file))
        return known[file]

    return of


@pytest.mark.parametrize(("file", "culprit", "test"), CULPRITS)
def test_who_breaks_a_promise_is_told_of_this_one_alone(verdicts, file, culprit, test):
    failed = verdicts(file).failed[f"Test{culprit}"]

    assert set(failed) == {test}, "\n".join(failed.values())
    for word in ("Promised: ", "Seen: ", "Change: "):
        assert word in failed[test]


@pytest.mark.parametrize("file", FILES)
def test_who_keeps_all_promises_passes(verdicts, file):
    good = f"Test{import_module(f'kits.{file}').GOOD.__name__}"

    assert verdicts(file).failed[good] == {}
    assert len(verdicts(file).passed[good]) > 10


@pytest.mark.parametrize("file", FILES)
def test_each_sentence_of_the_contract_has_a_culprit(file):
    module = import_module(f"kits.{file}")
    kit = module.KIT if module.KIT.__module__.startswith("troupe_core") else module.KIT.__mro__[1]

    assert {name for name in vars(kit) if name.startswith("test_")} == set(module.BROKEN)
