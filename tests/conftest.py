"""What all tests share: the command line in this process, studies as text, and a plugin of toys."""

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as property_settings
from the_command import troupe

from troupe_core.discovery import plugins
from troupe_core.discovery.entry_points import installed_entry_points
from troupe_core.journal.run import Run
from troupe_core.simulation.simulation import Simulation

__all__ = ["few_plugins", "play", "scripted", "shared", "start", "study", "talking", "toys", "troupe"]

# No test looks at a clock: not at a slow machine's either.
property_settings.register_profile("troupe", deadline=None, suppress_health_check=[HealthCheck.too_slow])
property_settings.load_profile("troupe")

MODELS = ("troupe-core", "troupe-mock-llm", "troupe-openai")
TOYS = Path(__file__).parent / "toys"
SHARED = Path(__file__).parents[2] / "shared" / "data"

PEOPLE = """
[[agents]]
persona = { name = "Ann", age = 41 }
[[agents]]
persona = { name = "Bob", age = 37 }
"""

TALKING = """
[[entries]]
purpose = "repair"
actions = [{ action = "wait" }]
[[entries]]
actions = [{ action = "talk", to = "all", text = "Good morning!" }]
"""


@pytest.fixture(scope="session", autouse=True)
def _nobody_s_own_choice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What you have disabled for yourself is enabled here."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("config")))
        yield


@pytest.fixture(scope="session", autouse=True)
def _ctrl_c_is_heeded() -> None:
    """What tests start heeds Ctrl-C, also where they run in the background of a script, which lets them ignore it."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def start() -> Iterator[Callable[..., "subprocess.Popen[str]"]]:
    """Starts the command ``troupe`` in a process of its own; what still runs at the end of the test is killed."""
    processes: list[subprocess.Popen[str]] = []

    def process(*words: str, **more: Any) -> "subprocess.Popen[str]":
        command = [sys.executable, "-m", "troupe_core", *map(str, words)]
        ways = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, **more}
        processes.append(subprocess.Popen(command, **ways))
        return processes[-1]

    yield process
    for each in processes:
        each.kill()
        each.communicate()


@pytest.fixture
def few_plugins(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if only the core and its models were installed, whatever else is: for what is told of what is not there."""
    known = tuple(entry for entry in installed_entry_points() if entry.distribution in MODELS)
    monkeypatch.setattr(plugins, "installed_entry_points", lambda: known)


@pytest.fixture
def talking() -> str:
    """A script in which everybody wishes a good morning in every turn."""
    return TALKING


@pytest.fixture
def shared() -> Path:
    """Data that stays outside the project; where it is not there, the test is skipped."""
    if not SHARED.is_dir():
        pytest.skip("the data beside the checkout is not there")
    return SHARED


@pytest.fixture
def toys(monkeypatch: pytest.MonkeyPatch) -> None:
    """The plugin of toys, as if it were installed."""
    monkeypatch.syspath_prepend(str(TOYS))


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Writes a study file, and others beside it, into a folder of its own; the working directory is there too."""
    monkeypatch.chdir(tmp_path)

    def write(text: str, **files: str | bytes) -> Path:
        for name, content in files.items():
            path = tmp_path / name.replace("__", ".")
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        file = tmp_path / "study.toml"
        file.write_text(text, encoding="utf-8")
        return file

    return write


@pytest.fixture
def play(study: Callable[..., Path], tmp_path: Path) -> Callable[..., Run]:
    """Runs a study given as text; returns the run."""
    runs = iter(range(1000))

    def run(text: str, *, settings: Sequence[str] = (), **files: str | bytes) -> Run:
        simulation = Simulation.from_file(study(text, **files), settings=settings)
        return simulation.run_sync(tmp_path / f"run-{next(runs)}")

    return run


@pytest.fixture
def scripted(play: Callable[..., Run]) -> Callable[..., Run]:
    """Runs a study whose people (Ann and Bob, unless it names others) act by the entries of a script."""

    def run(script: str, text: str = "", *, people: str = PEOPLE, **more: Any) -> Run:
        head = "" if "[simulation]" in text else "[simulation]\nsteps = 2\n"
        model = '\n[llm]\nuse = "mock"\nmode = "scripted"\nscript = "script.toml"\n'
        return play(head + text + model + people, script__toml=script, **more)

    return run
