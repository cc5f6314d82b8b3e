"""The examples are what they say they are: they run offline, tell their story, and tell it twice alike."""

import re
from pathlib import Path

import pytest

from troupe_core import Run

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    """Runs go below the working directory."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def evening(troupe):
    """Runs the dinner party, with changes."""

    def run(out, *words):
        printed = troupe("run", EXAMPLES / "dinner-party" / "study.toml", "--out", out, *words)
        assert printed.status == 0, printed.err
        return Run.open(out)

    return run


def test_every_example_says_what_it_is_and_how_to_run_it():
    for folder in EXAMPLES.iterdir():
        assert "docs/examples/" + folder.name in (folder / "README.md").read_text(encoding="utf-8")


def test_at_the_dinner_party_everybody_speaks_and_nothing_goes_wrong(evening):
    run = evening("evening")

    stats = run.stats()
    assert (stats["status"], stats["turns"], stats["llm"]["calls"]) == ("finished", 35, 35)
    lines = run.transcript()
    assert [line for line in lines if line.kind == "trouble"] == []
    spoken = [line for line in lines if line.kind == "talk"]
    assert {line.agent for line in spoken} == set(run.personas)
    assert len({line.text for line in spoken}) == len(spoken)


def test_the_evening_takes_its_course(evening):
    run = evening("evening")

    happened = [line.text for line in run.transcript() if line.kind == "event"]
    assert [text.split()[0] for text in happened] == ["The", "The", "Ludmila", "Nora's", "Elena"]
    times = [line.time for line in run.transcript() if line.kind == "step"]
    assert (f"{times[0]:%H:%M}", f"{times[-1]:%H:%M}") == ("19:30", "21:30")


def test_only_nora_sees_her_telephone(evening):
    run = evening("evening")

    sees = {event.agent for event in run.events(kind="request") if "telephone lights up" in str(event.data["messages"])}
    assert sees == {"Nora Weiss"}


def test_whoever_speaks_has_heard_those_before(evening):
    run = evening("evening")

    first_words = next(line.text for line in run.transcript() if line.kind == "talk")
    second = [event for event in run.events(kind="request") if event.step == 0][1]
    assert f"Elena Marin to all: {first_words}" in str(second.data["messages"])


def test_the_evening_is_the_same_twice_and_another_with_another_seed(evening):
    first, again, other = evening("one"), evening("two"), evening("three", "--set", "simulation.seed=13")

    assert first.digest() == again.digest() != other.digest()


def test_the_transcript_reads_like_a_script(evening):
    evening("evening")

    script = Path("evening/report/transcript.md").read_text(encoding="utf-8")
    assert re.search(r"^\*The wine is spilt", script, re.MULTILINE)
    assert re.search(r"^\*\*Ruth Marin\*\* to Elena Marin: ", script, re.MULTILINE)
    assert re.search(r"^\*Viktor Marin thinks: ", script, re.MULTILINE)
