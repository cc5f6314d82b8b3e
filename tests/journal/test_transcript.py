"""The transcript of a run: lines to read, to filter, to show."""

from datetime import datetime

import pytest

from troupe_core.errors import InputError
from troupe_core.journal.run import Run

NASTY = "<script>alert('1')</script>"
SCRIPT = f"""
[[entries]]
agent = "Ann"
actions = [{{ action = "talk", to = "Bob", text = "Tea? {NASTY}" }}, {{ action = "think", text = "He looks tired." }}]
[[entries]]
agent = "Bob"
actions = [{{ action = "talk", to = "Zoe", text = "Who is that?" }}]
"""
STUDY = '[simulation]\nname = "Tea & talk"\nsteps = 3\nstart = 2026-03-02T09:00:00\n'


@pytest.fixture
def run(scripted):
    return scripted(SCRIPT, STUDY)


def test_each_line_says_when_who_to_whom_and_which_event_it_tells(run):
    transcript = run.transcript()

    line = next(each for each in transcript if each.kind == "talk")
    assert (line.step, line.time, line.agent, line.to) == (
        0,
        datetime.fromisoformat("2026-03-02T09:00"),
        "Ann",
        ("Bob",),
    )
    assert line.text == f"Tea? {NASTY}"
    event = next(each for each in run.events() if each.id == line.event)
    assert (event.kind, event.data["text"]) == ("stimulus", line.text)
    assert {each.kind for each in transcript} == {"step", "talk", "thought", "trouble"}


def test_printed_it_reads_like_troupe_show(run, troupe):
    shown = troupe("show", str(run.folder)).out

    assert str(run.transcript()) == shown.partition("\n\nFinished")[0].rstrip("\n")
    assert "Ann → Bob: Tea?" in shown


def test_it_is_a_sequence(run):
    transcript = run.transcript()

    assert len(transcript) == len(list(transcript)) == 12
    assert transcript[0].kind == "step"
    assert list(transcript[1:3]) == [transcript[1], transcript[2]]
    assert repr(transcript) == "<Transcript of Tea & talk: 12 lines>"
    assert repr(transcript[:1]) == "<Transcript of Tea & talk: 1 line>"


def test_of_one_agent(run):
    transcript = run.transcript().of("Bob")

    assert {each.agent for each in transcript if each.kind != "step"} == {"Bob"}
    assert len(transcript) == 6


def test_of_somebody_who_is_not_there(run):
    with pytest.raises(InputError, match='nobody in this run is called "Bobb"\nDid you mean Bob') as nearly:
        run.transcript().of("Bobb")
    with pytest.raises(InputError, match="There are: Ann, Bob"):
        run.transcript().of("Somebody Else")
    assert nearly.value.remedy


def test_in_a_notebook_what_people_say_stays_text(run):
    html = run.transcript()._repr_html_()

    assert "&lt;script&gt;" in html
    assert "<script" not in html
    assert "Tea &amp; talk" in html
    assert "He looks tired." in html


def test_of_a_long_transcript_a_notebook_gets_the_beginning_and_the_number_of_what_is_left_out(scripted):
    script = '[[entries]]\nactions = [{ action = "talk", to = "all", text = "Hm." }]\n'
    transcript = scripted(script, "[simulation]\nsteps = 200\n").transcript()

    html = transcript._repr_html_()

    assert len(transcript) == 600
    assert html.count("Hm.") < 500
    assert "100 more lines" in html
    assert "more line" not in transcript[:500]._repr_html_()


def test_a_run_says_where_it_lies_and_how_far_it_came(run, tmp_path):
    assert repr(run) == f"<Run {run.folder}: finished, 3 steps>"
    (run.folder / "journal.db").write_bytes(b"no journal")
    assert repr(Run(run.folder)) == f"<Run {run.folder}: cannot be read>"


def test_a_run_is_a_card_with_its_figures_its_people_and_how_it_began(run):
    html = run._repr_html_()

    for words in (
        "Tea &amp; talk",
        "finished",
        "Ann, Bob",
        run.digest()[:16],
        "model calls",
        "$0.00",
        "nobody called Zoe",
    ):
        assert words in html
    assert "<details>" in html
    assert "<script" not in html


def test_a_run_that_is_not_over_says_so(run):
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(run.folder / "journal.db", isolation_level=None)) as db:
        db.execute("update about set value = '\"running\"' where key = 'status'")
        db.execute("delete from about where key = 'measured'")

    html = Run.open(run.folder)._repr_html_()

    assert "still running, or cut short" in html
    assert "elapsed" not in html


def test_a_run_without_any_step_can_be_shown_too(tmp_path):
    from troupe_core.journal.writer import JournalWriter

    JournalWriter(tmp_path).close()

    run = Run.open(tmp_path)

    assert repr(run) == f"<Run {tmp_path}: running, 0 steps>"
    assert "simulation" in run._repr_html_()
    assert len(run.transcript()) == 0
