"""One study that uses a plugin of each kind: what each of them did, and that it is the same each time."""

import json
from pathlib import Path

import pytest

from troupe_core import Run
from troupe_core.discovery import plugins
from troupe_core.discovery.entry_points import installed_entry_points

NEWSROOM = Path(__file__).parents[2] / "docs" / "examples" / "newsroom" / "study.toml"
NEEDED = (
    "chroma",
    "embeddings",
    "conversation",
    "email",
    "web-search",
    "knowledge-graph",
    "vision",
    "network-analysis",
)

MISSING = {f"troupe-{name}" for name in NEEDED} - {entry.distribution for entry in installed_entry_points()}
pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(sorted(MISSING))}")


@pytest.fixture
def press_day(troupe, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def run(out="press-day", *words):
        printed = troupe("run", NEWSROOM, "--out", out, *words)
        assert (printed.status, printed.err) == (0, "")
        return Run.open(out)

    return run


def test_every_plugin_has_a_part_in_it_and_nothing_goes_wrong(press_day):
    run = press_day()

    done = {str(event.data["action"]) for event in run.events(kind="outcome")}
    assert done >= {"put_question", "read_mail", "send_mail", "web_search", "read_page", "lookup", "path", "add_fact"}
    assert [str(event.data) for kind in ("failure", "refusal") for event in run.events(kind=kind)] == []
    assert (run.stats()["turns"], run.stats()["llm"]["provider_calls"]) == (18, 18)
    assert {path.name for path in (run.folder / "report").iterdir()} >= {"network-analysis.json", "transcript.md"}


def test_the_photograph_is_perceived_and_comes_to_mind_again(press_day):
    run = press_day()

    first, *later = [str(event.data["messages"]) for event in run.events(kind="request", agent="Rosa Adeyemi")]
    assert "[A wide picture, 720 × 440 pixels, mostly light blue" in first.partition("# Just now")[2]
    assert any("A wide picture" in text.partition("# Just now")[0] for text in later)


def test_what_a_search_found_and_a_page_said_is_kept_in_the_run(press_day):
    kept = [json.dumps(each["payload"]) for each in press_day().inputs() if each["purpose"] == "read:tools.web-search"]

    assert len(kept) == 3
    assert any("410,000 euros" in each for each in kept)


def test_it_is_the_same_in_another_process_and_whatever_was_installed_first(press_day, start, tmp_path, monkeypatch):
    first = press_day("first").digest()

    process = start("run", str(NEWSROOM), "--out", str(tmp_path / "second"), "--quiet")
    assert process.wait(120) == 0
    monkeypatch.setattr(plugins, "installed_entry_points", lambda: tuple(reversed(installed_entry_points())))

    assert Run.open("second").digest() == first
    assert press_day("third").digest() == first


def test_another_memory_is_one_changed_word(press_day):
    run = press_day("recent", "--set", "memory.use=recent")

    assert run.status == "finished"
    assert not (run.folder / "parts" / "memory" / "chroma.sqlite3").exists()


def test_improvised_it_runs_to_its_end(press_day):
    run = press_day("improvised", "--set", "llm.mode=improv")

    assert (run.status, run.stats()["turns"]) == ("finished", 18)
    assert list(run.events(kind="failure")) == []


def test_a_picture_attached_to_a_mail_is_perceived(troupe, study):
    file = study(
        """
        [simulation]
        steps = 3
        [llm]
        use = "mock"
        mode = "fixed"
        [agent_defaults]
        tools = ["email"]
        perception = ["vision"]
        [tools.email]
        use = "email"
        [[tools.email.mails]]
        at = 1
        sender = "reader@quay-street.example"
        to = ["Ann"]
        subject = "The mill"
        text = "Look at this."
        media = "mill.png"
        [[agents]]
        persona = { name = "Ann" }
        """,
        mill__png=(NEWSROOM.parent / "mill.png").read_bytes(),
    )

    assert troupe("run", file, "--out", "run").status == 0

    told = [str(event.data["percepts"]) for event in Run.open("run").events(kind="percept")]
    assert any("The mill" in each and "A wide picture, 720 × 440 pixels" in each for each in told)
