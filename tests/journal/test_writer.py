"""Writing a run: inputs are committed before anything follows from them, in one commit for each pass of the loop."""

import asyncio
import sqlite3
from contextlib import closing

import pytest

from troupe_core.errors import RunFolderError
from troupe_core.journal.notebook import Notebook
from troupe_core.journal.run import Run
from troupe_core.journal.writer import JournalWriter
from troupe_core.values.ids import Rank
from troupe_core.values.input import Input


@pytest.fixture
def writer(tmp_path):
    """A journal in tmp_path."""
    journal = JournalWriter(tmp_path)
    yield journal
    journal._db.close()


@pytest.fixture
def commits(writer):
    """The commits of the journal from here on, as they come."""
    seen = []
    writer._db.set_trace_callback(lambda statement: seen.append(statement) if statement == "commit" else None)
    return seen


def answer(rank, step=0, text="Hello."):
    return Input(step=step, rank=Rank(rank), purpose="turn", ordinal=0, request="hash", payload={"answer": text})


def seen_by_others(folder):
    """The inputs that another connection sees: only what is committed."""
    with closing(sqlite3.connect(folder / "journal.db")) as other:
        return [rank for (rank,) in other.execute("select rank from inputs order by rank")]


def test_an_input_is_committed_when_it_returns(writer, tmp_path):
    async def bring():
        waiting = asyncio.create_task(writer.bring_in(answer(0)))
        await asyncio.sleep(0)
        before = seen_by_others(tmp_path)
        await waiting
        return before, seen_by_others(tmp_path)

    assert asyncio.run(bring()) == ([], [0])


def test_inputs_of_one_pass_of_the_loop_share_a_commit(writer, commits, tmp_path):
    async def bring():
        await asyncio.gather(*(writer.bring_in(answer(rank)) for rank in range(100)))

    asyncio.run(bring())

    assert len(commits) == 1
    assert seen_by_others(tmp_path) == list(range(100))


def test_inputs_that_come_one_after_the_other_have_a_commit_each(writer, commits):
    async def bring():
        for rank in range(5):
            await writer.bring_in(answer(rank))

    asyncio.run(bring())

    assert len(commits) == 5


def test_events_are_committed_with_the_next_input(writer, commits, tmp_path):
    notebook = Notebook(0, -1, Rank(-1), None)
    notebook.add("step", {"present": 1})

    async def go_on():
        writer.append([notebook])
        unseen = list(Run.open(tmp_path).events())
        await writer.bring_in(answer(0))
        return unseen, [event.kind for event in Run.open(tmp_path).events()]

    assert asyncio.run(go_on()) == ([], ["step"])
    assert len(commits) == 1


def test_an_input_is_kept_though_nobody_waits_for_it_any_more(writer, tmp_path):
    async def bring():
        leaving, staying = (asyncio.create_task(writer.bring_in(answer(rank))) for rank in range(2))
        await asyncio.sleep(0)
        leaving.cancel()
        await staying
        return leaving.cancelled() or leaving.cancelling()

    assert asyncio.run(bring())
    assert seen_by_others(tmp_path) == [0, 1]


def test_what_must_not_happen_twice_is_committed_at_once_and_durably(writer, tmp_path):
    levels: list[str] = []
    writer._db.set_trace_callback(levels.append)

    writer.bring_in_durably(answer(0))

    assert seen_by_others(tmp_path) == [0]
    assert "pragma synchronous = full" in levels[: levels.index("commit", levels.index("begin"))]
    assert levels[-2:] == ["pragma synchronous = normal", "begin"]


def test_an_input_that_stands_there_already_is_refused(writer):
    async def bring():
        await writer.bring_in(answer(0))
        await asyncio.gather(*(writer.bring_in(answer(rank)) for rank in (0, 1)))

    with pytest.raises(RunFolderError, match="the journal cannot be written: UNIQUE constraint failed: inputs"):
        asyncio.run(bring())


def test_a_full_disk_is_told_and_what_was_committed_can_be_read(writer, tmp_path):
    asyncio.run(writer.bring_in(answer(0)))
    writer._db.execute("pragma max_page_count = 15")

    with pytest.raises(RunFolderError) as full:
        asyncio.run(writer.bring_in(answer(1, text="x" * 1_000_000)))

    assert str(full.value) == (
        f"{tmp_path}: the journal cannot be written: database or disk is full\n"
        "What was committed is safe. Make room, or give another folder with --out."
    )
    assert [each["payload"] for each in Run.open(tmp_path).inputs()] == [{"answer": "Hello."}]


def test_what_fails_once_the_disk_is_full_says_that_it_was_full(writer):
    writer._db.execute("pragma max_page_count = 15")
    with pytest.raises(RunFolderError):
        asyncio.run(writer.bring_in(answer(1, text="x" * 1_000_000)))

    with pytest.raises(RunFolderError, match="the journal cannot be written: database or disk is full"):
        writer.close()


def test_who_sees_the_file_can_read_it(writer, tmp_path):
    assert [file.name for file in tmp_path.glob("*.partial")] == []
    run = Run.open(tmp_path)
    assert (run.status, list(run.events())) == ("running", [])


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(RunFolderError, match="the journal cannot be written: unable to open database file"):
        JournalWriter(tmp_path / "nowhere")


def test_a_closed_journal_is_one_file(writer, tmp_path):
    asyncio.run(writer.bring_in(answer(0)))

    writer.close()

    assert [file.name for file in tmp_path.iterdir()] == ["journal.db"]
    assert len(list(Run.open(tmp_path).inputs())) == 1
