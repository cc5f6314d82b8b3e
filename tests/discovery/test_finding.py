"""From a name in a study to the component that is meant."""

import sys

import pytest
from installing import PART, TOOL, Site

from troupe_core.discovery.entry_points import installed_entry_points
from troupe_core.discovery.naming import find_component
from troupe_core.discovery.plugins import Plugins
from troupe_core.discovery.selection import Selection
from troupe_core.errors import ConfigError, PluginError


def unknown(kind: str, name: str, *only: str) -> str:
    with pytest.raises(PluginError) as error:
        Plugins.discover(Selection(only=only)).find(kind, name)
    return str(error.value).partition("\ntroupe-")[0]


def test_a_component_is_found_by_its_name_or_its_full_name(site: Site) -> None:
    site.install_dice()
    plugins = Plugins.discover()

    found = plugins.find("tool", "dice")

    assert (found.kind, found.component.summary, found.full_name) == ("tool", "Throws dice.", "troupe-dice:dice")
    assert plugins.find("tool", "troupe-dice:dice") == plugins.find("tool", "Troupe_Dice:dice") == found


def test_the_core_offers_what_a_bare_installation_needs() -> None:
    found = Plugins.discover(Selection(only=())).components()

    named = {(each.kind, each.component.name) for each in found}
    assert named >= {("analyzer", "transcript"), ("environment", "room"), ("memory_backend", "recent")}
    assert [(each.kind, each.component.name) for each in found] == sorted(named)


def test_two_plugins_may_share_a_name_until_a_study_uses_it(site: Site) -> None:
    site.install_dice()
    site.install_dice("troupe-casino")
    plugins = Plugins.discover(Selection(only=("dice", "casino")))

    with pytest.raises(PluginError) as error:
        plugins.find("tool", "dice", where="study.toml: [tools.dice] use")

    assert str(error.value) == (
        f"study.toml: [tools.dice] use: 'dice' is ambiguous: troupe-casino 1.0 ({site.file('troupe-casino')}) and "
        f"troupe-dice 1.0 ({site.file('troupe-dice')}) both offer a tool of that name\n"
        'Say which one: use = "troupe-casino:dice" or use = "troupe-dice:dice"'
    )
    assert plugins.find("tool", "troupe-casino:dice").plugin.distribution == "troupe-casino"


def test_two_distributions_may_share_the_name_of_their_entry_point(site: Site) -> None:
    site.install_dice(entry="games")
    site.install_dice("troupe-casino", name="roulette", entry="games")

    plugins = Plugins.discover(Selection(only=("games",)))

    assert [found.component.name for found in plugins.components("tool")] == ["dice", "roulette"]


def test_an_unknown_name_gets_the_nearest_spelling(site: Site) -> None:
    site.install_dice()

    assert unknown("tool", "dise", "dice") == "there is no tool 'dise'; installed: dice\nDid you mean 'dice'?"


@pytest.mark.usefixtures("few_plugins")
def test_an_unknown_name_that_the_catalogue_knows_gets_the_package() -> None:
    assert unknown("memory_backend", "chroma") == (
        "there is no memory backend 'chroma'; installed: recent\n"
        "Install the plugin that offers it: troupe plugins install troupe-chroma"
    )
    assert unknown("memory_backend", "chrome") == (
        "there is no memory backend 'chrome'; installed: recent\n"
        "'chroma' is offered by troupe-chroma: troupe plugins install troupe-chroma"
    )


def test_a_name_of_another_kind_is_recognised() -> None:
    assert unknown("tool", "recent") == (
        "there is no tool 'recent'; installed: none\n'recent' is the name of another kind of component: memory backend."
    )


def test_a_distribution_that_does_not_offer_the_name_is_told_from_one_that_does(site: Site) -> None:
    site.install_dice()

    assert unknown("tool", "troupe-casino:dice", "dice") == (
        "there is no tool 'troupe-casino:dice'; installed: dice\n"
        "Did you mean 'dice'?\n"
        'It is offered by troupe-dice 1.0: use = "troupe-dice:dice"\n'
        "Install the plugin: troupe plugins install troupe-casino"
    )


def test_a_name_like_no_other_points_to_the_list() -> None:
    with pytest.raises(PluginError) as error:
        find_component("tool", "qqqq", components=(), plugins=())

    assert error.value.remedy == "See what is installed: troupe plugins list"


def test_a_disabled_plugin_is_named_where_its_component_is_missed(site: Site) -> None:
    site.install_dice()

    with pytest.raises(PluginError, match=r"is disabled, it may offer more: disabled by \[plugins\] disable"):
        Plugins.discover(Selection(disable=("dice",))).find("tool", "dice")


def test_the_first_copy_on_the_path_counts(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.install_dice()
    second = Site(site.folder.parent / "second")
    second.folder.mkdir()
    second.install_dice(version="9.9")
    monkeypatch.setattr(sys, "path", [*sys.path, str(second.folder), str(second.folder / "no such folder")])

    found = [plugin.version for plugin in Plugins.discover().installed if plugin.distribution == "troupe-dice"]

    assert found == ["1.0"]


def test_an_old_editable_install_is_found_too(site: Site) -> None:
    (site.folder / "troupe_old.egg-info").mkdir()
    for name, text in {
        "entry_points.txt": "[troupe]\n# a comment\nold = troupe_old [extra]\n",
        "PKG-INFO": "Name: troupe-old\nVersion: 0.5\n",
        "requires.txt": "troupe-core>=99\n\n[extra]\nother\n",
    }.items():
        (site.folder / "troupe_old.egg-info" / name).write_text(text, encoding="utf-8")
    (site.folder / "troupe_old.py").write_text(TOOL.format(name="old", module="m", config=None), encoding="utf-8")

    old = next(each for each in Plugins.discover().in_range() if each.distribution == "troupe-old")

    assert (old.version, old.state) == ("0.5", "incompatible")


def test_a_core_that_is_not_installed_still_has_its_plugin(site: Site) -> None:
    site.install_dice()

    core, dice = installed_entry_points([str(site.folder)])

    assert (core.distribution, core.target, core.metadata) == ("troupe-core", "troupe_core.builtin.plugin", None)
    assert dice.distribution == "troupe-dice"


def test_a_core_that_is_broken_is_to_be_reinstalled() -> None:
    core = Plugins.discover(Selection(only=())).installed[0]

    assert core.remedy == "Reinstall it: python -m pip install --force-reinstall troupe-core"


def test_a_part_is_made_from_its_settings(site: Site) -> None:
    site.install_dice()
    plugins = Plugins.discover()
    found = plugins.find("tool", "dice")

    config = plugins.config_class(found)
    part = plugins.make(found, config(sides=20) if config else None)

    assert part.config.sides == 20  # type: ignore[attr-defined]


def test_a_component_without_settings_is_made_from_nothing(site: Site) -> None:
    site.install("troupe-dice", TOOL.format(name="dice", module="troupe_dice", config=None), part=PART)
    plugins = Plugins.discover()
    found = plugins.find("tool", "dice")

    assert plugins.config_class(found) is None
    assert plugins.make(found, None).config is None  # type: ignore[attr-defined]


ENDING = "Update it (troupe plugins install --upgrade troupe-dice), tell its authors, or do without it: "


@pytest.mark.parametrize(
    ("part", "words"),
    [
        (
            None,
            "its config 'troupe_dice_part:Config' cannot be imported: ModuleNotFoundError: No module named",
        ),
        ("1 / 0", "its config 'troupe_dice_part:Config' cannot be imported: ZeroDivisionError: division by zero"),
        (
            "class Confik: pass",
            "its config 'troupe_dice_part:Config' leads nowhere: no 'Config' in 'troupe_dice_part'; there is 'Confik'",
        ),
        ("class Config: pass", "its config 'troupe_dice_part:Config' is not an attrs class"),
        ("Config = 3", "its config 'troupe_dice_part:Config' is not an attrs class"),
        (
            PART.replace("colour: str", "use: str"),
            "its config declares use; the core reserves use, grants, budget, cache, limits",
        ),
    ],
)
def test_settings_that_are_no_good_name_the_plugin(site: Site, part: str | None, words: str) -> None:
    module = TOOL.format(name="dice", module="troupe_dice", config='"troupe_dice_part:Config"')
    site.install("troupe-dice", module, **({} if part is None else {"part": part}))
    plugins = Plugins.discover()

    with pytest.raises(PluginError) as error:
        plugins.config_class(plugins.find("tool", "dice"))

    assert error.value.where == f"troupe-dice 1.0 ({site.file('troupe-dice')})"
    assert error.value.what.startswith(f"the tool 'dice' cannot be used: {words}")
    assert error.value.remedy == f'{ENDING}[plugins] disable = ["troupe-dice"]'


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("Dice = 3", "its factory 'troupe_dice_part:Dice' cannot be called"),
        ("class Dice: pass", "its factory 'troupe_dice_part:Dice' is not a Tool"),
        (
            "class Dize: pass",
            "its factory 'troupe_dice_part:Dice' leads nowhere: no 'Dice' in 'troupe_dice_part'; there is 'Dize'",
        ),
        ("def Dice(): return 3", "its factory 'troupe_dice_part:Dice' made something of type int, expected a Tool"),
        ("def Dice(): raise SystemExit(1)", "its factory 'troupe_dice_part:Dice' failed: SystemExit: 1"),
        ("def Dice(config): pass", "its factory 'troupe_dice_part:Dice' failed: TypeError: Dice() missing 1 required"),
        (
            (
                "from abc import abstractmethod\nfrom troupe_core.plugin import Tool\n"
                "class Dice(Tool):\n    @abstractmethod\n    def throw(self): ..."
            ),
            "its factory 'troupe_dice_part:Dice' lacks the methods throw",
        ),
    ],
)
def test_a_factory_that_is_no_good_names_the_plugin(site: Site, part: str, words: str) -> None:
    site.install("troupe-dice", TOOL.format(name="dice", module="troupe_dice", config=None), part=part)
    plugins = Plugins.discover()

    with pytest.raises(PluginError) as error:
        plugins.make(plugins.find("tool", "dice"), None)

    assert error.value.what.startswith(f"the tool 'dice' cannot be used: {words}")


def test_a_factory_may_say_itself_what_is_wrong_with_its_settings(site: Site) -> None:
    part = "from troupe_core.plugin import ConfigError\ndef Dice(): raise ConfigError('no such table')"
    site.install("troupe-dice", TOOL.format(name="dice", module="troupe_dice", config=None), part=part)
    plugins = Plugins.discover()

    with pytest.raises(ConfigError, match=r"^no such table$"):
        plugins.make(plugins.find("tool", "dice"), None)


def test_what_a_component_says_of_itself_steers_no_terminal(site: Site) -> None:
    text = TOOL.format(name="dice", module="troupe_dice", config=None)
    site.install("troupe-dice", text.replace("Throws dice.", "Throws \\x1b[31mdice\\u202e.\\a"), part=PART)

    assert Plugins.discover().find("tool", "dice").component.summary == "Throws [31mdice."


def test_entry_points_that_begin_with_a_byte_order_mark_are_read(site: Site) -> None:
    site.install_dice(lines="\ufeff[troupe]\ndice = troupe_dice\n")

    assert Plugins.discover().find("tool", "dice").full_name == "troupe-dice:dice"
