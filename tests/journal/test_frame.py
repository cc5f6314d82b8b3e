"""Runs and transcripts as data frames of pandas and of polars, whichever is installed."""

import json
import sys
from datetime import datetime

import pytest

from troupe_core.errors import TroupeError

SCRIPT = """
[[entries]]
agent = "Ann"
actions = [{ action = "talk", to = "Bob", text = "Tea?" }]
[[entries]]
agent = "Bob"
actions = [{ action = "talk", to = "Zoe", text = "Who is that?" }]
"""
STUDY = "[simulation]\nsteps = 3\nstart = 2026-03-02T09:00:00+01:00\n"
COLUMNS = ["id", "step", "time", "agent", "kind", "action", "status", "to", "text", "causes", "data"]
LIBRARIES = ["pandas", "polars"]


@pytest.fixture
def run(scripted):
    return scripted(SCRIPT, STUDY)


@pytest.fixture(params=LIBRARIES)
def library(request):
    pytest.importorskip(request.param, reason=f"{request.param} is not installed: see `tox run -e notebook`")
    return request.param


def types(frame):
    """The types of its columns, in either library's words."""
    dtypes = frame.dtypes if isinstance(frame.dtypes, list) else list(frame.dtypes)
    return [str(each) for each in dtypes]


def records(frame):
    """Its rows as dicts, with None where nothing stands."""
    if hasattr(frame, "to_dicts"):
        return frame.to_dicts()
    return frame.astype(object).where(frame.notna(), None).to_dict("records")


TYPES = {
    "pandas": ["string", "int64", "datetime64[us]", *["string"] * 8],
    "polars": ["String", "Int64", "Datetime(time_unit='us', time_zone=None)", *["String"] * 8],
}


def test_a_run_is_a_row_an_event(run, library):
    frame = run.to_frame(library=library)

    events = list(run.events())
    assert type(frame).__module__.partition(".")[0] == library
    assert list(frame.columns) == COLUMNS
    assert types(frame) == TYPES[library]
    rows = records(frame)
    assert [row["id"] for row in rows] == [event.id for event in events]
    assert [json.loads(row["data"]) for row in rows] == [event.data for event in events]
    assert [row["agent"] for row in rows] == [event.agent for event in events]
    assert rows[1]["time"] == datetime.fromisoformat("2026-03-02T09:00")


def test_outcomes_say_what_was_done_and_refusals_why_not(run, library):
    done = records(run.to_frame(kind="outcome", agent="Ann", library=library))
    refused = records(run.to_frame(kind="refusal", library=library))

    assert len(done) == len(refused) == 3
    assert {(row["action"], row["status"], row["to"], row["text"]) for row in done} == {("talk", "done", "Bob", "Tea?")}
    assert refused[0]["agent"] == "Bob"
    assert refused[0]["text"].startswith("There is nobody called Zoe here.")


def test_a_frame_without_rows_has_the_same_types(run, library):
    frame = run.to_frame(kind="intent", library=library)

    assert len(frame) == 0
    assert types(frame) == TYPES[library]


def test_a_transcript_is_a_row_a_line(run, library):
    frame = run.transcript().to_frame(library=library)

    assert list(frame.columns) == ["step", "time", "agent", "kind", "to", "text", "event"]
    rows = records(frame)
    assert [row["step"] for row in rows] == [0, 0, 1, 1, 2, 2]
    assert (rows[0]["agent"], rows[0]["to"], rows[0]["text"]) == ("Ann", "Bob", "Tea?")
    assert rows[1]["kind"] == "trouble"
    assert rows[1]["to"] is None


def test_pandas_comes_first(run):
    for name in LIBRARIES:
        pytest.importorskip(name, reason=f"{name} is not installed: see `tox run -e notebook`")

    assert type(run.to_frame()).__module__.startswith("pandas")


def test_polars_comes_where_pandas_is_not(run, monkeypatch):
    pytest.importorskip("polars", reason="polars is not installed: see `tox run -e notebook`")
    monkeypatch.setitem(sys.modules, "pandas", None)

    assert type(run.to_frame()).__module__.startswith("polars")


def test_without_either_it_says_what_to_install(run, monkeypatch):
    for name in LIBRARIES:
        monkeypatch.setitem(sys.modules, name, None)

    with pytest.raises(TroupeError) as fault:
        run.to_frame()
    assert str(fault.value) == (
        "a data frame needs pandas or polars, and neither is installed\n"
        "Install one of them: python -m pip install pandas"
    )
    with pytest.raises(TroupeError, match="polars is not installed\nInstall it: python -m pip install polars"):
        run.transcript().to_frame(library="polars")


def test_an_unknown_library_gets_the_nearest(run):
    with pytest.raises(TroupeError, match=r'there are no frames of "panda"\nDid you mean "pandas"\?'):
        run.to_frame(library="panda")
    with pytest.raises(TroupeError, match="There are: pandas, polars"):
        run.to_frame(library="excel")
