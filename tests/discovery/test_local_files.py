"""Plugins of one file, for one study: ``[plugins] paths``."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from troupe_core.discovery.plugins import Plugins
from troupe_core.discovery.selection import Selection
from troupe_core.errors import ConfigError, PluginError
from troupe_core.journal.run import Run
from troupe_core.simulation.simulation import Simulation

RULES = '''
from attrs import frozen
from troupe_core.plugin import Component, Environment, Stimulus, hookimpl

@frozen
class Config:
    place: str = "a market"
    """Where everybody stands."""

class Market(Environment):
    def __init__(self, config):
        self.place = config.place

    def observe(self, view, agent):
        return [Stimulus(text=f"You stand in {self.place}.")]

@hookimpl
def troupe_environments():
    return [Component(name="market", summary="Buyers.", factory="my_rules:Market", config="my_rules:Config")]
'''

STUDY = """
[simulation]
steps = 1
[plugins]
paths = ["./my_rules.py"]
[llm]
use = "mock"
[environment]
use = "market"
place = "a fish market"
[[agents]]
persona = { name = "Ann" }
"""


@pytest.fixture(autouse=True)
def _modules_are_forgotten() -> Iterator[None]:
    before = set(sys.modules)
    yield
    for name in set(sys.modules) - before:
        if name.startswith("_troupe_local_"):
            del sys.modules[name]


def selected(folder: Path, *paths: str, option: str | None = None, **more: Any) -> Selection:
    table = {"paths": list(paths), **more}
    return Selection.read(table, where=str(folder / "study.toml"), environ={}, option=option)


def found(folder: Path, *paths: str, **more: Any) -> Any:
    """The local plugins."""
    discovered = Plugins.discover(selected(folder, *paths, **more))
    return [plugin for plugin in discovered.installed if plugin.distribution == "local"]


def refused(folder: Path, *paths: str) -> str:
    with pytest.raises(ConfigError) as error:
        selected(folder, *paths)
    return str(error.value).replace(str(folder), "…")


def test_a_study_uses_classes_of_its_own_file(play: Callable[..., Run]) -> None:
    run = play(STUDY, my_rules__py=RULES)

    assert run.status == "finished"
    assert any("You stand in a fish market." in str(event.data) for event in run.events(kind="percept"))
    assert list(run.plugin_files) == ["./my_rules.py"]
    assert len(run.plugin_files["./my_rules.py"]) == 64


def test_annotations_that_are_texts_are_understood(play: Callable[..., Run]) -> None:
    assert play(STUDY, my_rules__py=f"from __future__ import annotations\n{RULES}").status == "finished"


def test_the_note_of_a_run_follows_the_content_of_the_file(play: Callable[..., Run]) -> None:
    first = play(STUDY, my_rules__py=RULES)
    again = play(STUDY, my_rules__py=RULES)
    changed = play(STUDY, my_rules__py=RULES + "# a word\n")

    assert first.plugin_files == again.plugin_files != changed.plugin_files
    assert (
        play('[simulation]\nsteps = 1\n[llm]\nuse = "mock"\n[[agents]]\npersona = { name = "Ann" }').plugin_files == {}
    )


def test_a_changed_file_is_read_again_in_the_same_process(tmp_path: Path) -> None:
    (tmp_path / "my_rules.py").write_text(RULES)
    found(tmp_path, "my_rules.py")
    (tmp_path / "my_rules.py").write_text(RULES.replace('name="market"', 'name="bazaar"'))

    (plugin,) = found(tmp_path, "my_rules.py")

    assert [offer.component.name for offer in plugin.offers] == ["bazaar"]
    assert not (tmp_path / "__pycache__").exists()


def test_settings_of_such_a_component_are_checked_like_all_others(study: Callable[..., Path]) -> None:
    file = study(STUDY.replace("place =", "plaice ="), my_rules__py=RULES)

    with pytest.raises(ConfigError, match=r"\[environment\] plaice: unknown key, did you mean place\?"):
        Simulation.from_file(file)


def test_a_simulation_in_python_names_its_files_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "my_rules.py").write_text(RULES)
    monkeypatch.chdir(tmp_path)

    simulation = Simulation(
        [{"name": "Ann"}],
        llm="mock",
        environment="market",
        steps=1,
        plugin_files=["my_rules.py"],
        folder=tmp_path / "rules",
    )

    assert simulation.run_sync(tmp_path / "run").status == "finished"


def test_nothing_else_can_import_it_and_the_path_stays(tmp_path: Path) -> None:
    (tmp_path / "my_rules.py").write_text(RULES)
    before = list(sys.path)

    (plugin,) = found(tmp_path, "my_rules.py")

    assert plugin.state == "active"
    assert sys.path == before
    assert "my_rules" not in sys.modules


def test_its_name_is_that_of_the_file_and_its_version_stands_for_the_content(tmp_path: Path) -> None:
    (tmp_path / "my_rules.py").write_text(RULES)

    (plugin,) = found(tmp_path, "my_rules.py")

    assert (plugin.key, len(plugin.version)) == ("local:my_rules", 12)
    assert plugin.place == f"local {plugin.version} ({tmp_path.resolve() / 'my_rules.py'})"


@pytest.mark.parametrize("name", ["my_rules:market", "local:market", "market"])
def test_a_component_of_a_file_has_three_names(tmp_path: Path, name: str) -> None:
    (tmp_path / "my_rules.py").write_text(RULES)
    plugins = Plugins.discover(selected(tmp_path, "my_rules.py"))

    assert plugins.find("environment", name).full_name == "my_rules:market"


def test_two_files_that_offer_one_name_are_told_apart_by_theirs(tmp_path: Path) -> None:
    (tmp_path / "my_rules.py").write_text(RULES)
    (tmp_path / "other_rules.py").write_text(RULES.replace("my_rules", "other_rules"))
    plugins = Plugins.discover(selected(tmp_path, "my_rules.py", "other_rules.py"))

    with pytest.raises(PluginError, match="'market' is ambiguous") as error:
        plugins.find("environment", "market")

    assert error.value.remedy == 'Say which one: use = "my_rules:market" or use = "other_rules:market"'
    assert plugins.find("environment", "other_rules:market").plugin.name == "other_rules"


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"disable": ["my_rules"]}, "disabled by [plugins] disable"),
        ({"option": "mock-llm"}, "not among --plugins"),
        ({"option": "my_rules"}, None),
        ({"option": "local"}, None),
    ],
)
def test_it_is_chosen_like_any_other_plugin(tmp_path: Path, more: dict[str, Any], reason: str | None) -> None:
    (tmp_path / "my_rules.py").write_text(RULES)

    (plugin,) = found(tmp_path, "my_rules.py", **more)

    assert plugin.problem == reason


def test_a_file_that_is_left_out_is_not_imported(tmp_path: Path) -> None:
    (tmp_path / "my_rules.py").write_text("raise SystemExit('imported')")

    (plugin,) = found(tmp_path, "my_rules.py", disable=["my_rules"])

    assert plugin.state == "disabled"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("def (", "cannot be loaded: SyntaxError: invalid syntax (my_rules.py, line 1)"),
        ("1 / 0", "cannot be loaded: ZeroDivisionError: division by zero (…/my_rules.py, line 1)"),
        ("import no_such_module_at_all", "cannot be loaded: ModuleNotFoundError: No module named 'no_such_module_at_"),
        ("x = 1", "it attaches to nothing: no function of its module is marked with @hookimpl"),
        (
            "import prices",
            (
                "it imports 'prices', which lies beside it (…/prices.py): a plugin in one file stands alone; "
                "put both into one file, or make a package of them (troupe plugins new)"
            ),
        ),
        ("from rates.table import x", "it imports 'rates', which lies beside it (…/rates/__init__.py): a plugin in"),
    ],
)
def test_a_broken_file_is_named_and_hurts_only_who_needs_it(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "my_rules.py").write_text(text)
    (tmp_path / "prices.py").write_text("")
    (tmp_path / "rates").mkdir()
    (tmp_path / "rates" / "__init__.py").write_text("")
    plugins = Plugins.discover(selected(tmp_path, "my_rules.py"))

    plugin = plugins.installed[-1]

    assert (plugin.name, plugin.state) == ("my_rules", "broken")
    assert str(plugin.problem).replace(str(tmp_path.resolve()), "…").startswith(words)
    assert plugin.remedy == 'Mend the file, or do without it: [plugins] disable = ["my_rules"]'
    assert plugins.find("environment", "room").plugin.name == "core"
    with pytest.raises(PluginError, match=r"my_rules.py\) is broken, it may offer more"):
        plugins.find("environment", "market")


def test_what_it_prints_while_it_is_imported_stays_out_of_our_output(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "my_rules.py").write_text(f"print('hello')\n{RULES}")

    found(tmp_path, "my_rules.py")

    assert capsys.readouterr() == ("", "hello\n")


def test_a_file_that_is_not_there_gets_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "my_rules.py").write_text(RULES)

    assert refused(tmp_path, "my_rule.py") == (
        "…/study.toml: [plugins] paths: there is no file '…/my_rule.py'\nDid you mean 'my_rules.py'?"
    )
    assert refused(tmp_path, "far/away.py").endswith("\nA path is relative to the study file.")


def test_a_folder_is_no_plugin_of_one_file(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()

    assert refused(tmp_path, "./rules") == (
        "…/study.toml: [plugins] paths: expected a Python file, got the folder './rules'\n"
        "Name one file of it; what needs several is a package: troupe plugins new NAME --kind tool"
    )


def test_only_python_files_are_plugins(tmp_path: Path) -> None:
    (tmp_path / "rules.txt").write_text("")

    assert refused(tmp_path, "rules.txt") == (
        "…/study.toml: [plugins] paths: expected a Python file, got 'rules.txt'\n"
        'Write it like this: paths = ["./my_rules.py"]'
    )


@pytest.mark.parametrize(("name", "better"), [("my-rules.py", "my_rules.py"), ("2nd.py", "_2nd.py")])
def test_a_file_must_have_the_name_of_a_module(tmp_path: Path, name: str, better: str) -> None:
    (tmp_path / name).write_text(RULES)

    assert refused(tmp_path, name) == (
        f"…/study.toml: [plugins] paths: {name!r} cannot be the name of a module: "
        f"letters, digits and underscores, no digit first\nRename the file: {better}"
    )


def test_two_files_of_the_same_name_are_refused(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "rules.py").write_text(RULES)

    assert refused(tmp_path, "a/rules.py", "b/rules.py") == (
        "…/study.toml: [plugins] paths: 'b/rules.py' and 'a/rules.py' have the same name: "
        "each plugin is known by that of its file\nGive one of them another name; name none twice."
    )


@pytest.mark.skipif(os.getuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "rules.py").write_text(RULES)
    (tmp_path / "rules.py").chmod(0)

    assert "rules.py' cannot be read: Permission denied" in refused(tmp_path, "rules.py")


def test_paths_are_texts_in_a_list(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as error:
        Selection.read({"paths": "my_rules.py"}, where="study.toml", environ={}, option=None)

    assert str(error.value) == (
        "study.toml: [plugins] paths: expected a list of texts, got 'my_rules.py'\n"
        'Write it like this: paths = ["./my_rules.py"]'
    )
