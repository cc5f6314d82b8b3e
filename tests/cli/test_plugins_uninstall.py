"""``troupe plugins uninstall``: whom a name means; the tools themselves run in tests/packaging."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from installing import Site, new_site


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """Packages that a fresh process finds too."""
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "site"))
    yield from new_site(tmp_path / "site", monkeypatch)


def test_a_component_that_two_offer_is_asked_back(site: Site, troupe: Callable[..., Any]) -> None:
    site.install_dice(entry="one")
    site.install_dice("troupe-casino", entry="two")

    printed = troupe("plugins", "uninstall", "dice", "--yes")

    assert (printed.status, printed.err) == (
        2,
        "troupe: 'dice' may be troupe-casino or troupe-dice\nSay which: troupe plugins uninstall troupe-casino\n",
    )


@pytest.mark.parametrize("name", ["troupe-dice", "Troupe_Dice", "throws", "dice"])
def test_a_distribution_is_named_by_itself_its_plugin_or_a_component(
    site: Site, troupe: Callable[..., Any], name: str
) -> None:
    site.install_dice(entry="throws")

    printed = troupe("plugins", "uninstall", name)

    assert printed.err == "troupe: nobody can be asked whether to uninstall troupe-dice 1.0\nSay so: --yes\n"


def test_a_tool_that_cannot_be_run_is_told(
    site: Site, troupe: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    site.install_dice()
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    monkeypatch.setenv("UV", "/nowhere/uv")

    printed = troupe("plugins", "uninstall", "troupe-dice", "--yes")

    assert printed.status == 2
    assert printed.err.splitlines()[-1].startswith("troupe: /nowhere/")
    assert printed.err.splitlines()[-1].endswith(" cannot be run: No such file or directory")
