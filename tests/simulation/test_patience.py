"""A provider that is busy is asked again; one that stays away stops the run, and nothing that was answered is lost."""

import pytest

from troupe_core.errors import RunStopped
from troupe_core.journal.run import Run

STUDY = """
[simulation]
steps = 3
[execution]
concurrency = 1
patience = "{patience}"
[llm]
use = "busy"
{busy}
[[agents]]
persona = {{ name = "Ann" }}
[[agents]]
persona = {{ name = "Bob" }}
"""


def busy_study(busy, patience="10s"):
    return STUDY.format(busy=busy, patience=patience)


def test_whoever_is_turned_away_asks_again_after_what_the_provider_says(play, toys):
    run = play(busy_study("times = 3\nretry_after = 0"))

    llm = run.stats()["llm"]
    assert (run.status, llm["calls"], llm["provider_calls"], llm["retries"]) == ("finished", 6, 12, 6)
    assert len(list(run.inputs())) == 6


def test_where_the_provider_does_not_say_when_the_run_waits_a_little(play, toys):
    run = play(busy_study("times = 1"))

    assert (run.status, run.stats()["llm"]["retries"]) == ("finished", 2)


def test_waiting_changes_nothing_of_what_happens(play, toys):
    assert play(busy_study("times = 2\nretry_after = 0")).digest() == play(busy_study("times = 0")).digest()


@pytest.mark.parametrize("busy", ["times = 1", "times = 1\nretry_after = 60", "times = 1000\nretry_after = 0"])
def test_a_provider_that_stays_away_stops_the_run(play, toys, tmp_path, busy):
    patience = "2s" if "1000" in busy else "0s"

    with pytest.raises(RunStopped) as stop:
        play(busy_study(f"{busy}\nfrom_step = 1", patience))

    assert stop.value.what.startswith("the provider of [llm] stays away: ")
    assert "[execution] patience" in str(stop.value)
    run = Run.open(tmp_path / "run-0")
    assert run.status == "stopped"
    assert str(run.reason).startswith("the provider of [llm] stays away: ")
    assert [each["step"] for each in run.inputs()] == [0, 0]
    assert list(run.events(kind="failure")) == []


def test_once_somebody_has_given_up_nobody_else_waits(play, toys, tmp_path):
    with pytest.raises(RunStopped, match="stays away: nobody answers"):
        play(busy_study("times = 1000", "0s"))

    assert Run.open(tmp_path / "run-0").stats()["llm"]["provider_calls"] == 1


def test_the_command_line_says_so_and_ends_with_status_3(study, troupe, toys):
    text = STUDY.format(busy="times = 1000", patience="0s")

    printed = troupe("run", str(study(text)), "--out", "run")

    assert printed.status == 3
    assert "the provider's address: the provider of [llm] stays away: nobody answers" in printed.err
    assert "Stopped: 1 step, 0 turns" in printed.out


def test_who_watches_is_told_why_the_run_waits_and_once(study, troupe, toys):
    text = STUDY.format(busy="times = 4\nretry_after = 0", patience="10s")

    printed = troupe("run", str(study(text)), "--out", "run")

    assert printed.status == 0
    assert printed.err.count("waiting for the model's provider: too many requests") == 2
    assert "waiting" not in printed.out
