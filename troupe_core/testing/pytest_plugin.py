"""What pytest finds where Troupe is installed: fixtures and options for tests that run simulations.

It is loaded in every test session, so it imports the standard library and pytest alone; all else when it is used.
"""

import sys
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from troupe_core.testing.fixtures.recording import RecordedLLM
    from troupe_core.testing.fixtures.running import TroupeRun
    from troupe_core.testing.fixtures.scripting import ScriptedLLM

__all__ = [
    "isolated_plugins",
    "pytest_addoption",
    "pytest_collection_modifyitems",
    "pytest_report_header",
    "pytest_runtest_makereport",
    "recorded_llm",
    "run_dir",
    "scripted_llm",
    "troupe_run",
]

_CONFORMANCE = ("troupe_core.testing.conformance", "Conformance")
_CAME_TO_ITS_END = pytest.StashKey[bool]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options of Troupe."""
    group = parser.getgroup("troupe", "Troupe")
    group.addoption(
        "--troupe-kits",
        action="store_true",
        help="Run the conformance kits alone: classes of tests derived from those of troupe_core.testing.",
    )
    group.addoption(
        "--troupe-record",
        choices=("once", "none", "all"),
        default=None,
        help="What recorded_llm does. once: record where there is no cassette, replay where there is one (default). "
        "none: replay only, ask no model (default where the variable CI is set). all: record everything anew.",
    )


def pytest_report_header(config: pytest.Config) -> str | None:
    """Which versions the kits try."""
    if not config.getoption("--troupe-kits"):
        return None
    from troupe_core.testing.fixtures.isolation import installed_versions

    return f"troupe kits: {', '.join(installed_versions())}"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep the kits alone, where that is asked for."""
    if config.getoption("--troupe-kits"):
        left_out = [item for item in items if not _is_of_a_kit(item)]
        if left_out:
            items[:] = [item for item in items if _is_of_a_kit(item)]
            config.hook.pytest_deselected(items=left_out)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember that a test came to its end, and let a kit tell in its own words what is wrong.

    A test that was broken off has recorded half of it. The code of a kit is nothing that its author can change; it is
    shown with ``--full-trace``.
    """
    report = yield
    if call.when == "call":
        item.stash[_CAME_TO_ITS_END] = True
    if report.failed and call.excinfo is not None and not item.config.getoption("fulltrace", default=False):
        told = _told_by_a_kit(call.excinfo.value)
        report.longrepr = told if told is not None else report.longrepr
    return report


@pytest.fixture
def run_dir(tmp_path: Path) -> Path:
    """A fresh folder of this test, for the folders of its runs."""
    folder = tmp_path / "runs"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture
def isolated_plugins(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Load only the named plugins (and the core's own) for the rest of the test, in subprocesses too.

    Called with names of distributions::

        isolated_plugins("troupe-mock-llm", "troupe-dice")

    A name that is not installed is an error at once. A plugin that is a file of the study is named by its file:
    ``"my_rules.py"``.
    """
    from troupe_core.testing.fixtures.isolation import allow_list

    def isolate(*names: str) -> None:
        monkeypatch.setenv("TROUPE_PLUGINS", allow_list(names))

    return isolate


@pytest.fixture
def troupe_run(tmp_path: Path, run_dir: Path) -> "TroupeRun":
    """Run a study, and return the finished run (`troupe_core.Run`).

    The study is TOML text, a dict of tables, or the path of a file::

        run = troupe_run('''
            [llm]
            use = "mock"
            [[agents]]
            persona = { name = "Ann" }
        ''', settings=["simulation.steps=2"], files={"notes.txt": "…"})
        assert run.status == "finished"

    Relative paths in text and dicts are those of the test's ``tmp_path``; `files` are written there first. `settings`
    are as behind ``--set``, `llm` is another model (``"mock"``, or what `scripted_llm` and `recorded_llm` return),
    `plugins` an allow list, `out` the run's folder instead of one in `run_dir`. Raises what the run raises.
    """
    from troupe_core.testing.fixtures.running import TroupeRun

    return TroupeRun(tmp_path, run_dir)


@pytest.fixture
def scripted_llm(tmp_path: Path) -> "ScriptedLLM":
    """A model that answers with what the test says, for `troupe_run` and ``Simulation(llm=…)``.

    Called with entries as they stand in a script file: whom and when an answer is for, and the answer::

        llm = scripted_llm([
            {"agent": "Ann", "step": 0, "actions": [{"action": "talk", "to": "all", "text": "Hello!"}]},
            {"actions": [{"action": "wait"}]},
        ])

    Needs the plugin troupe-mock-llm.
    """
    from troupe_core.testing.fixtures.scripting import ScriptedLLM

    return ScriptedLLM(tmp_path)


@pytest.fixture
def recorded_llm(request: pytest.FixtureRequest, tmp_path: Path) -> "Iterator[RecordedLLM]":
    """A model that is asked once: its answers are kept in a cassette beside the test, and replayed ever after.

    Called with a model: its table, `use(…)`, or ``"NAME:MODEL"``::

        run = troupe_run(study, llm=recorded_llm({"use": "openai", "model": "gpt-5-mini"}))

    The cassette is ``cassettes/MODULE/TEST.jsonl``: commit it. It holds answers, no prompts and no keys.
    ``--troupe-record=once|none|all`` says when a model is asked. Needs the plugin troupe-mock-llm.
    """
    from troupe_core.testing.fixtures.recording import RecordedLLM, record_mode

    mode = record_mode(request.config.getoption("--troupe-record"))
    recorded = RecordedLLM(mode, request.path, request.node.nodeid, tmp_path)
    yield recorded
    if request.node.stash.get(_CAME_TO_ITS_END, False):
        recorded.keep()


def _is_of_a_kit(item: pytest.Item) -> bool:
    cls: Any = getattr(item, "cls", None)
    return cls is not None and any((each.__module__, each.__name__) == _CONFORMANCE for each in cls.__mro__)


def _told_by_a_kit(fault: BaseException) -> str | None:
    promises = sys.modules.get("troupe_core.testing.trying.promises")
    if promises is None or not isinstance(fault, promises.BrokenPromise):
        return None
    from troupe_core.testing.trying.own_words import in_its_own_words

    return in_its_own_words(fault)
