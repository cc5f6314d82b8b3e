"""A run whose process is killed: everything that was paid for is there, and is counted."""

from contextlib import suppress

import pytest

from troupe_core.errors import RunFolderError
from troupe_core.journal.run import Run

STUDY = """
[simulation]
steps = 1000
[llm]
use = "mock"
mode = "fixed"
latency = 0.01
dollars_per_million_prompt_tokens = 1000
[[agents]]
persona = { name = "Ann" }
[[agents]]
persona = { name = "Bob" }
"""


@pytest.fixture
def killed(start, study):
    """A run that was killed in the middle, in the folder ``here``."""
    process = start("run", study(STUDY), "--out", "here", "--quiet")
    while process.poll() is None:
        with suppress(RunFolderError):  # not there yet
            if sum(1 for _ in Run.open("here").inputs()) >= 20:
                process.kill()
    assert process.returncode == -9
    return Run.open("here")


def test_it_can_be_read_and_its_figures_are_the_sums_of_its_inputs(killed):
    inputs = list(killed.inputs())
    figures = killed.stats()

    usage = [each["payload"]["usage"] for each in inputs]
    assert len(usage) >= 20
    assert figures["status"] == "running"
    assert figures["llm"] == {
        "calls": len(inputs),
        "provider_calls": len(inputs),
        "cache_hits": 0,
        "retries": 0,
        "prompt_tokens": sum(prompt for prompt, _, _ in usage),
        "completion_tokens": sum(completion for _, completion, _ in usage),
        "dollars": pytest.approx(sum(dollars for _, _, dollars in usage)),
    }
    assert [figures[name] for name in ("wall_s", "cpu_s", "peak_rss_mb")] == [None, None, None]


def test_nothing_stands_in_the_journal_without_the_input_it_follows_from(killed):
    paid = {(each["step"], each["rank"]) for each in killed.inputs()}
    lived = {(event.step, event.rank) for event in killed.events(kind="answer")}

    assert lived
    assert lived <= paid


def test_the_command_line_tells_of_it(killed, troupe):
    assert troupe("show", "here").out.splitlines()[-1].startswith("Still running, or cut short: ")
    assert "\nwall s                 not known\n" in troupe("stats", "here").out
    assert troupe("digest", "here").out.strip() == killed.digest()
