"""What has to be told while it happens, and what only a process of its own can show."""

import json
import logging
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from installing import Site
from zoo.conftest import ALLOWED, NEEDING, ROARS, SCRIPT, SOUND, notes

from troupe_core.discovery import slow_import
from troupe_core.discovery.plugins import Plugins
from troupe_core.discovery.selection import Selection
from troupe_core.journal.run import Run
from troupe_core.simulation import watchdog
from troupe_core.simulation.simulation import Simulation

OFFERS = """
from troupe_core.plugin import Component, hookimpl
@hookimpl
def troupe_tools():
    return [Component(name="beast", summary="Roars.", factory="troupe_beast_part:Beast")]
"""

ROARING = '''
import asyncio, logging, os, threading, time
from troupe_core.plugin import Tool, action

class Beast(Tool):
    @action
    {colour} roar(self, turn, names: list[str]) -> str:
        """Roar."""
        {body}
        return "Roar!"
'''

BEAST = "block_until_named()\nfrom troupe_core.plugin import Tool\nclass Beast(Tool): ...\n"

UNTIL_NAMED = """
import logging, threading

class Ear(logging.Handler):
    def __init__(self):
        super().__init__()
        self.heard = threading.Semaphore(0)

    def emit(self, record):
        self.heard.release()

blocked = []

def block_until_named(times=1):
    if blocked:
        return
    blocked.append(True)
    ear = Ear()
    logging.getLogger("troupe").addHandler(ear)
    for _ in range(times):
        ear.heard.acquire(timeout=60)
    logging.getLogger("troupe").removeHandler(ear)
"""


@pytest.fixture(autouse=True)
def _dice(site: Site) -> None:
    site.install_dice()


@pytest.fixture
def beside(site: Site, study: Callable[..., Path]) -> Callable[..., Any]:
    """Runs the command in a process of its own, with what is installed in the site."""

    def command(*words: str, **more: Any) -> "subprocess.Popen[str]":
        study(SOUND + NEEDING["tool"], script__toml=ROARS)
        return subprocess.Popen(
            [sys.executable, "-m", "troupe_core", *words],
            env={**os.environ, "PYTHONPATH": str(site.folder), "TROUPE_PLUGINS": ALLOWED, "PYTHONWARNINGS": "default"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            **more,
        )

    return command


def done(process: "subprocess.Popen[str]") -> tuple[int, str, str]:
    out, err = process.communicate(timeout=120)
    return process.returncode, out, err


# ── Imports that hang ────────────────────────────────────────────────────────────────────────────────────────


def test_an_import_that_hangs_is_named_on_the_terminal_while_it_hangs(
    site: Site, tmp_path: Path, beside: Callable[..., Any]
) -> None:
    go_on = tmp_path / "go on"
    hangs = f"import os, time\nwhile not os.path.exists({str(go_on)!r}):\n    time.sleep(0.02)\n"
    site.install("troupe-beast", hangs + OFFERS)

    process = beside("plugins", "list", "--json")
    named = process.stderr.readline()
    still_hanging = process.poll() is None
    go_on.touch()
    status, out, rest = done(process)

    assert still_hanging
    file = re.escape(site.file("troupe-beast"))
    assert re.fullmatch(
        rf"troupe: still importing troupe-beast 1\.0 \({file}\), \d s\. Ctrl-C ends it; "
        r'to do without it: \[plugins\] disable = \["troupe-beast"\]\n',
        named,
    )
    assert {row["distribution"] for row in json.loads(out) if row["kind"] == "tool"} == {"troupe-beast", "troupe-dice"}
    assert (status, rest) == (0, "")


def test_a_part_whose_import_hangs_is_named_with_its_file(
    site: Site, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(slow_import, "OF_LIBRARIES", 0.05)
    site.install("troupe-beast", OFFERS, part=UNTIL_NAMED + BEAST)
    plugins = Plugins.discover(Selection(only=("troupe-beast",)))

    plugins.make(plugins.find("tool", "beast"), None)

    part = site.file("troupe-beast").replace(".py", "_part.py")
    assert caplog.messages[0].startswith(f"troupe: still importing troupe-beast 1.0 ({part}), 0 s. Ctrl-C ends it; ")


def test_an_import_that_goes_on_hanging_is_named_again(
    site: Site, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(slow_import, "PATIENCE", 0.05)
    site.install("troupe-beast", f"{UNTIL_NAMED}block_until_named(2)\n{OFFERS}")

    Plugins.discover(Selection(only=("troupe-beast",)))

    assert len(caplog.messages) >= 2


# ── Parts and observers that hold everybody up ───────────────────────────────────────────────────────────────


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is given more than a twentieth of a second."""
    monkeypatch.setattr(watchdog, "PATIENCE", 0.05)


def named(messages: list[str]) -> list[str]:
    """What was said of the beast: on a machine that is busy enough, even the model may be named by the impatient."""
    return [message for message in messages if "troupe-beast" in message]


def blocking(site: Site, colour: str, body: str) -> None:
    site.install("troupe-beast", OFFERS, part=UNTIL_NAMED + ROARING.format(colour=colour, body=body))


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("colour", ["def", "async def"])
def test_a_part_that_holds_everybody_up_is_named_at_once_and_in_the_journal(
    site: Site, live: Callable[..., Run], colour: str, caplog: pytest.LogCaptureFixture
) -> None:
    blocking(site, colour, "block_until_named()")

    run = live(NEEDING["tool"], ROARS)

    part = site.file("troupe-beast").replace(".py", "_part.py")
    (said,) = named(caplog.messages)
    assert said.startswith("troupe: tools.beast of troupe-beast 1.0 holds everybody up, for 0.")
    assert f" s now (block_until_named, {part}, line 21). " in said
    assert said.endswith("What takes time has to be awaited; blocking code goes through in_thread")
    (note,) = notes(run)
    assert note.data["component"] == "tools.beast of troupe-beast 1.0"
    assert str(note.data["problem"]).startswith("held everybody up, for ")
    assert str(note.data["problem"]).endswith(f" s (block_until_named, {part}, line 21)")


@pytest.mark.usefixtures("impatient")
def test_being_named_changes_nothing_of_what_happened(site: Site, live: Callable[..., Run]) -> None:
    blocking(site, "def", "os.environ.get('BLOCKS') and block_until_named()")
    quick = live(NEEDING["tool"], ROARS)
    os.environ["BLOCKS"] = "yes"
    try:
        slow = live(NEEDING["tool"], ROARS)
    finally:
        del os.environ["BLOCKS"]

    assert notes(quick) == []
    assert [note.data["component"] for note in notes(slow)] == ["tools.beast of troupe-beast 1.0"]
    assert slow.digest() == quick.digest()


@pytest.mark.usefixtures("impatient")
def test_an_observer_that_holds_everybody_up_is_named_by_its_plugin(
    site: Site, live: Callable[..., Run], caplog: pytest.LogCaptureFixture
) -> None:
    hook = "from troupe_core.plugin import hookimpl\n@hookimpl\ndef troupe_step_finished(): block_until_named()\n"
    site.install("troupe-beast", UNTIL_NAMED + hook)

    live()

    assert named(caplog.messages)[0].startswith("troupe: troupe-beast 1.0 holds everybody up, for ")


@pytest.mark.usefixtures("impatient")
def test_who_awaits_holds_nobody_up(site: Site, live: Callable[..., Run], caplog: pytest.LogCaptureFixture) -> None:
    blocking(site, "async def", "await asyncio.sleep(0.3)")

    run = live(NEEDING["tool"], ROARS)

    assert named(caplog.messages) == []
    assert notes(run) == []


def test_it_is_told_on_standard_error_while_it_happens(site: Site, tmp_path: Path, beside: Callable[..., Any]) -> None:
    go_on = tmp_path / "go on"
    blocking(site, "def", f"while not os.path.exists({str(go_on)!r}): time.sleep(0.02)")

    process = beside("run", "study.toml", "--json")
    named = process.stderr.readline()
    go_on.touch()
    status, out, rest = done(process)

    assert named.startswith("troupe: tools.beast of troupe-beast 1.0 holds everybody up, for ")
    assert (status, json.loads(out)["turns"], rest) == (0, 2, "")


# ── Standard output ──────────────────────────────────────────────────────────────────────────────────────────

SHOUTS = 'os.write(1, b"one\\n"); print("two"); os.system("echo three")'


@pytest.mark.parametrize("option", ["--json", "--quiet"])
def test_what_parts_print_in_every_way_stays_off_standard_output(
    site: Site, beside: Callable[..., Any], option: str
) -> None:
    site.install(
        "troupe-beast",
        f"import os\n{SHOUTS}\n{OFFERS}@hookimpl\ndef troupe_step_started(): {SHOUTS}\n",
        part=f"import os\n{SHOUTS}\n" + ROARING.format(colour="async def", body=SHOUTS),
    )

    status, out, err = done(beside("run", "study.toml", option, "--out", "here"))

    assert (status, json.loads(out)["run"] if option == "--json" else out) == (
        0,
        "here" if option == "--json" else "here\n",
    )
    assert sorted(err.splitlines()) == ["one"] * 6 + ["three"] * 6 + ["two"] * 6


def test_a_warning_on_import_is_told_apart_from_the_output(site: Site, beside: Callable[..., Any]) -> None:
    site.install("troupe-beast", f"import warnings\nwarnings.warn('I am old')\n{OFFERS}")

    status, out, err = done(beside("plugins", "list", "--json"))

    assert status == 0
    assert {row["distribution"]: row["state"] for row in json.loads(out)}["troupe-beast"] == "active"
    assert "UserWarning: I am old" in err


# ── Ctrl-C, or what looks like it ────────────────────────────────────────────────────────────────────────────


def test_a_part_that_pretends_to_be_ctrl_c_ends_the_run_as_ctrl_c_does(site: Site, beside: Callable[..., Any]) -> None:
    blocking(site, "def", "raise KeyboardInterrupt")

    status, out, err = done(beside("run", "study.toml", "--json", "--out", "here"))

    run = Run.open("here")
    assert (status, run.status, json.loads(out)["status"]) == (130, "interrupted", "interrupted")
    assert "Traceback" not in err


# ── Nobody listens ───────────────────────────────────────────────────────────────────────────────────────────


def test_nothing_is_called_where_nobody_listens(
    site: Site, study: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[str] = []
    notify = Plugins.notify

    def counting(self: Plugins, hook_name: str, argument: object) -> Any:
        counted.append(hook_name)
        return notify(self, hook_name, argument)

    monkeypatch.setattr(Plugins, "notify", counting)
    file = study(SOUND, script__toml=SCRIPT)

    run = Simulation.from_file(file, plugins="troupe-mock-llm").run_sync("silent")
    in_silence = list(counted)
    site.install(
        "troupe-beast", "from troupe_core.plugin import hookimpl\n@hookimpl\ndef troupe_event_recorded(): ...\n"
    )
    Simulation.from_file(file, plugins=ALLOWED.replace("troupe-dice,", "")).run_sync("heard")

    assert in_silence == []
    assert counted == ["troupe_event_recorded"] * len(list(run.events()))


def test_the_logger_is_quiet_where_nothing_is_wrong(
    site: Site, live: Callable[..., Run], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "troupe")

    live(plugins="troupe-dice,troupe-mock-llm")

    assert caplog.messages == []
