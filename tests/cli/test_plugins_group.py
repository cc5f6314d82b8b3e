"""The verbs of ``troupe plugins`` as a group: each is imported when it is used, and sees what a study sees."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from installing import Site, new_site

VERBS = ["list", "show", "check", "new", "install", "uninstall", "enable", "disable", "doctor"]

RULES = '''
from attrs import frozen
from troupe_core.plugin import Component, Environment, hookimpl

@frozen
class Config:
    place: str = "a market"
    """Where everybody stands."""

class Market(Environment):
    def __init__(self, config):
        pass

    def observe(self, view, agent):
        return []

@hookimpl
def troupe_environments():
    return [Component(name="market", summary="Buyers.", factory="my_rules:Market", config="my_rules:Config")]
'''


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """Two plugins, and a study that has one of its own and disables another."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / ".config"))
    monkeypatch.delenv("TROUPE_PLUGINS", raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "study").mkdir()
    (tmp_path / "study" / "my_rules.py").write_text(RULES)
    study = '[plugins]\npaths = ["my_rules.py"]\ndisable = ["casino"]\n[memory]\nuse = 3\n'
    (tmp_path / "study" / "study.toml").write_text(study)
    for made in new_site(tmp_path / "site", monkeypatch):
        made.install_dice()
        made.install_dice("troupe-casino", name="roulette")
        yield made


def states(printed: Any) -> dict[str, tuple[str, str]]:
    return {row["name"]: (row["distribution"], row["state"]) for row in json.loads(printed.out)}


def test_help_names_them_and_imports_none(site: Site) -> None:
    code = (
        "import sys\nfrom troupe_core.cli.main import main\n"
        "try:\n    main(['plugins', '--help'])\nfinally:\n    print(*sorted(sys.modules), file=sys.stderr)\n"
    )

    done = subprocess.run([sys.executable, "-c", code], env=os.environ, capture_output=True, text=True, check=False)

    commands = done.stdout.partition("Commands:\n")[2]
    assert [line.split()[0] for line in commands.splitlines()][: len(VERBS)] == VERBS
    imported = {name for name in done.stderr.split() if name.startswith("troupe_core.cli.plugins.")}
    assert imported == set()


def test_an_unknown_verb_is_told_with_the_nearest(troupe: Callable[..., Any]) -> None:
    assert troupe("plugins", "lsit").err.splitlines()[-1] == 'Error: There is no command "lsit". Did you mean list?'
    assert troupe("plugins", "xyzzy").err.splitlines()[-1] == (
        'Error: There is no command "xyzzy". See what there is: troupe plugins --help'
    )


def test_a_listing_for_a_study_has_its_own_files_and_what_it_disables(site: Site, troupe: Callable[..., Any]) -> None:
    without = states(troupe("plugins", "list", "--json"))
    seen = troupe("plugins", "list", "--json", "--study", "study/study.toml")

    assert "market" not in without
    assert states(seen)["market"] == ("local", "active")
    assert states(seen)["casino"] == ("troupe-casino", "disabled")
    (row,) = [row for row in json.loads(seen.out) if row["name"] == "market"]
    assert len(row["version"]) == 12


def test_a_listing_for_a_study_stays_light(site: Site) -> None:
    code = (
        "import sys\nfrom troupe_core.cli.main import main\n"
        "try:\n    main(['plugins', 'list', '--study', 'study/study.toml'])\n"
        "finally:\n    print(*sorted(sys.modules), file=sys.stderr)\n"
    )

    done = subprocess.run([sys.executable, "-c", code], env=os.environ, capture_output=True, text=True, check=True)

    assert "market" in done.stdout
    assert {"asyncio", "cattrs", "importlib.metadata", "packaging", "rich"} & set(done.stderr.split()) == set()


def test_the_allow_list_of_run_holds_for_listings_too(site: Site, troupe: Callable[..., Any]) -> None:
    seen = states(troupe("plugins", "list", "--json", "--plugins", "dice"))
    none = states(troupe("plugins", "list", "--json", "--plugins", ""))
    wrong = troupe("plugins", "list", "--plugins", "dise")

    assert (seen["dice"][1], seen["casino"][1]) == ("active", "disabled")
    assert {state for name, (by, state) in none.items() if by != "troupe-core"} == {"disabled"}
    assert (wrong.status, wrong.err.splitlines()[-1]) == (2, "Did you mean 'dice'?")


def test_show_and_check_see_a_studys_own_file(site: Site, troupe: Callable[..., Any]) -> None:
    shown = troupe("plugins", "show", "my_rules:market", "--study", "study/study.toml")
    checked = troupe("plugins", "check", "--study", "study/study.toml", "--plugins", "my_rules")

    assert (shown.status, shown.err) == (0, "")
    assert "Where everybody stands." in shown.out
    assert "ok       local " in checked.out
    assert "does not say for which versions" not in checked.out
    assert checked.status == 0


@pytest.mark.parametrize("verb", ["list", "check", "doctor"])
def test_a_study_whose_files_are_not_there_is_told(site: Site, troupe: Callable[..., Any], verb: str) -> None:
    (Path("study") / "my_rules.py").unlink()

    printed = troupe("plugins", verb, "--study", "study/study.toml")

    assert printed.status == 2
    assert printed.err.startswith("troupe: study/study.toml: [plugins] paths: there is no file 'study/my_rules.py'\n")


def test_a_study_that_is_not_there_is_told(site: Site, troupe: Callable[..., Any]) -> None:
    printed = troupe("plugins", "list", "--study", "study/studie.toml")

    assert (printed.status, printed.err) == (
        2,
        "troupe: study/studie.toml: there is no such file\nDid you mean study/study.toml?\n",
    )


def test_looking_for_what_is_disabled_imports_no_reader_of_toml_where_there_is_nothing(site: Site) -> None:
    code = (
        "import sys\nsys.modules.pop('tomllib', None)  # counting coverage brings it\n"
        "from troupe_core.cli.main import main\n"
        "try:\n    main(['plugins', 'list'])\nfinally:\n    print('tomllib' in sys.modules, file=sys.stderr)\n"
    )
    environ = {**os.environ, "PYTHONPATH": str(site.folder)}

    def imported() -> str:
        done = subprocess.run([sys.executable, "-c", code], env=environ, capture_output=True, text=True, check=True)
        return done.stderr.strip()

    assert imported() == "False"
    Path("troupe.toml").write_text("")
    assert imported() == "True"
