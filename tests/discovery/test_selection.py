"""Which plugins are wanted, and which must be there."""

from typing import Any

import pytest
from installing import Site

from troupe_core.discovery.plugins import Plugins
from troupe_core.discovery.selection import Selection
from troupe_core.errors import ConfigError, PluginError


def read(table: Any, *, option: str | None = None, **environ: str) -> Selection:
    return Selection.read(table, where="study.toml", environ=environ, option=option)


def states(selection: Selection) -> dict[str, str]:
    return {plugin.distribution: plugin.state for plugin in Plugins.discover(selection).installed}


def test_without_a_table_everything_installed_is_wanted(site: Site) -> None:
    site.install_dice()

    assert states(read(None))["troupe-dice"] == "active"


@pytest.mark.parametrize("name", ["dice", "troupe-dice", "Troupe_Dice"])
def test_a_plugin_is_disabled_by_its_entry_point_or_its_distribution(site: Site, name: str) -> None:
    site.install_dice()

    plugins = Plugins.discover(read({"disable": [name]}))

    dice = next(plugin for plugin in plugins.installed if plugin.distribution == "troupe-dice")
    assert (dice.state, dice.problem) == ("disabled", "disabled by [plugins] disable")
    assert dice not in [found.plugin for found in plugins.components("tool")]


def test_a_disabled_plugin_is_not_imported(site: Site) -> None:
    site.install("troupe-loud", "raise SystemExit('imported')")

    assert states(Selection(disable=("loud",)))["troupe-loud"] == "disabled"


def test_an_allow_list_leaves_only_those_and_the_core(site: Site) -> None:
    site.install_dice()
    site.install_dice("troupe-coin", name="coin")

    found = states(read(None, option="dice, "))

    assert (found["troupe-dice"], found["troupe-coin"], found["troupe-core"]) == ("active", "disabled", "active")


def test_an_empty_allow_list_leaves_the_core_alone(site: Site) -> None:
    site.install_dice()

    found = states(read(None, TROUPE_PLUGINS=""))

    assert [name for name, state in found.items() if state == "active"] == ["troupe-core"]


def test_the_option_wins_over_the_environment(site: Site) -> None:
    selection = read(None, option="coin", TROUPE_PLUGINS="dice")

    assert (selection.only, selection.only_from) == (("coin",), "--plugins")
    assert read(None, TROUPE_PLUGINS="dice,coin").only == ("dice", "coin")


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("chroma", "study.toml: [plugins]: expected a table, got 'chroma'"),
        (
            {"disabled": []},
            (
                "study.toml: [plugins]: there is no key 'disabled'\n"
                "Did you mean 'disable'? The keys are disable, paths and require."
            ),
        ),
        ({"x": []}, "study.toml: [plugins]: there is no key 'x'\nThe keys are disable, paths and require."),
        (
            {"disable": "chroma"},
            (
                "study.toml: [plugins] disable: expected a list of texts, got 'chroma'\n"
                'Write it like this: disable = ["troupe-chroma"]'
            ),
        ),
        (
            {"require": [7]},
            (
                "study.toml: [plugins] require: expected a list of texts, got [7]\n"
                'Write it like this: require = ["troupe-chroma"]'
            ),
        ),
        (
            {"require": ["troupe-chroma=>1"]},
            (
                "study.toml: [plugins] require: expected a distribution and its versions, got 'troupe-chroma=>1'\n"
                'Write it as for pip: require = ["troupe-chroma>=0.3"]'
            ),
        ),
        (
            {"disable": ["core"]},
            (
                "study.toml: [plugins] disable: the core's own plugin cannot be disabled, got 'core'\n"
                "Leave it out of the list: what it offers is used only where a study names it."
            ),
        ),
    ],
)
def test_a_table_that_is_wrong_is_named_with_path_and_value(table: Any, words: str) -> None:
    with pytest.raises(ConfigError) as error:
        read(table)

    assert str(error.value) == words


def required(site: Site, *texts: str, **more: Any) -> str:
    with pytest.raises(PluginError) as error:
        Plugins.discover(read({"require": list(texts)} | more)).check_required()
    return str(error.value)


def test_requirements_that_are_met_pass(site: Site) -> None:
    site.install_dice(version="1.2")

    Plugins.discover(read({"require": ["troupe-dice>=1,<2", "troupe-core"]})).check_required()


def test_a_requirement_that_is_not_installed_says_what_to_install(site: Site) -> None:
    assert required(site, "troupe-dice>=1", "troupe-coin") == (
        "study.toml: [plugins] require: troupe-dice>=1 is not installed; troupe-coin is not installed\n"
        'Install what is missing: troupe plugins install --upgrade "troupe-dice>=1" "troupe-coin"'
    )


def test_troupe_does_not_offer_to_replace_itself(site: Site) -> None:
    assert required(site, "troupe-core>=99").endswith(
        '\nInstall what is missing: python -m pip install --upgrade "troupe-core>=99"'
    )


def test_a_requirement_of_another_version_names_the_installed_one(site: Site) -> None:
    site.install_dice(version="0.2")

    assert required(site, "troupe-dice>=1") == (
        "study.toml: [plugins] require: troupe-dice>=1 is required, installed is troupe-dice 0.2\n"
        'Install what is missing: troupe plugins install --upgrade "troupe-dice>=1"'
    )


def test_a_requirement_that_is_disabled_is_a_contradiction(site: Site) -> None:
    site.install_dice()

    assert required(site, "troupe-dice", disable=["dice"]).endswith(
        "is disabled: disabled by [plugins] disable\nTake it out of [plugins] disable, or out of [plugins] require."
    )


def test_a_requirement_that_is_broken_says_why(site: Site) -> None:
    site.install("troupe-bad", "import no_such_module_at_all")

    assert f"troupe-bad is required, but troupe-bad 1.0 ({site.file('troupe-bad')}) is broken" in required(
        site, "troupe-bad"
    )


def test_an_allowed_plugin_that_is_not_there_is_a_slip_of_the_pen(site: Site) -> None:
    site.install_dice()

    with pytest.raises(PluginError, match=r"--plugins: there is no plugin 'dise'; installed: .*troupe-dice") as error:
        Plugins.discover(read(None, option="dise")).check_required()

    assert error.value.remedy == "Did you mean 'dice'?"


def test_an_allowed_plugin_like_no_other_may_be_installed(site: Site) -> None:
    with pytest.raises(PluginError) as error:
        Plugins.discover(read(None, TROUPE_PLUGINS="qqqqq")).check_required()

    assert (error.value.where, error.value.remedy) == ("TROUPE_PLUGINS", "Install it: troupe plugins install qqqqq")
