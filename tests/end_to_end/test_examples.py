"""The examples are what they say they are: they run offline, tell their story, and tell it twice alike."""

import re
import runpy
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
    assert [text.split()[0] for text in happened] == ["The", "The", "Ludmila", "Elena", "Your"]
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


@pytest.fixture
def interview(capsys):
    """Runs the interview; returns what it prints."""

    def run():
        runpy.run_path(str(EXAMPLES / "interview" / "interview.py"), run_name="__main__")
        return capsys.readouterr().out

    return run


def test_the_interview_is_printed_as_a_protocol(interview):
    printed = interview()

    assert "\nA journalist: Who are you?\nAmara Okafor: My name is Amara Okafor." in printed
    assert re.search(r"\nA journalist: Would you have one at home\?\nAmara Okafor: (?:Yes|No)\.\n", printed)
    assert re.search(r"\nA journalist: Give me three reasons\.\nAmara Okafor:(?:\n  - [A-Z].+[.!?]){3}\n", printed)
    assert re.search(r"\n\* The fridge has just ordered .+\nAmara Okafor: .+", printed)
    assert "# Henrik Lund, afterwards" in printed


def test_whoever_is_asked_again_remembers_what_happened_in_between(interview):
    interview()

    *_, last = Run.open("runs/amara-okafor-1").events(kind="request")
    assert "The fridge has just ordered forty kilos of tomatoes." in str(last.data["messages"])


def test_whoever_is_asked_after_the_panel_remembers_what_was_said(interview):
    interview()

    *said, _ = [line.text for line in Run.open("runs/panel-1").transcript().of("Amara Okafor") if line.kind == "talk"]
    asked = next(Run.open("runs/henrik-lund-1").events(kind="request"))
    assert all(text in str(asked.data["messages"]) for text in said)


def test_the_interview_is_the_same_twice(interview, tmp_path, monkeypatch):
    digests = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        monkeypatch.chdir(tmp_path / name)
        interview()
        digests.append({folder.name: Run.open(folder).digest() for folder in Path("runs").iterdir()})

    assert digests[0] == digests[1]
    assert len(set(digests[0].values())) == 4
