"""``troupe plugins check``: every plugin, as if a run needed all of it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from installing import PART, Site, new_site


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """Only what is installed here is checked, and the core."""
    monkeypatch.setenv("TROUPE_PLUGINS", "dice,casino,bad,watch")
    yield from new_site(tmp_path / "site", monkeypatch)


def test_sound_plugins_pass(site: Site, troupe: Callable[..., Any]) -> None:
    site.install_dice()

    printed = troupe("plugins", "check")

    assert (printed.status, printed.err) == (0, "")
    assert f"ok       troupe-dice 1.0 ({site.file('troupe-dice')}): tool 'dice'\n" in printed.out
    assert "memory backend 'recent'\n" in printed.out
    assert printed.out.endswith("\nAll is well.\n")


def test_a_broken_plugin_fails_the_check_and_the_others_are_checked(site: Site, troupe: Callable[..., Any]) -> None:
    site.install("troupe-bad", "1 / 0")
    site.install_dice()

    printed = troupe("plugins", "check")

    assert printed.status == 1
    assert f"problem  troupe-bad 1.0 ({site.file('troupe-bad')}): cannot be loaded: ZeroDivisionError" in printed.out
    assert "         Update it (troupe plugins install --upgrade troupe-bad), tell its authors" in printed.out
    assert "tool 'dice'\n" in printed.out
    assert printed.out.endswith("\n1 check failed.\n")


def test_a_plugin_for_another_core_fails_the_check(site: Site, troupe: Callable[..., Any]) -> None:
    site.install_dice(requires="troupe-core>=99")

    printed = troupe("plugins", "check")

    assert printed.status == 1
    assert "troupe-dice 1.0 is made for troupe-core >=99, this is troupe-core " in printed.out
    assert "Install versions that go together: python -m pip install --upgrade troupe-dice troupe-core" in printed.out


def test_components_whose_code_cannot_be_imported_fail_the_check(site: Site, troupe: Callable[..., Any]) -> None:
    site.install_dice(part="import no_such_module_at_all")
    site.install_dice("troupe-casino", name="roulette", part=PART.replace("class Dice(Tool)", "class Dice"))

    printed = troupe("plugins", "check")

    assert "the tool 'dice' cannot be used: its config 'troupe_dice_part:Config' cannot be imported" in printed.out
    assert "its factory 'troupe_casino_part:Dice' is not a Tool" in printed.out
    assert printed.out.endswith("\n2 checks failed.\n")


def test_a_plugin_that_states_no_range_is_noted(site: Site, troupe: Callable[..., Any]) -> None:
    site.install_dice(requires=None)

    printed = troupe("plugins", "check")

    assert printed.status == 0
    assert "does not say for which versions of troupe-core it is made\n" in printed.out
    assert 'Its authors should add to its dependencies: "troupe-core>=0.1,<1"' in printed.out


def test_plugins_that_share_a_name_are_noted(site: Site, troupe: Callable[..., Any]) -> None:
    site.install_dice()
    site.install_dice("troupe-casino")

    printed = troupe("plugins", "check")

    assert printed.status == 0
    assert "troupe-casino 1.0 offers a tool 'dice' too\n" in printed.out
    assert 'A study says which one it means: use = "troupe-dice:dice"\n' in printed.out


def test_observers_and_what_is_left_out_are_named(
    site: Site, troupe: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    site.install("troupe-watch", "from troupe_core.plugin import hookimpl\n@hookimpl\ndef troupe_run_started(): pass\n")
    site.install("troupe-dice", "1 / 0")
    monkeypatch.setenv("TROUPE_PLUGINS", "watch")

    printed = troupe("plugins", "check")

    assert printed.status == 0
    assert "listens to troupe_run_started\n" in printed.out
    assert "note     troupe-dice 1.0 (troupe_dice): not checked: not among TROUPE_PLUGINS\n" in printed.out


@pytest.mark.parametrize("verb", ["list", "show", "check", "install", "uninstall", "enable", "disable", "doctor"])
def test_every_verb_has_help_with_an_example(troupe: Callable[..., Any], verb: str) -> None:
    printed = troupe("plugins", verb, "--help")

    assert printed.status == 0
    assert f"Example: troupe plugins {verb}" in printed.out
