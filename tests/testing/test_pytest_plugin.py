"""The pytest plugin, in real test sessions of somebody else's."""

import subprocess
import sys

import pytest

from troupe_core.version import VERSION

pytest_plugins = ["pytester"]

TWO_STEPS = '''
STUDY = """
[simulation]
steps = 2
[llm]
use = "mock"
mode = "fixed"
[[agents]]
persona = { name = "Ann" }
"""
'''


@pytest.fixture(autouse=True)
def _own_machine(monkeypatch):
    """As on an author's machine: nothing is chosen beforehand."""
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.delenv("TROUPE_PLUGINS", raising=False)


@pytest.fixture
def session(pytester):
    """Runs pytest on a file of tests, as an author does; returns what came of it."""

    def run(text, *words, **more):
        pytester.makepyfile(TWO_STEPS + text)
        return pytester.runpytest(*words, **more)

    return run


def passed(result, count=1):
    result.assert_outcomes(passed=count)
    return result


# What it costs those who do not use it


def test_loading_it_imports_nothing_but_itself():
    script = (
        "import sys, pytest\nbefore = set(sys.modules)\nimport troupe_core.testing.pytest_plugin\n"
        "print(*sorted(set(sys.modules) - before))"
    )

    printed = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout

    assert printed.split() == ["troupe_core", "troupe_core.testing", "troupe_core.testing.pytest_plugin"]


def test_a_session_that_does_not_use_it_imports_no_more(pytester):
    pytester.makepyfile(
        """
        import sys

        def test_little_of_troupe_is_here():
            assert {name for name in sys.modules if name.startswith("troupe_core")} == {
                "troupe_core", "troupe_core.testing", "troupe_core.testing.pytest_plugin"
            }
        """
    )

    passed(pytester.runpytest_subprocess())


def test_it_can_be_switched_off(pytester):
    pytester.makepyfile("def test_it(troupe_run): ...\n")

    result = pytester.runpytest_subprocess("-p", "no:troupe")

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*fixture 'troupe_run' not found"])


def test_every_fixture_says_what_it_is_for(pytester):
    result = pytester.runpytest("--fixtures", "-v")

    shown = result.stdout.str()
    for line in (
        "Run a study, and return the finished run (`troupe_core.Run`).",
        "Load only the named plugins (and the core's own) for the rest of the test, in subprocesses too.",
        "A model that answers with what the test says, for `troupe_run` and ``Simulation(llm=…)``.",
        "A model that is asked once: its answers are kept in a cassette beside the test, and replayed ever after.",
        "A fresh folder of this test, for the folders of its runs.",
    ):
        assert line in shown


# troupe_run


def test_a_study_as_text(session):
    passed(
        session(
            """
def test_it(troupe_run, run_dir):
    run = troupe_run(STUDY)

    assert (run.status, run.stats()["steps"]) == ("finished", 2)
    assert run.folder == run_dir / "simulation-1"
"""
        )
    )


def test_a_study_as_tables_of_python(session):
    passed(
        session(
            """
from datetime import timedelta
from troupe_core import use

def test_it(troupe_run):
    run = troupe_run({
        "simulation": {"name": "Tea", "steps": 1, "step": timedelta(hours=1)},
        "llm": use("mock", mode="fixed"),
        "agents": [{"persona": {"name": "Ann"}}],
    })

    assert run.name == "Tea"
    assert run.config["simulation"]["step"] == "3600s"
"""
        )
    )


@pytest.mark.parametrize("path", ["file", "str(file)"])
def test_a_study_in_a_file(session, path):
    passed(
        session(
            f"""
def test_it(troupe_run, tmp_path):
    file = tmp_path / "elsewhere" / "mine.toml"
    file.parent.mkdir()
    file.write_text(STUDY.replace('{{ name = "Ann" }}', '"ann.toml"'))
    (file.parent / "ann.toml").write_text('name = "Ann Lee"')

    assert list(troupe_run({path}).personas) == ["Ann Lee"]
"""
        )
    )


def test_files_beside_a_study_and_settings_and_another_model(session):
    passed(
        session(
            """
def test_it(troupe_run, tmp_path):
    study = STUDY.replace('{ name = "Ann" }', '"people/ann.toml"').replace('"mock"', '"no-such-model"')

    run = troupe_run(
        study, settings=["simulation.steps=3"], llm="mock", files={"people/ann.toml": 'name = "Ann Lee"', "b": b"12"}
    )

    assert list(run.personas) == ["Ann Lee"]
    assert run.stats()["steps"] == 3
    assert (tmp_path / "b").read_bytes() == b"12"
"""
        )
    )


def test_two_runs_of_one_test_lie_in_two_folders(session):
    passed(
        session(
            """
def test_it(troupe_run, run_dir, tmp_path):
    first, second, third = troupe_run(STUDY), troupe_run(STUDY), troupe_run(STUDY, out=tmp_path / "here")

    assert first.digest() == second.digest() == third.digest()
    assert sorted(each.name for each in run_dir.iterdir()) == ["simulation-1", "simulation-2"]
    assert third.folder == tmp_path / "here"
"""
        )
    )


def test_files_do_not_go_with_a_study_that_lies_elsewhere(session):
    result = session(
        """
from pathlib import Path

def test_it(troupe_run):
    troupe_run(Path("a.toml"), files={"b": ""})
"""
    )

    result.stdout.fnmatch_lines(["E*troupe_run: files go with a study that is given as text: a.toml has its own*"])


def test_what_is_wrong_with_a_study_is_raised(session):
    passed(
        session(
            """
import pytest
from troupe_core.errors import ConfigError

def test_it(troupe_run):
    with pytest.raises(ConfigError, match="unknown key"):
        troupe_run(STUDY + "moood = 1")
"""
        )
    )


def test_nothing_is_left_open_where_that_is_an_error(pytester):
    pytester.makepyfile(
        TWO_STEPS
        + """
import gc

def test_it(troupe_run, scripted_llm):
    troupe_run(STUDY, llm=scripted_llm([{"actions": [{"action": "wait"}]}]))
    gc.collect()
"""
    )

    passed(pytester.runpytest_subprocess("-W", "error", "-W", "error::pytest.PytestUnraisableExceptionWarning"))


# isolated_plugins


def test_only_the_named_plugins_are_loaded(session, toys):
    passed(
        session(
            """
import os, subprocess, sys

def test_it(isolated_plugins, troupe_run):
    isolated_plugins("troupe-mock-llm")

    troupe_run(STUDY)
    listed = subprocess.run(
        [sys.executable, "-m", "troupe_core", "plugins", "list", "--json"], capture_output=True, text=True
    ).stdout
    active = {row["distribution"] for row in __import__("json").loads(listed) if row["state"] == "active"}
    assert active == {"troupe-core", "troupe-mock-llm"}

def test_afterwards_everything_is_there_again():
    assert "TROUPE_PLUGINS" not in os.environ
"""
        ),
        2,
    )


def test_without_a_name_there_is_the_core_alone(session):
    result = session("def test_it(isolated_plugins, troupe_run):\n    isolated_plugins()\n    troupe_run(STUDY)\n")

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["E*PluginError*mock*"])


def test_a_plugin_that_is_not_installed_is_an_error_at_once(session):
    result = session("def test_it(isolated_plugins):\n    isolated_plugins('troupe-mock-lm')\n")

    result.stdout.fnmatch_lines(
        [
            'E*isolated_plugins: "troupe-mock-lm" is not installed',
            "E*Did you mean troupe-mock-llm? Installed are *troupe-mock-llm*.",
        ]
    )


# scripted_llm


def test_people_act_by_a_script_of_the_test(session):
    passed(
        session(
            """
from troupe_core import Simulation

TALK = {"action": "talk", "to": "all", "text": "Grüezi!"}

def test_in_a_study(troupe_run, scripted_llm):
    run = troupe_run(STUDY, llm=scripted_llm([{"agent": "Ann", "step": 1, "actions": [TALK]},
                                              {"actions": [{"action": "wait"}]}]))

    assert [event.data["actions"] for event in run.events(kind="decision")] == [[{"action": "wait"}], [TALK]]

def test_in_python(scripted_llm, run_dir):
    quick, slow = scripted_llm([{"actions": []}]), scripted_llm([{"actions": []}], latency=0.01)

    run = Simulation(["ann.toml"] and [{"name": "Ann"}], llm=slow, steps=1).run_sync(run_dir / "one")

    assert quick.settings["script"] != slow.settings["script"]
    assert run.config["llm"]["latency"] == 0.01
"""
        ),
        2,
    )


def test_an_entry_that_is_wrong_is_named_by_its_number(session):
    result = session(
        "def test_it(troupe_run, scripted_llm):\n    troupe_run(STUDY, llm=scripted_llm([{'agnt': 'Ann'}]))\n"
    )

    result.stdout.fnmatch_lines(['E*script-1.json: entry 1: unknown key "agnt", did you mean agent?*'])


def test_what_no_script_can_hold_is_told(session):
    result = session("def test_it(scripted_llm):\n    scripted_llm([{'actions': {1, 2}}])\n")

    result.stdout.fnmatch_lines(["E*scripted_llm: expected a list of entries of what JSON can say: *set*"])


@pytest.mark.parametrize("fixture", ["scripted_llm", "recorded_llm"])
def test_without_the_mock_plugin_the_error_says_what_to_install(session, fixture):
    result = session(
        f"""
from importlib import import_module

def test_it({fixture}, monkeypatch):
    monkeypatch.setattr(import_module("troupe_core.testing.isolation"), "installed_entry_points", lambda: ())
    {fixture}([])
"""
    )

    result.stdout.fnmatch_lines(
        [
            f"E*{fixture}: needs the plugin troupe-mock-llm, which is not installed",
            "E*Install it: python -m pip install troupe-mock-llm. Name it in what your tests require, too.",
        ]
    )


# recorded_llm

RECORDED = """
from pathlib import Path
from troupe_core import use

def test_it(troupe_run, recorded_llm):
    run = troupe_run(STUDY, llm=recorded_llm(use("mock", mode="scripted", script="script.json")),
                     files={"script.json": Path("answers.json").read_text()})

    assert run.status == "finished"
    print([event.data["actions"] for event in run.events(kind="decision")])
"""


@pytest.fixture
def answers(pytester):
    """Writes what the model that is recorded answers."""

    def write(action):
        (pytester.path / "answers.json").write_text(f'[{{"actions": [{{"action": "{action}"}}]}}]', encoding="utf-8")

    return write


def test_a_model_is_asked_once_and_replayed_afterwards(session, pytester, answers):
    answers("wait")

    passed(session(RECORDED))
    cassette = next(pytester.path.rglob("*.jsonl"))
    answers("leave")
    again = passed(session(RECORDED, "-s"))

    assert cassette.relative_to(pytester.path).parts[0] == "cassettes"
    assert cassette.name == "test_it.jsonl"
    assert len(cassette.read_text(encoding="utf-8").splitlines()) == 3
    again.stdout.fnmatch_lines(["*[[]{'action': 'wait'}[]]*"])


def test_all_records_anew(session, pytester, answers):
    answers("wait")
    passed(session(RECORDED))
    cassette = next(pytester.path.rglob("*.jsonl"))
    before = cassette.read_text(encoding="utf-8")
    cassette.write_text(before.replace("wait", "talk"), encoding="utf-8")

    passed(session(RECORDED, "--troupe-record=all"))

    assert cassette.read_text(encoding="utf-8") == before


@pytest.mark.parametrize("how", ["--troupe-record=none", "CI"])
def test_where_nothing_may_be_recorded_a_missing_cassette_is_an_error(session, monkeypatch, answers, how):
    answers("wait")
    if how == "CI":
        monkeypatch.setenv("CI", "true")

    result = session(RECORDED, *([how] if how != "CI" else []))

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "E*test_it.jsonl: there is no cassette of this test, and no model is asked (--troupe-record=none)",
            (
                "E*Record it where the model can be reached, then commit the file: pytest --troupe-record=once "
                '"test_where_nothing_may_be_recorded_a_missing_cassette_is_an_error.py::test_it"'
            ),
        ]
    )


def test_with_a_cassette_nothing_is_missing_in_ci(session, monkeypatch, answers):
    answers("wait")
    passed(session(RECORDED))
    monkeypatch.setenv("CI", "1")

    passed(session(RECORDED))


def test_a_study_that_changed_is_told_to_be_recorded_anew(session, answers):
    answers("wait")
    passed(session(RECORDED))

    result = session(RECORDED.replace("STUDY,", "STUDY.replace('Ann', 'Eva'),"))

    result.stdout.fnmatch_lines(
        ['E*test_it.jsonl: nothing was recorded for agent "Eva", step 0*', "E*pytest --troupe-record=all*"]
    )


def test_each_test_and_each_model_has_a_cassette_of_its_own(session, pytester):
    passed(
        session(
            """
import pytest

class TestTea:
    @pytest.mark.parametrize("drink", ["tea", "strong coffee"])
    def test_it(self, troupe_run, recorded_llm, drink):
        for model in ("mock", {"use": "mock", "mode": "fixed"}):
            troupe_run(STUDY, llm=recorded_llm(model))
"""
        ),
        2,
    )

    names = sorted(path.name for path in pytester.path.rglob("*.jsonl"))
    assert names[2:] == ["TestTea.test_it-tea-2.jsonl", "TestTea.test_it-tea.jsonl"]
    assert [name.startswith("TestTea.test_it-strong-coffee-") for name in names[:2]] == [True, True]
    assert len(set(names)) == 4


def test_a_test_that_is_broken_off_leaves_no_half_cassette(session, pytester, answers):
    answers("wait")

    session(RECORDED + "    raise KeyboardInterrupt\n", no_reraise_ctrlc=True)

    assert list(pytester.path.rglob("cassettes")) == []


def test_a_test_that_fails_keeps_what_was_paid_for(session, pytester, answers):
    answers("wait")

    session(RECORDED + "    raise AssertionError\n").assert_outcomes(failed=1)

    assert [path.name for path in pytester.path.rglob("cassettes/*/*")] == ["test_it.jsonl"]


# --troupe-kits


def test_the_kits_can_be_run_alone(pytester):
    pytester.makepyfile(
        """
        from troupe_core.testing.conformance import Conformance

        class Kit(Conformance):
            kind, component = "tool", "dice"

            def test_a_sentence(self): ...

        class TestMine(Kit): ...

        class TestOther:
            def test_it(self): ...

        def test_by_itself(): ...
        """
    )

    result = pytester.runpytest("--troupe-kits", "-k", "a_sentence or TestOther or by_itself")

    result.assert_outcomes(passed=1, deselected=result.parseoutcomes()["deselected"])
    result.stdout.fnmatch_lines([f"troupe kits: troupe-core {VERSION}, *troupe-mock-llm *"])
    assert result.parseoutcomes()["deselected"] >= 2


def test_without_the_option_everything_runs_and_nothing_is_announced(session):
    result = passed(session("def test_it(): ...\n"))

    result.stdout.no_fnmatch_line("troupe kits:*")
