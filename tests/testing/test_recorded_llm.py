"""The fixture `recorded_llm`, in real test sessions: a model is asked once, and replayed ever after."""

import pytest

from troupe_core.testing.fixtures.recording import record_mode

pytest_plugins = ["pytester"]

MODULE = "test_{}"
"""What pytester calls the file of an author's tests."""

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

    def run(text, *words):
        pytester.makepyfile(TWO_STEPS + text)
        return pytester.runpytest_subprocess(*words)

    return run


def passed(result, count=1):
    result.assert_outcomes(passed=count)
    return result


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


@pytest.fixture
def cassettes(pytester):
    """The cassettes beside the test, by path."""

    def found():
        folder = pytester.path / "cassettes"
        files = sorted(folder.rglob("*.jsonl"))
        return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in files}

    return found


def test_a_model_is_asked_once_until_it_is_to_be_recorded_anew(session, answers, cassettes):
    answers("wait")
    passed(session(RECORDED))
    first = cassettes()
    answers("leave")

    again = passed(session(RECORDED, "-s", "--troupe-record=none"))

    assert list(first) == [f"{MODULE.format('a_model_is_asked_once_until_it_is_to_be_recorded_anew')}/test_it.jsonl"]
    assert len(next(iter(first.values())).splitlines()) == 3
    again.stdout.fnmatch_lines(["*[[]{'action': 'wait'}[]]*"])
    assert cassettes() == first

    passed(session(RECORDED, "--troupe-record=all"))

    assert list(cassettes()) == list(first)
    assert "leave" in "".join(cassettes().values())
    assert "wait" not in "".join(cassettes().values())


def test_where_nothing_may_be_recorded_a_missing_cassette_is_an_error(session, answers, cassettes):
    answers("wait")

    result = session(RECORDED, "--troupe-record=none")

    result.assert_outcomes(failed=1)
    module = MODULE.format("where_nothing_may_be_recorded_a_missing_cassette_is_an_error")
    result.stdout.fnmatch_lines(
        [
            "E*test_it.jsonl: there is no cassette of this test, and no model is asked (--troupe-record=none)",
            (
                "E*Record it where the model can be reached, then commit the file: pytest --troupe-record=once "
                f'"{module}.py::test_it"'
            ),
        ]
    )
    assert cassettes() == {}


@pytest.mark.parametrize(
    ("option", "ci", "mode"),
    [
        (None, None, "once"),
        (None, "true", "none"),
        (None, "1", "none"),
        (None, "false", "once"),
        ("all", "true", "all"),
    ],
)
def test_where_a_machine_tests_nobody_pays_by_accident(monkeypatch, option, ci, mode):
    if ci is not None:
        monkeypatch.setenv("CI", ci)

    assert record_mode(option) == mode


def test_a_study_that_changed_is_told_to_be_recorded_anew(session, answers):
    answers("wait")
    passed(session(RECORDED))

    result = session(RECORDED.replace("STUDY,", "STUDY.replace('Ann', 'Eva'),"))

    result.stdout.fnmatch_lines(
        ['E*test_it.jsonl: nothing was recorded for agent "Eva", step 0*', "E*pytest --troupe-record=all*"]
    )


def test_each_test_and_each_model_has_a_cassette_of_its_own(session, cassettes):
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

    names = [path.rpartition("/")[2] for path in cassettes()]
    assert names[2:] == ["TestTea.test_it-tea-2.jsonl", "TestTea.test_it-tea.jsonl"]
    assert [name.startswith("TestTea.test_it-strong-coffee-") for name in names[:2]] == [True, True]
    assert len(names) == 4


def test_a_test_that_is_broken_off_leaves_no_half_cassette(session, answers, cassettes):
    answers("wait")

    session(RECORDED + "    raise KeyboardInterrupt\n")

    assert cassettes() == {}


def test_a_test_that_fails_keeps_what_was_paid_for(session, answers, cassettes):
    answers("wait")

    session(RECORDED + "    raise AssertionError\n").assert_outcomes(failed=1)

    assert [path.rpartition("/")[2] for path in cassettes()] == ["test_it.jsonl"]
