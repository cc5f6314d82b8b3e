"""``troupe plugins check NAME``: what it prints, and how it ends."""

import importlib
import json
import sys

import click
import pytest
from installing import TOOL, new_site

from troupe_core.quality.rules import RULES

ONE_TEST = "def test_it():\n    pass\n"


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """A folder on the path that is no project's."""
    folder = tmp_path / "site-packages"
    monkeypatch.setenv("PYTHONPATH", str(folder))
    for site in new_site(folder, monkeypatch):
        yield site.folder


@pytest.fixture
def without_kit(dice):
    """The plugin in which one thing is missing: the kit."""
    dice.write("tests/test_dice.py", ONE_TEST)
    return dice


def test_a_plugin_in_which_nothing_is_missing(dice, troupe):
    printed = troupe("plugins", "check", "dice")

    assert (printed.status, printed.err) == (0, "")
    assert printed.out.startswith(f"troupe-dice 1.0 ({dice.folder})\n\npassed  loads         It loads, and everything")
    assert "\npassed  kit-passes    The tests of the kits pass (" in printed.out
    assert printed.out.endswith("\n\n22 of 23 rules are kept, 1 could not be seen.\n")


def test_what_is_missing_fails_the_check_with_what_to_do(without_kit, troupe):
    printed = troupe("plugins", "check", "troupe-dice")

    assert printed.status == 1
    assert (
        "missing kit           For each component its tests derive from the kit of its kind.\n"
        "                      no class of its tests derives from ToolConformance for the tool 'dice'\n"
        "                      → Write a class such as class TestDice(ToolConformance)"
    ) in printed.out
    assert (
        "unseen  kit-passes    The tests of the kits pass.\n                      there is no kit to run\n"
        in printed.out
    )
    assert printed.out.endswith("\n\n20 of 23 rules are kept, 1 is not, 2 could not be seen.\n")


def test_json_is_one_list(without_kit, troupe):
    printed = troupe("plugins", "check", "dice", "--json")

    rows = json.loads(printed.out)
    assert printed.status == 1
    assert [row["rule"] for row in rows] == [rule.id for rule in RULES]
    assert next(row for row in rows if row["rule"] == "kit") == {
        "rule": "kit",
        "state": "missing",
        "text": "no class of its tests derives from ToolConformance for the tool 'dice'",
        "remedy": next(rule.remedy for rule in RULES if rule.id == "kit"),
    }
    assert rows[0] == {"rule": "loads", "state": "passed", "text": RULES[0].title, "remedy": None}


def test_on_a_terminal_there_are_marks(without_kit, troupe, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    without_kit.file("CHANGELOG.md").unlink()
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)

    lines = click.unstyle(troupe("plugins", "check", "dice").out).splitlines()

    assert "✓ names         Distribution, entry points and components" in lines
    assert "                have plain names." in lines
    assert "✗ kit           For each component its tests derive from the" in lines
    assert "– offline       Its tests pass without a network." in lines
    assert "! changelog     It tells what has changed." in lines
    assert "                → Keep a CHANGELOG.md beside pyproject.toml," in lines
    assert max(map(len, lines[2:-1])) <= 60


def test_where_no_folder_is_known_it_says_what_to_name(dice, elsewhere, troupe):
    dice.file("src/troupe_dice").rename(elsewhere / "troupe_dice")
    dice.file("src/troupe_dice-1.0.dist-info").rename(elsewhere / "troupe_dice-1.0.dist-info")
    (elsewhere / "troupe_dice-1.0.dist-info" / "direct_url.json").unlink()
    importlib.invalidate_caches()

    rows = {row["rule"]: row for row in json.loads(troupe("plugins", "check", "dice", "--json").out)}
    named = troupe("plugins", "check", "dice", "--json", "--project", dice.folder)

    told = "troupe-dice is not installed from a folder; say which it is: --project DIR"
    assert (rows["kit"]["state"], rows["kit"]["text"]) == ("unseen", told)
    assert (rows["tests"]["state"], rows["tests"]["text"]) == ("unseen", told)
    assert rows["metadata"]["text"].startswith("METADATA lacks a description; METADATA lacks a licence;")
    assert named.status == 0
    assert {row["state"] for row in json.loads(named.out)} == {"passed", "unseen"}


def test_the_folder_of_another_plugin_is_refused(dice, troupe, tmp_path):
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "pyproject.toml").write_text('[project]\nname = "troupe-other"\n', encoding="utf-8")

    printed = troupe("plugins", "check", "dice", "--project", tmp_path / "other")
    empty = troupe("plugins", "check", "dice", "--project", tmp_path)

    assert printed.status == empty.status == 2
    assert "pyproject.toml: expected the project of troupe-dice, this is the one of troupe-other\n" in printed.err
    assert "Name the folder in which troupe-dice is written." in printed.err
    assert f"{tmp_path}: there is no pyproject.toml that can be read\n" in empty.err


def test_a_name_that_two_distributions_have(dice, site, troupe):
    site.install("troupe-casino", TOOL.format(name="dice", module="troupe_casino", config=None), entry="casino")

    both = troupe("plugins", "check", "tool:dice")
    one = troupe("plugins", "check", "troupe-casino", "--json")

    assert both.status == 2
    assert "'tool:dice' is in troupe-casino and in troupe-dice\n" in both.err
    assert "Say which one you mean: troupe-casino or troupe-dice." in both.err
    assert json.loads(one.out)[0]["state"] == "missing"  # its factory is not there


def test_a_name_that_nobody_has(dice, troupe):
    printed = troupe("plugins", "check", "dise")

    assert printed.status == 2
    assert "there is no component or plugin 'dise'" in printed.err
    assert "Did you mean 'dice'?" in printed.err


@pytest.mark.parametrize("option", [["--json"], ["--tests"], ["--project", "."]])
def test_options_are_for_one_plugin(troupe, option):
    printed = troupe("plugins", "check", *option)

    assert printed.status == 2
    assert f"{option[0]} is for one plugin: name it." in printed.err


def test_a_plugin_that_is_left_out_is_not_loaded(dice, troupe, monkeypatch):
    monkeypatch.setenv("TROUPE_PLUGINS", "mock-llm")
    dice.write("tests/test_dice.py", ONE_TEST)

    rows = json.loads(troupe("plugins", "check", "troupe-dice", "--json").out)

    assert rows[0]["state"] == "unseen"
    assert rows[0]["text"] == "it is not loaded: not among TROUPE_PLUGINS"
