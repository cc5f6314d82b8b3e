"""``troupe plugins enable`` and ``disable``: for a project, for a user."""

import json
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st
from installing import Site, new_site

from troupe_core.cli.plugins.disable_list import with_disabled
from troupe_core.discovery import scopes
from troupe_core.discovery.plugins import Plugins
from troupe_core.discovery.selection import Selection
from troupe_core.errors import PluginError

Troupe = Callable[..., Any]


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """Two plugins; a home and a project of their own, the working directory below it."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home" / ".config"))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "site"))
    (tmp_path / "project" / "below").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "project" / "below")
    for made in new_site(tmp_path / "site", monkeypatch):
        made.install_dice()
        made.install_dice("troupe-casino", name="roulette")
        yield made


@pytest.fixture
def project(tmp_path: Path, site: Site) -> Path:
    """The file of the project, with words of its own."""
    file = tmp_path / "project" / "troupe.toml"
    file.write_text("# ours\n[other]\nkey = 1 # kept\n")
    return file


@pytest.fixture
def user(tmp_path: Path, site: Site) -> Path:
    """Where the user's file is, once it is written."""
    return tmp_path / "home" / ".config" / "troupe" / "plugins.toml"


def state(troupe: Troupe, name: str = "dice") -> tuple[str, str]:
    (row,) = [row for row in json.loads(troupe("plugins", "list", "--json").out) if row["name"] == name]
    return row["state"], row["summary"]


def test_in_a_project_its_file_is_written_and_all_else_in_it_stays(troupe: Troupe, project: Path) -> None:
    printed = troupe("plugins", "disable", "troupe-dice")

    assert (printed.status, printed.err) == (0, "")
    assert printed.out == (
        "troupe-dice is disabled now, by troupe.toml. To have it back: troupe plugins enable troupe-dice\n"
    )
    assert project.read_text() == '# ours\n[other]\nkey = 1 # kept\n\n[plugins]\ndisable = ["troupe-dice"]\n'
    assert state(troupe) == ("disabled", "disabled by troupe.toml")


def test_elsewhere_it_is_written_for_the_user(troupe: Troupe, user: Path) -> None:
    printed = troupe("plugins", "disable", "dice")

    assert printed.out == (
        "dice is disabled now, by ~/.config/troupe/plugins.toml. To have it back: troupe plugins enable dice\n"
    )
    assert user.read_text() == '[plugins]\ndisable = ["dice"]\n'
    assert state(troupe) == ("disabled", "disabled by ~/.config/troupe/plugins.toml")


def test_a_project_without_a_file_gets_one_where_it_is_asked_for(troupe: Troupe, site: Site, tmp_path: Path) -> None:
    troupe("plugins", "disable", "dice", "--project")

    assert (tmp_path / "project" / "below" / "troupe.toml").read_text() == '[plugins]\ndisable = ["dice"]\n'


def test_enabling_takes_a_plugin_out_of_both_files(troupe: Troupe, project: Path, user: Path) -> None:
    troupe("plugins", "disable", "dice", "--user")
    troupe("plugins", "disable", "troupe-dice", "--project")

    printed = troupe("plugins", "enable", "dice")

    assert printed.out == "dice is enabled now: troupe.toml and ~/.config/troupe/plugins.toml disabled it.\n"
    assert project.read_text().endswith("[plugins]\ndisable = []\n")
    assert state(troupe)[0] == "active"


def test_enabling_for_one_says_where_it_is_still_disabled(troupe: Troupe, project: Path, user: Path) -> None:
    troupe("plugins", "disable", "dice", "--user")

    nothing = troupe("plugins", "enable", "dice", "--project")
    troupe("plugins", "disable", "dice")
    one = troupe("plugins", "enable", "dice", "--project")

    assert nothing.out == (
        "dice is disabled by ~/.config/troupe/plugins.toml, and by nothing else: troupe plugins enable dice --user\n"
    )
    assert one.out == (
        "dice is enabled now: troupe.toml disabled it. "
        "It is still disabled by ~/.config/troupe/plugins.toml: troupe plugins enable dice --user\n"
    )


def test_what_is_so_already_is_said(troupe: Troupe, project: Path) -> None:
    assert troupe("plugins", "enable", "dice").out == "dice was not disabled.\n"
    troupe("plugins", "disable", "dice")

    again = troupe("plugins", "disable", "troupe-dice")

    assert (again.status, again.out) == (0, "troupe-dice is disabled by troupe.toml already.\n")


def test_several_names_at_once(troupe: Troupe, project: Path) -> None:
    troupe("plugins", "disable", "dice", "Troupe_Casino")

    assert tomllib.loads(project.read_text())["plugins"]["disable"] == ["dice", "Troupe_Casino"]
    assert state(troupe, "casino")[0] == "disabled"


def test_what_was_disabled_and_then_uninstalled_can_be_enabled(troupe: Troupe, project: Path) -> None:
    project.write_text('[plugins]\ndisable = ["troupe-gone", "dice"]\n')

    assert troupe("plugins", "enable", "troupe-gone").out == "troupe-gone is enabled now: troupe.toml disabled it.\n"
    assert project.read_text() == '[plugins]\ndisable = ["dice"]\n'


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("dise", "troupe: there is no plugin 'dise'; installed: .*\nDid you mean 'dice'\\?\n"),
        ("qqqq", "troupe: there is no plugin 'qqqq'; installed: .*\nSee what is installed: troupe plugins list\n"),
        (
            "roulette",
            (
                "(?s).*It is a component of troupe-casino, and a plugin is disabled whole: "
                "troupe plugins disable troupe-casino\n"
            ),
        ),
        (
            "core",
            (
                "troupe: the core's own plugin cannot be disabled, got 'core'\n"
                "What it offers is used only where a study names it.\n"
            ),
        ),
        ("troupe-core", "troupe: the core's own plugin cannot be disabled, got 'troupe-core'\n(?s:.*)"),
    ],
)
def test_a_name_that_is_no_plugin_changes_nothing(troupe: Troupe, project: Path, name: str, words: str) -> None:
    import re

    before = project.read_text()

    printed = troupe("plugins", "disable", "dice", name)

    assert printed.status == 2
    assert re.fullmatch(words, printed.err), printed.err
    assert project.read_text() == before


def test_a_file_in_a_form_that_cannot_be_changed_is_left_alone(troupe: Troupe, project: Path) -> None:
    project.write_text('plugins = { disable = ["casino"] }\n')

    printed = troupe("plugins", "disable", "dice")

    assert printed.status == 2
    assert printed.err == (
        f"troupe: {project}: [plugins] disable: "
        "the list is written in a way that cannot be changed without touching the rest\n"
        'Change it by hand, to: disable = ["casino", "dice"]\n'
    )
    assert project.read_text() == 'plugins = { disable = ["casino"] }\n'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[plugins\n", ": not TOML: Expected ']' at the end of a table declaration (at line 1, column 9)"),
        ("plugins = 3\n", ": [plugins]: expected a table, got 3"),
        ("[plugins]\ndisabled = []\n", ": [plugins]: there is no key 'disabled'\nDid you mean 'disable'?"),
        ("[plugins]\nxyz = []\n", ": [plugins]: there is no key 'xyz'\nIt holds disable = [\"…\"], and nothing else."),
        ("[plugins]\ndisable = 'a'\n", ": [plugins] disable: expected a list of texts, got 'a'\nWrite it like this"),
    ],
)
@pytest.mark.parametrize("verb", ["list", "disable"])
def test_a_file_that_is_wrong_is_named(troupe: Troupe, project: Path, text: str, words: str, verb: str) -> None:
    project.write_text(text)

    printed = troupe("plugins", verb, *(["dice"] if verb == "disable" else []))

    assert printed.status == 2
    assert printed.err.startswith(f"troupe: {project}{words}")


def test_a_file_that_cannot_be_written_is_named(troupe: Troupe, user: Path) -> None:
    user.parent.parent.mkdir(parents=True)
    user.parent.write_text("not a folder")

    printed = troupe("plugins", "disable", "dice")

    assert (printed.status, printed.err) == (2, f"troupe: {user}: cannot be written: {NOT_A_FOLDER}\n")


NOT_A_FOLDER = "File exists"


def test_a_study_that_requires_what_is_disabled_says_how_to_enable_it(project: Path) -> None:
    project.write_text('[plugins]\ndisable = ["dice"]\n')
    selection = Selection.read({"require": ["troupe-dice"]}, where="study.toml", environ={}, option=None)

    with pytest.raises(PluginError, match=r"is disabled: disabled by troupe\.toml") as error:
        Plugins.discover(selection).check_required()

    assert error.value.remedy == "Enable it: troupe plugins enable troupe-dice"


def test_a_component_of_a_disabled_plugin_is_missed_with_the_reason(project: Path) -> None:
    project.write_text('[plugins]\ndisable = ["dice"]\n')
    plugins = Plugins.discover(Selection.read(None, where=None, environ={}, option=None))

    with pytest.raises(PluginError, match=r"is disabled, it may offer more: disabled by troupe\.toml"):
        plugins.find("tool", "dice")


def test_a_study_may_itself_be_called_troupe_toml(project: Path) -> None:
    project.write_text('[plugins]\nrequire = ["troupe-dice"]\npaths = []\n')

    assert Selection.read(None, where=None, environ={}, option=None).scopes[0].disable == ()


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_the_users_file_is_where_click_has_it(monkeypatch: pytest.MonkeyPatch, platform: str, tmp_path: Path) -> None:
    import os

    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("APPDATA", str(tmp_path / "roaming"))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr("click.utils.WIN", platform == "win32")

    assert scopes.user_file(os.environ) == Path(click.get_app_dir("troupe")) / "plugins.toml"


def test_who_has_no_home_writes_for_the_project(troupe: Troupe, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HOME")
    monkeypatch.delenv("XDG_CONFIG_HOME")

    printed = troupe("plugins", "disable", "dice")

    assert printed.err == "troupe: --user: there is no home folder to write to\nWrite --project instead.\n"


NAMES = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=6)
NOTES = st.sampled_from(["", " # a note", ' # it\'s "quoted" ] , [', "\t#"])
LINES = st.sampled_from(
    [
        "[a]",
        "[[b]]",
        "[plugins.more]",
        'x = """\n[plugins]\ndisable = ["no"]\n"""',
        "y = '''\ndisable = [\n'''",
        "z = [\n  # [plugins]\n  1,\n]",
        "t = { plugins = { disable = [] } }",
        'require = ["x>=1"]',
        "# [plugins]",
        "",
    ]
)


def listed(names: list[str], notes: list[str], wide: bool, comma: bool) -> str:
    """A list as somebody may write it."""
    texts = [json.dumps(name, ensure_ascii=False) for name in names]
    if not wide:
        return f"[{', '.join(texts)}{',' if comma and texts else ''}]"
    lines = [
        f"  {text}{',' if comma or n + 1 < len(texts) else ''}{notes[n % len(notes)]}" for n, text in enumerate(texts)
    ]
    return "\n".join(["[" + notes[0], *lines, "]"])


@given(
    before=st.lists(LINES, max_size=4, unique=True),
    after=st.lists(LINES, max_size=3, unique=True),
    old=st.lists(NAMES, max_size=4),
    new=st.lists(NAMES, max_size=3),
    form=st.tuples(st.lists(NOTES, min_size=1, max_size=3), st.booleans(), st.booleans(), st.booleans()),
    crlf=st.booleans(),
)
def test_whatever_the_file_holds_only_the_list_changes(
    before: list[str], after: list[str], old: list[str], new: list[str], form: Any, crlf: bool
) -> None:
    notes, wide, comma, is_there = form
    middle = ["[plugins]" + notes[0], *([f"disable = {listed(old, notes, wide, comma)}"] if is_there else [])]
    text = "\n".join([*before, *middle, *after])
    text = text.replace("\n", "\r\n") if crlf else text
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    there = tables["plugins"].get("disable", [])
    gone = there[:1]

    changed = with_disabled(text, new, gone)

    assert changed is not None
    wanted = [name for name in there if name not in gone]
    wanted += [name for name in dict.fromkeys(new) if name not in wanted]
    assert tomllib.loads(changed) == {
        **tables,
        "plugins": {**tables["plugins"], **({"disable": wanted} if wanted != there else {})},
    }
    written = [json.dumps(name, ensure_ascii=False)[1:-1] for name in gone]
    kept = [
        line for line in text.replace("\r", "").split("\n") if "#" in line and not any(each in line for each in written)
    ]
    assert all(line.partition("#")[2] in changed for line in kept)


@pytest.mark.parametrize(
    ("text", "add", "remove", "changed"),
    [
        ('disable = ["a", "b", "c"] # n', [], ["b"], 'disable = ["a", "c"] # n'),
        ('disable = ["a", "b", "c"] # n', [], ["c"], 'disable = ["a", "b"] # n'),
        ('disable = ["a"]', [], ["a"], "disable = []"),
        ("disable = []", ["d", "e"], [], 'disable = ["d", "e"]'),
        ('disable = [\n  "a", # why\n  "b" # x\n]', ["d"], [], 'disable = [\n  "a", # why\n  "b", # x\n  "d",\n]'),
        ('disable = [\n  "a",\n  "b",\n  "c"\n]', [], ["b"], 'disable = [\n  "a",\n  "c"\n]'),
        ('disable = [\n  "a",\n  "b",\n  "c"\n]', [], ["c"], 'disable = [\n  "a",\n  "b"\n]'),
        ('disable = ["""a"""]', ["b"], [], None),
    ],
)
def test_a_list_stays_in_the_form_in_which_it_is_written(
    text: str, add: list[str], remove: list[str], changed: str | None
) -> None:
    head = "[plugins]\n"

    assert with_disabled(head + text, add, remove) == (None if changed is None else head + changed)
