"""``troupe plugins list``: one row for each component, and for each plugin that cannot be used."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from installing import TOOL, Site, new_site

from troupe_core import hookspecs
from troupe_core.hookspecs import KIND_OF_HOOK


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """Only what is installed here counts, and the core."""
    monkeypatch.setenv("TROUPE_PLUGINS", "dice,bad,old,watch,loud")
    yield from new_site(tmp_path / "site", monkeypatch)


def rows(printed: Any) -> list[dict[str, Any]]:
    assert (printed.status, printed.err) == (0, "")
    found: list[dict[str, Any]] = [row for row in json.loads(printed.out) if row["state"] != "disabled"]
    return [row for row in found if row["distribution"] != "troupe-core"]


def test_a_component_has_a_row(site: Site, troupe: Callable[..., Any]) -> None:
    site.install_dice()

    printed = troupe("plugins", "list", "--json")

    assert rows(printed) == [
        {
            "name": "dice",
            "kind": "tool",
            "distribution": "troupe-dice",
            "version": "1.0",
            "state": "active",
            "summary": "Throws dice.",
        }
    ]


def test_the_rows_are_sorted_by_kind_and_name_with_unknown_kinds_last(site: Site, troupe: Callable[..., Any]) -> None:
    site.install("troupe-bad", "1 / 0")

    kinds = [(row["kind"], row["name"]) for row in json.loads(troupe("plugins", "list", "--json").out)]

    known = [row for row in kinds if row[0] is not None]
    assert known == sorted(known)
    assert kinds[: len(known)] == known
    assert (None, "bad") in kinds


def test_a_broken_plugin_has_a_row_that_says_why(site: Site, troupe: Callable[..., Any]) -> None:
    site.install("troupe-bad", "1 / 0")

    (row,) = rows(troupe("plugins", "list", "--json"))

    assert (row["name"], row["kind"], row["state"]) == ("bad", None, "broken")
    assert row["summary"].startswith("cannot be loaded: ZeroDivisionError: division by zero")


def test_a_plugin_for_another_core_is_incompatible(site: Site, troupe: Callable[..., Any]) -> None:
    site.install_dice(requires="troupe-core>=99")

    (row,) = rows(troupe("plugins", "list", "--json"))

    assert (row["name"], row["kind"], row["state"]) == ("dice", "tool", "incompatible")
    assert row["summary"].startswith("troupe-dice 1.0 is made for troupe-core >=99, this is troupe-core ")


def test_a_plugin_that_only_observes_has_a_row(site: Site, troupe: Callable[..., Any]) -> None:
    site.install("troupe-watch", "from troupe_core.plugin import hookimpl\n@hookimpl\ndef troupe_run_started(): pass\n")

    everything = rows(troupe("plugins", "list", "--json"))
    observers = rows(troupe("plugins", "list", "--hook", "troupe_run_started", "--json"))

    assert everything == observers
    assert (observers[0]["name"], observers[0]["summary"]) == ("watch", "Listens to troupe_run_started.")


def test_a_plugin_that_is_left_out_says_by_whom(
    site: Site, troupe: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    site.install_dice()
    monkeypatch.setenv("TROUPE_PLUGINS", "")

    listed = json.loads(troupe("plugins", "list", "--json").out)

    (row,) = [row for row in listed if row["distribution"] == "troupe-dice"]
    assert (row["name"], row["state"], row["summary"]) == ("dice", "disabled", "not among TROUPE_PLUGINS")


@pytest.mark.parametrize("hook", ["troupe_tools", "tools", "tool"])
def test_a_hook_may_be_named_in_three_ways(site: Site, troupe: Callable[..., Any], hook: str) -> None:
    site.install_dice()
    site.install("troupe-bad", "1 / 0")

    listed = json.loads(troupe("plugins", "list", "--hook", hook, "--json").out)

    assert [(row["name"], row["kind"]) for row in listed] == [("dice", "tool")]


@pytest.mark.parametrize("hook", sorted(name for name in vars(hookspecs) if name.startswith("troupe_")))
def test_of_every_hook_it_is_said_who_implements_what(site: Site, troupe: Callable[..., Any], hook: str) -> None:
    kind = KIND_OF_HOOK.get(hook)
    text = TOOL.format(name="thing", module="m", config=None).replace("troupe_tools", hook)
    watching = f"from troupe_core.plugin import hookimpl\n@hookimpl\ndef {hook}(): ...\n"
    site.install("troupe-watch", text if kind else watching)
    site.install_dice()

    listed = rows(troupe("plugins", "list", "--hook", hook, "--json"))

    told = {row["distribution"]: (row["name"], row["kind"], row["summary"]) for row in listed}
    assert told["troupe-watch"] == (("thing", kind, "Throws dice.") if kind else ("watch", None, f"Listens to {hook}."))
    assert ("troupe-dice" in told) is (hook == "troupe_tools")


def test_an_unknown_hook_gets_the_nearest_and_all_there_are(troupe: Callable[..., Any]) -> None:
    printed = troupe("plugins", "list", "--hook", "toolz")

    assert (printed.status, printed.out) == (2, "")
    assert "--hook: there is no hook 'toolz'" in printed.err
    assert "Did you mean 'tool'?" in printed.err
    assert "The hooks are troupe_analyzers, troupe_embedders" in printed.err


def test_a_hook_like_no_other_gets_only_the_list(troupe: Callable[..., Any]) -> None:
    printed = troupe("plugins", "list", "--hook", "qqqq")

    assert "Did you mean" not in printed.err


def test_a_piped_listing_is_plain_columns(site: Site, troupe: Callable[..., Any]) -> None:
    site.install_dice()

    lines = troupe("plugins", "list", "--hook", "tool").out.splitlines()

    assert lines == [
        "name  kind  distribution  version  state   summary",
        "dice  tool  troupe-dice   1.0      active  Throws dice.",
    ]


def test_on_a_terminal_the_listing_is_a_table(
    site: Site, troupe: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    site.install_dice()
    site.install("troupe-old", TOOL.format(name="old", module="m", config=None), requires="troupe-core>=99")
    monkeypatch.setenv("TERM", "dumb")  # no colours, 80 columns
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)

    lines = troupe("plugins", "list", "--hook", "tool").out.splitlines()

    assert lines[0].split() == ["name", "kind", "distribution", "version", "state", "summary"]
    assert [line.split()[:5] for line in lines[1:] if not line.startswith(" ")] == [
        ["dice", "tool", "troupe-dice", "1.0", "active"],
        ["old", "tool", "troupe-old", "1.0", "incompatible"],
    ]


def test_json_stays_json_whatever_a_plugin_prints(site: Site, troupe: Callable[..., Any]) -> None:
    site.install("troupe-loud", "print('hello')\n" + TOOL.format(name="loud", module="m", config=None))

    printed = troupe("plugins", "list", "--hook", "tool", "--json")

    assert (json.loads(printed.out)[0]["name"], printed.err) == ("loud", "hello\n")


def test_a_listing_for_programs_imports_nothing_heavy(site: Site) -> None:
    site.install_dice()
    site.install("troupe-bad", "1 / 0")
    code = (
        "import sys\nfrom troupe_core.cli.main import main\n"
        "try:\n    main(['plugins', 'list', *sys.argv[1:]])\n"
        "finally:\n    print(*sorted(sys.modules), file=sys.stderr)\n"
    )
    heavy = {"asyncio", "cattrs", "importlib.metadata", "jsonschema_rs", "numpy", "orjson", "packaging", "rich", "yaml"}
    environ = {**os.environ, "PYTHONPATH": str(site.folder)}

    for options in ([], ["--json"], ["--hook", "tools"]):
        done = subprocess.run(
            [sys.executable, "-c", code, *options], env=environ, capture_output=True, text=True, check=False
        )
        imported = set(done.stderr.split())

        assert (done.returncode, "troupe_dice" in imported, "dice" in done.stdout) == (0, True, True), done.stderr
        assert imported & heavy == set()
        assert "troupe_dice_part" not in imported
