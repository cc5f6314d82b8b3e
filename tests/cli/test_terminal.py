"""On a terminal: colour, who is speaking, and a bar with steps, calls, elapsed and cost."""

import os
import re

import pytest

pty = pytest.importorskip("pty")

STUDY = """
[simulation]
steps = 4
[llm]
use = "mock"
mode = "scripted"
script = "script.toml"
latency = 0.15
dollars_per_million_prompt_tokens = 1000
[[agents]]
persona = { name = "Ann" }
[[agents]]
persona = { name = "Bob" }
"""

SCRIPT = """
[[entries]]
agent = "Ann"
actions = [{ action = "talk", to = "Bob", text = "Tea?" }, { action = "think", text = "He looks tired." }]
[[entries]]
agent = "Bob"
actions = [{ action = "talk", to = "Zoe", text = "Who is that?" }]
"""

COLOUR = re.compile(r"\x1b\[[0-9;]*m")
CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


@pytest.fixture
def on_terminal(start, study):
    """Runs the command on a terminal of its own; returns all that was written there."""

    def run(*words):
        ours, theirs = pty.openpty()
        environ = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "100"}
        environ.pop("NO_COLOR", None)
        process = start(*words, stdin=theirs, stdout=theirs, stderr=theirs, env=environ)
        os.close(theirs)
        written = b"".join(iter(lambda: _read(ours), b""))
        os.close(ours)
        assert process.wait() == 0
        return written.decode()

    study(STUDY, script__toml=SCRIPT)
    return run


def _read(terminal):
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux says so when the other side has closed
        return b""


def plain(written):
    return CONTROL.sub("", written)


def test_run_shows_who_is_speaking_in_colour(on_terminal):
    written = on_terminal("run", "study.toml")

    assert re.search(r"\x1b\[1;\d+mAnn\x1b", written)
    said = plain(written)
    for line in ("Step 0 · Thursday 1 January 2026, 09:00", "Ann → Bob: Tea?", "Ann thinks: He looks tired."):
        assert line in said
    assert "Bob: could not talk: There is nobody called Zoe here." in said


def test_run_shows_a_bar_with_steps_calls_elapsed_and_cost(on_terminal):
    written = plain(on_terminal("run", "study.toml"))

    bars = re.findall(r"━+ +(\d)/4 steps · (\d+) calls · \$(\d+\.\d+) · (\d:\d\d:\d\d)", written.replace("╺", "━"))
    assert ("0", "0", "0.00", "0:00:00") in bars
    steps, calls, dollars, _ = bars[-1]
    assert (steps, calls) == ("4", "8")
    assert float(dollars) > 0


def test_run_ends_with_what_to_type_next(on_terminal):
    written = plain(on_terminal("run", "study.toml", "--out", "here"))

    assert "Finished: 4 steps, 8 turns, 8 model calls" in written
    assert "read it again   troupe show here" in written


def test_show_has_colour_too(on_terminal):
    on_terminal("run", "study.toml", "--out", "here")

    written = on_terminal("show", "here")

    assert COLOUR.search(written)
    assert "Ann → Bob: Tea?" in plain(written)
    assert "calls ·" not in plain(written)


def test_nothing_but_the_object_is_written_for_json(on_terminal):
    written = on_terminal("run", "study.toml", "--json")

    assert written.startswith('{"run":"runs/simulation-1"')
    assert "\x1b" not in written
