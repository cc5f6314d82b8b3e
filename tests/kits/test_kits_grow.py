"""A test that a kit gets later is a warning for one minor version of Troupe, and an error from the next one on."""

import pytest
from attrs import define

from troupe_core.testing import BrokenPromise, KitWarning, added_in, promise


@define
class Kit:
    """What a kit is to its tests: since when there is it, and what runs."""

    first_version: str
    core_version: str

    @added_in("0.3")
    def test_a_door_closes(self):
        promise(False, "A door closes.", seen="it stands open", change="push it.")

    @added_in("0.3")
    def test_a_door_opens(self):
        promise(True, "A door opens.", seen="it is stuck", change="pull it.")


@pytest.mark.parametrize("running", ["0.3.0", "0.3.7", "0.2.9"])
def test_a_new_test_warns_as_long_as_its_version_runs(running):
    kit = Kit(first_version="0.1", core_version=running)

    with pytest.warns(KitWarning) as warned:
        kit.test_a_door_closes()

    assert str(warned[0].message) == (
        "test_a_door_closes is new in Troupe 0.3, and will be an error from 0.4 on.\n"
        "Promised: A door closes.\nSeen: it stands open\nChange: push it."
    )


@pytest.mark.parametrize("running", ["0.4.0", "0.10.0", "1.0.0"])
def test_it_is_an_error_from_the_next_minor_version_on(running):
    kit = Kit(first_version="0.1", core_version=running)

    with pytest.raises(BrokenPromise, match="Promised: A door closes"):
        kit.test_a_door_closes()


def test_what_came_with_its_kit_is_an_error_at_once():
    kit = Kit(first_version="0.3", core_version="0.3.0")

    with pytest.raises(BrokenPromise, match="Promised: A door closes"):
        kit.test_a_door_closes()


def test_a_promise_that_is_kept_says_nothing():
    Kit(first_version="0.1", core_version="0.3.0").test_a_door_opens()


def test_a_test_keeps_its_name_and_its_sentence_where_it_is_marked():
    @added_in("0.2")
    def test_of_a_kit(self):
        """A sentence of a contract."""

    assert (test_of_a_kit.__name__, test_of_a_kit.__doc__) == ("test_of_a_kit", "A sentence of a contract.")
