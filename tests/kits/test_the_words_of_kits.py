"""What an author reads where a promise is not kept: the sentence, what was seen, what to change."""

import pytest
from hypothesis import settings
from kits.culprits import run_kits


@pytest.fixture(scope="module", params=["default", "ci"])
def failed(request, tmp_path_factory):
    """The failures of some kits, by class and test: the same words at a desk and in continuous integration."""
    tried = ("whole", "fits_the_schema", "found_under", "restored", "says_what_it_does", "cannot_be_perceived")
    only = " or ".join((*tried, "how_many_follow"))
    before = settings.get_current_profile_name()
    settings.load_profile(request.param)
    try:
        return run_kits("words_of_kits.py", tmp_path_factory.mktemp("words"), "-k", only).failed
    finally:
        settings.load_profile(before)


def test_it_says_which_sentence_is_not_kept_and_what_was_seen(failed):
    (told,) = failed["TestForgetful"].values()

    assert told == (
        "Promised: A memory is kept as it is: text, kind, step, time, source, importance and vector.\n"
        "Seen: of 9 memories 0 came back; changed: []\n"
        "Change: keep every field of `Memory`, floats as they are, times to the microsecond, None as None."
    )


def test_it_names_the_smallest_call_that_goes_wrong(failed):
    told = failed["TestWithAnError"]["test_whatever_fits_the_schema_is_answered"]

    assert "Seen: write(text='Good morning!', color='red') came to KeyError('Good morning!')" in told
    assert 'Change: raise Refusal("…") with a sentence for the agent where a rule is broken' in told


@pytest.mark.parametrize(
    ("kit", "fault"),
    [
        ("TestWordless", "Wordless.write: an action needs a docstring, it is what the agent is told"),
        ("TestTypeless", "Typeless.write, parameter text: an action's parameter needs a name and a type"),
    ],
)
def test_one_test_says_why_no_action_can_be_told(failed, kit, fault):
    (told,) = failed[kit].values()

    assert f"\nSeen: {fault}\nChange: write a docstring under the @action method, and a type behind each" in told


def test_it_says_how_a_component_is_found(failed):
    told = failed["TestUnknown"]["test_it_is_found_under_its_name"]

    assert "Seen: there is no tool 'emall'; installed: " in told
    assert "Change: return the Component from the hook of its kind" in told


def test_it_says_what_a_test_class_has_to_say(failed):
    told = next(iter(failed["TestNameless"].values()))

    assert "TestNameless does not say what it tries" in told
    assert 'set component = "NAME" of an installed component, or factory = a class that makes the part' in told


def test_it_says_that_nothing_was_kept_and_what_led_there(failed):
    told = failed["TestUnkept"]["test_a_restored_part_goes_on_as_the_first_would_have"]

    assert (
        "Seen: `snapshot` returned None, for all agents and for None; the first part and the one that was restored go "
        "on differently: ['what is perceived'] ['Ann'] [0] 'Rests: 1.' and 'Rests: 0.'\n"
        "Change: let `snapshot` return all that later calls depend on" in told
    )
    assert told.endswith("Example:\n  Ann: rest()")


def test_it_says_that_half_a_sample_was_taken_for_all(failed):
    told = failed["TestEasilyPleased"]["test_what_cannot_be_perceived_is_said_so"]

    assert "Seen: the first 4 of the 9 bytes of a sample of text/plain came to the percept 'Good'\n" in told
    assert "look whether all is there that the file announces" in told


def test_what_the_part_raised_is_shown_from_where_its_own_code_begins(failed):
    told = failed["TestForgetsHowToRestore"]["test_a_restored_part_goes_on_as_the_first_would_have"]

    assert told.startswith("Raised, most recent call last:\n")
    assert 'self.rests = state["rest"]' in told
    assert "KeyError: 'rest'\n\nPromised: `restore` puts back what `snapshot` returned" in told
    assert "troupe_core" not in told


def test_it_names_what_differs_in_a_persona_and_not_only_whose_it_is(failed):
    told = failed["TestKnowsHowManyCome"]["test_the_first_do_not_depend_on_how_many_follow"]

    assert "\nSeen: 1 asked for alone and the first of 2: Number 0 ['age'] 21 and 22\n" in told
    assert "test case" not in told
