"""``troupe run --trace-plugins``: which plugin did what, at the end of the run and in ``troupe stats``."""

import json
import re

import pytest

STUDY = """
[simulation]
steps = 2
[llm]
use = "mock"
mode = "fixed"
[[agents]]
persona = { name = "Ann" }
"""


@pytest.fixture
def ann(study):
    """A study of one person, as study.toml in the working directory."""
    return study(STUDY)


def table(printed):
    """The rows of the table of plugins: (plugin, place, call) → calls."""
    lines = printed.out.splitlines()
    first = next(number for number, line in enumerate(lines) if line.startswith("plugin  "))
    rows = [re.split(r" {2,}", line) for line in lines[first:] if re.search(r"\d\.\d\d$", line)]
    return {tuple(row[:3]): int(row[3]) for row in rows}


def test_the_end_of_a_traced_run_shows_which_plugin_did_what(troupe, ann):
    printed = troupe("run", "study.toml", "--trace-plugins", "--out", "here")

    rows = table(printed)
    assert rows["troupe-mock-llm 0.1.0", "llm", "complete"] == 2
    assert rows["troupe-core 0.1.0", "environment", "observe"] == 2
    assert "\nTimes of async methods include waiting, also for others; a call inside another counts in both.\n" in (
        printed.out
    )
    assert printed.out.index("Times of async") < printed.out.index("Finished: 2 steps")


def test_stats_show_it_again_and_most_expensive_first(troupe, ann):
    shown = table(troupe("run", "study.toml", "--trace-plugins", "--out", "here"))

    again = troupe("stats", "here")
    rows = json.loads(troupe("stats", "here", "--json").out)["plugins"]

    assert table(again) == shown
    assert [row["total_ms"] for row in rows] == sorted((row["total_ms"] for row in rows), reverse=True)
    assert set(rows[0]) == {
        "distribution", "version", "kind", "component", "place", "call", "calls", "total_ms", "max_ms",
    }  # fmt: skip


def test_json_has_it_under_plugins(troupe, ann):
    figures = json.loads(troupe("run", "study.toml", "--trace-plugins", "--json").out)

    assert ("llm", "complete") in {(row["place"], row["call"]) for row in figures["plugins"]}


def test_a_run_that_was_not_traced_says_nothing_of_plugins(troupe, ann):
    printed = troupe("run", "study.toml", "--out", "here")

    assert "total ms" not in printed.out + troupe("stats", "here").out
    assert "plugins" not in json.loads(troupe("stats", "here", "--json").out)
