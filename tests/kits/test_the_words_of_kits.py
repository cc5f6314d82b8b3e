"""What an author reads where a promise is not kept: the sentence, what was seen, what to change."""

import pytest
from kits.culprits import run_kits


@pytest.fixture(scope="module")
def failed(tmp_path_factory):
    """The failures of some kits, by class and test."""
    only = "whole or fits_the_schema or found_under"
    return run_kits("words_of_kits.py", tmp_path_factory.mktemp("words"), "-k", only).failed


def words(failure):
    """The lines of the exception, without where it was raised."""
    lines = (line.removeprefix("E").strip() for line in failure.splitlines() if line.startswith("E "))
    return "\n".join(line.partition("BrokenPromise: ")[2] or line for line in lines)


def test_it_says_which_sentence_is_not_kept_and_what_was_seen(failed):
    (told,) = failed["TestForgetful"].values()

    assert words(told) == (
        "Promised: A memory is kept as it is: text, kind, step, time, source, importance and vector.\n"
        "Seen: of 9 memories 0 came back; changed: []\n"
        "Change: keep every field of `Memory`, floats as they are, times to the microsecond, None as None."
    )


def test_it_names_the_smallest_call_that_goes_wrong(failed):
    told = words(failed["TestWithAnError"]["test_whatever_fits_the_schema_is_answered"])

    assert "Seen: write(text='Good morning!', color='red') came to KeyError('Good morning!')" in told
    assert 'Change: raise Refusal("…") with a sentence for the agent where a rule is broken' in told


def test_it_says_how_a_component_is_found(failed):
    told = words(failed["TestUnknown"]["test_it_is_found_under_its_name"])

    assert "Seen: there is no tool 'emall'; installed: " in told
    assert "Change: return the Component from the hook of its kind" in told


def test_it_says_what_a_test_class_has_to_say(failed):
    told = next(iter(failed["TestNameless"].values()))

    assert "TestNameless does not say what it tries" in told
    assert 'set component = "NAME" of an installed component, or factory = a class that makes the part' in told
