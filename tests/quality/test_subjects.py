"""Plugins of other shapes: one file, installed from an index, with metadata that is made when it is built, broken."""

import json

from troupe_core.discovery.plugins import Plugins
from troupe_core.quality.judging import judge
from troupe_core.quality.rule import Rule
from troupe_core.quality.subject import Subject

METADATA = """Metadata-Version: 2.4
Name: troupe-dice
Version: 1.0
Summary: Throws dice.
License-Expression: MIT
License-File: LICENSE
Requires-Python: >=3.11
Requires-Dist: troupe-core>=0.1,<99
Project-URL: Changes, https://example.org/changes
Description-Content-Type: text/markdown

"""


def states(distribution="troupe-dice"):
    """The state of each rule, of a plugin that no folder is known of; no tests are run then."""
    return {verdict.rule.id: verdict for verdict in judge(Subject.of(distribution, Plugins.discover()))}


def test_a_plugin_of_single_modules(site):
    site.install_dice("troupe-cup", name="cup")

    verdicts = states("troupe-cup")

    assert verdicts["loads"].state == "passed"
    assert verdicts["settings"].text == "cup: nothing stands under the key colour"
    assert verdicts["docstrings"].text == "troupe_cup_part:Dice has no docstring (tool 'cup')"
    assert verdicts["typed"].text.startswith("troupe_cup.py, line 5: troupe_tools does not tell what it returns; ")
    assert verdicts["tests"].text == "troupe-cup is not installed from a folder; say which it is: --project DIR"
    assert verdicts["api-range"].text == ">=0.1 of troupe-core has no end"


def test_what_was_installed_from_an_index_says_most_of_it_itself(dice):
    folder = dice.file("src/troupe_dice-1.0.dist-info")
    readme = dice.file("README.md").read_text(encoding="utf-8")
    (folder / "METADATA").write_text(METADATA + readme, encoding="utf-8")
    (folder / "direct_url.json").write_text(json.dumps({"url": "https://example.org/x.whl"}), encoding="utf-8")
    (folder / "licenses").mkdir()
    (folder / "licenses" / "LICENSE").write_text("Do as you like.", encoding="utf-8")
    dice.file("pyproject.toml").unlink()

    verdicts = states()

    passed = {id_ for id_, verdict in verdicts.items() if verdict.state == "passed"}
    assert {"api-range", "metadata", "licence", "readme", "changelog"} <= passed
    assert {id_ for id_, verdict in verdicts.items() if verdict.state == "unseen"} == {
        "tests",
        "kit",
        "kit-passes",
        "offline",
    }


def test_what_is_dynamic_is_known_of_what_was_installed(dice):
    dice.replace("pyproject.toml", 'description = "Throws dice."', 'dynamic = ["description", "dependencies"]')
    dice.replace("pyproject.toml", 'dependencies = ["troupe-core>=0.1,<99", "attrs>=25.4"]\n', "")
    before = dice.verdicts("metadata", "api-range")
    dice.file("src/troupe_dice-1.0.dist-info/METADATA").write_text(METADATA, encoding="utf-8")
    after = dice.verdicts("metadata", "api-range")

    assert before["metadata"].text == "pyproject.toml lacks a description"
    assert {verdict.state for verdict in after.values()} == {"passed"}


def test_a_licence_may_be_a_table(dice):
    dice.replace("pyproject.toml", 'license = "MIT"', 'license = { file = "LICENSE" }')

    assert dice.verdicts("metadata")["metadata"].state == "passed"


def test_an_editable_plugin_that_cannot_be_found_has_its_folder_all_the_same(dice):
    dice.file("src/troupe_dice-1.0.dist-info/entry_points.txt").write_text("[troupe]\ndice = no_dice.plugin\n")

    verdicts = dice.verdicts()

    assert verdicts["loads"].text == ("the plugin 'dice': its entry point leads nowhere: there is no module 'no_dice'")
    assert verdicts["licence"].state == "passed"
    assert verdicts["entry-light"].text == "no_dice.plugin cannot be imported by itself"
    assert verdicts["walls"].text == "its source cannot be read"


def test_a_plugin_that_only_listens(site):
    site.install("troupe-ear", "from troupe_core.plugin import hookimpl\n@hookimpl\ndef troupe_run_started(): pass\n")

    verdicts = states("troupe-ear")

    assert verdicts["summary"].text == verdicts["actions"].text == verdicts["kit"].text == "it offers no components"
    assert verdicts["config-light"].text == "there is nothing to set"


def test_a_changelog_may_lie_in_the_repository_above(dice):
    dice.file("CHANGELOG.md").unlink()
    (dice.folder.parent / "HISTORY.md").write_text("# 1.0\n", encoding="utf-8")
    before = dice.verdicts("changelog")["changelog"].state
    (dice.folder.parent / ".git").mkdir()

    assert (before, dice.verdicts("changelog")["changelog"].state) == ("note", "passed")


def test_what_does_not_parse_is_left_to_the_rule_that_loads(dice):
    dice.replace("src/troupe_dice/tool.py", "class Dice(Tool):", "class Dice(Tool")

    verdicts = dice.verdicts()

    assert "SyntaxError" in verdicts["loads"].text
    assert [id_ for id_, verdict in verdicts.items() if verdict.state == "missing"] == ["loads"]
    assert verdicts["docstrings"].state == "unseen"


def test_relative_imports_are_its_own(dice):
    dice.replace("src/troupe_dice/tool.py", "from troupe_dice.config", "from .config")
    dice.write("src/troupe_dice/socket.py", '"""A socket for dice."""\n')
    dice.replace("src/troupe_dice/tool.py", "from .config", "from . import socket as socket\nfrom .config")

    assert {verdict.state for verdict in dice.verdicts("walls", "network").values()} == {"passed"}


def test_a_rule_that_fails_says_why(dice):
    def look(subject):
        raise ValueError("no such thing")

    rule = Rule(id="x", title="It is.", why="So.", remedy="Do.", look=look)

    (verdict,) = judge(Subject.of("troupe-dice", Plugins.discover()), [rule])

    assert verdict.state == "unseen"
    assert verdict.text.startswith("looking at it failed: ValueError: no such thing")
