"""What becomes of discovery where plugins are broken. All the ways to be broken are in the zoo: ``tests/zoo``."""

import sys

import pytest
from installing import TOOL, Site

from troupe_core.discovery.plugins import Plugins
from troupe_core.discovery.selection import Selection
from troupe_core.errors import PluginError


def test_an_entry_point_that_is_declared_twice_is_reported_and_the_first_counts(site: Site) -> None:
    site.install_dice(lines="[troupe]\ndice = troupe_dice\ndice = troupe_dice_part\n")

    first, second = (each for each in Plugins.discover().installed if each.distribution == "troupe-dice")

    assert (first.state, second.state) == ("active", "broken")
    assert second.problem == "the distribution declares the entry point 'dice' twice; this is the second"


def test_what_a_plugin_prints_while_it_is_imported_stays_off_stdout(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    site.install("troupe-loud", "print('hello')\n" + TOOL.format(name="coin", module="m", config=None))

    Plugins.discover(Selection(only=("loud",)))

    assert capsys.readouterr() == ("", "hello\n")


def test_ctrl_c_during_an_import_is_not_held_against_the_plugin(site: Site) -> None:
    site.install("troupe-slow", "raise KeyboardInterrupt")

    with pytest.raises(KeyboardInterrupt):
        Plugins.discover()


def test_a_name_that_a_broken_plugin_may_offer_names_the_culprit(site: Site) -> None:
    site.install("troupe-bad", "1 / 0")

    with pytest.raises(PluginError) as error:
        Plugins.discover(Selection(only=("bad",))).find("tool", "hammer", where="study.toml: [tools.hammer] use")

    assert str(error.value).startswith("study.toml: [tools.hammer] use: there is no tool 'hammer'; installed: none\n")
    assert f"troupe-bad 1.0 ({site.file('troupe-bad')}) is broken, it may offer more: cannot be loaded: Zero" in str(
        error.value
    )


def test_each_discovery_stands_for_itself(site: Site) -> None:
    site.install_dice()

    with_dice = Plugins.discover(Selection(only=("dice",)))
    without = Plugins.discover(Selection(only=()))

    assert (len(with_dice.components("tool")), len(without.components("tool"))) == (1, 0)
    assert "troupe_dice_part" not in sys.modules
