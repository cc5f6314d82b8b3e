"""``troupe plugins doctor``: what to paste into a bug report."""

import json
import platform
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from installing import PART, Site, new_site

from troupe_core.version import VERSION

RULES = """
from troupe_core.plugin import Component, hookimpl

@hookimpl
def troupe_tools():
    return [Component(name="dice", summary="Loaded dice.", factory="my_rules:Dice")]
"""

NAMES = ("tool dice", "plugin dice", "troupe.toml")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A home of its own, in which packages are installed; nothing else is loaded."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / ".config"))
    monkeypatch.setenv("TROUPE_PLUGINS", "dice,casino,bad,heavy,local")
    monkeypatch.chdir(tmp_path)
    yield from new_site(tmp_path / "site", monkeypatch)


@pytest.fixture
def findings(troupe: Callable[..., Any]) -> Callable[..., list[Any]]:
    """What is found of what is not left out by the fixture itself."""

    def found(*words: str) -> list[Any]:
        report = json.loads(troupe("plugins", "doctor", "--json", *words).out)
        return [each for each in report["findings"] if each["text"] != "not among TROUPE_PLUGINS" and mine(each)]

    def mine(finding: Any) -> bool:
        about: str = finding["about"]
        return about.startswith(("troupe-dice", "troupe-casino", "troupe-heavy", "troupe-bad", *NAMES))

    return found


def requiring(site: Site, *headers: str) -> None:
    """A plugin with these lines in its metadata."""
    site.install_dice("troupe-heavy", name="heavy")
    metadata = site.folder / "troupe_heavy-1.0.dist-info" / "METADATA"
    metadata.write_text(metadata.read_text().replace("\n\n", "\n" + "\n".join(headers) + "\n\n", 1))


def test_it_says_what_is_there_in_markdown(site: Site, troupe: Callable[..., Any]) -> None:
    site.install_dice()

    printed = troupe("plugins", "doctor")

    assert (printed.status, printed.err) == (0, "")
    lines = printed.out.splitlines()
    assert lines[0].startswith(f"- Troupe {VERSION}, installed with ")
    assert lines[1].startswith(f"- Python {platform.python_version()} (CPython), in ")
    assert lines[3:7] == [
        "- which plugins are loaded is said by TROUPE_PLUGINS",
        "",
        "| plugin | distribution | version | state | made for troupe-core | file |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    assert "| dice | troupe-dice | 1.0 | active | >=0.1 | ~/site/troupe_dice.py |" in lines
    assert lines[-1] == "Nothing is wrong."


def test_it_names_neither_the_home_nor_what_variables_hold(
    site: Site, troupe: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret-of-mine")
    site.install("troupe-bad", "1 / 0")

    for words in ([], ["--json"]):
        printed = troupe("plugins", "doctor", *words)

        assert printed.status == 1
        assert "division by zero (~/site/troupe_bad.py, line 1)" in printed.out
        assert str(tmp_path) not in printed.out
        assert "secret" not in printed.out
        assert "dice,casino" not in printed.out


def test_a_broken_plugin_is_wrong(site: Site, troupe: Callable[..., Any]) -> None:
    site.install("troupe-bad", "1 / 0")

    printed = troupe("plugins", "doctor")

    assert printed.status == 1
    assert (
        "\n### What is wrong\n\n- troupe-bad 1.0: cannot be loaded: ZeroDivisionError: division by zero" in printed.out
    )
    assert (
        "\n  Update it (troupe plugins install --upgrade troupe-bad), tell its authors, or do without it: "
        in printed.out
    )
    assert printed.out.endswith("\n1 thing is wrong.\n")


def test_a_plugin_for_another_troupe_is_wrong(site: Site, findings: Callable[..., list[Any]]) -> None:
    site.install_dice(requires="troupe-core>=99")

    (finding,) = [each for each in findings() if each["state"] == "problem"]

    assert finding["text"].startswith("troupe-dice 1.0 is made for troupe-core >=99, this is troupe-core ")
    assert finding["remedy"] == "Install versions that go together: troupe plugins install --upgrade troupe-dice"


def test_requirements_that_are_not_met_are_wrong(site: Site, findings: Callable[..., list[Any]]) -> None:
    requiring(
        site,
        "Requires-Dist: attrs>=999",
        "Requires-Dist: no-such-thing-at-all>=2",
        "Requires-Dist: also-not-there; python_version < '3'",
        "Requires-Dist: click",
        "Requires-Dist: ???",
    )

    import attrs

    found = [(each["state"], each["about"], each["text"]) for each in findings()]

    assert ("problem", "troupe-heavy 1.0", "needs no-such-thing-at-all>=2, which is not installed") in found
    assert found[0][2].startswith("needs attrs>=999, installed is 2")
    assert len(found) == 2
    assert attrs.fields is not None


def test_an_extra_that_is_not_there_is_worth_knowing(site: Site, findings: Callable[..., list[Any]]) -> None:
    requiring(
        site,
        "Provides-Extra: pdf",
        "Provides-Extra: light",
        "Provides-Extra: test",
        "Requires-Dist: no-such-reader>=2; extra == 'pdf'",
        "Requires-Dist: click; extra == 'light'",
        "Requires-Dist: no-such-tester; extra == 'test'",
    )

    (finding,) = findings()

    assert finding == {
        "state": "note",
        "about": "troupe-heavy 1.0",
        "text": "its extra 'pdf' is not installed: it would need no-such-reader>=2, which is not installed",
        "remedy": 'If you want it: troupe plugins install "troupe-heavy[pdf]"',
    }


def test_a_name_that_two_plugins_offer_is_worth_knowing(site: Site, findings: Callable[..., list[Any]]) -> None:
    site.install_dice()
    site.install_dice("troupe-casino")

    (finding,) = findings()

    assert finding == {
        "state": "note",
        "about": "tool dice",
        "text": "is offered by troupe-casino 1.0 and troupe-dice 1.0",
        "remedy": 'A study says which one it means: use = "troupe-casino:dice" or use = "troupe-dice:dice"',
    }


def test_a_study_of_its_own_files_is_seen_with_them(
    site: Site, findings: Callable[..., list[Any]], troupe: Callable[..., Any], tmp_path: Path
) -> None:
    site.install_dice()
    (tmp_path / "my_rules.py").write_text(RULES)
    (tmp_path / "study.toml").write_text('[plugins]\npaths = ["my_rules.py"]\n')

    (finding,) = findings("--study", "study.toml")

    assert finding["remedy"] == 'A study says which one it means: use = "my_rules:dice" or use = "troupe-dice:dice"'
    assert "| my_rules | local | " in troupe("plugins", "doctor", "--study", "study.toml").out


def test_two_distributions_with_one_name_for_their_plugin_are_told_apart(
    site: Site, findings: Callable[..., list[Any]]
) -> None:
    site.install_dice(entry="dice")
    site.install_dice("troupe-casino", name="roulette", entry="dice")

    assert [each["text"] for each in findings()] == ["troupe-casino and troupe-dice both call their plugin 'dice'"]


def test_a_distribution_that_is_there_twice_is_wrong(
    site: Site, findings: Callable[..., list[Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.install_dice()
    (tmp_path / "other").mkdir()
    Site(tmp_path / "other").install_dice(version="2.0")
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path / "other")])

    (finding,) = findings()

    assert finding["text"] == "is installed 2 times, the first counts: 1.0 in ~/site, 2.0 in ~/other"
    assert finding["remedy"] == "Uninstall one of them: troupe plugins uninstall troupe-dice"


def test_an_entry_point_that_is_declared_twice_is_wrong(site: Site, findings: Callable[..., list[Any]]) -> None:
    site.install("troupe-bad", RULES, lines="[troupe]\nbad = troupe_bad\nbad = troupe_bad\n")

    assert "the distribution declares the entry point 'bad' twice; this is the second" in [
        each["text"] for each in findings()
    ]


def test_what_is_disabled_is_told_with_the_place(
    site: Site, findings: Callable[..., list[Any]], tmp_path: Path
) -> None:
    site.install_dice()
    (tmp_path / "troupe.toml").write_text('[plugins]\ndisable = ["dice", "troupe-gone"]\n')

    found = [(each["about"], each["text"], each["remedy"]) for each in findings()]

    assert found == [
        ("troupe-dice 1.0", "disabled by troupe.toml", "To have it back: troupe plugins enable troupe-dice"),
        (
            "troupe.toml",
            "disables 'troupe-gone', which is not installed",
            "To tidy up: troupe plugins enable troupe-gone",
        ),
    ]


def test_no_component_is_imported(site: Site, troupe: Callable[..., Any]) -> None:
    site.install_dice(part=f"raise SystemExit\n{PART}")

    assert troupe("plugins", "doctor").status == 0
