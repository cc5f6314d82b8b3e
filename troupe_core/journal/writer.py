"""Writing a run: inputs before anything follows from them, events in their logical order."""

import asyncio
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import orjson

from troupe_core.errors import RunFolderError
from troupe_core.journal.digest import RunningDigest
from troupe_core.journal.notebook import Notebook
from troupe_core.journal.tables import FORMAT, TABLES
from troupe_core.values.canonical import canonical
from troupe_core.values.ids import AgentId, Rank
from troupe_core.values.input import Input

__all__ = ["JournalWriter"]

_ABOUT = "insert or replace into about values (?, ?)"
_EVENT = "insert into events values (?, ?, ?, ?, ?, ?, ?)"
_INPUT = "insert into inputs values (?, ?, ?, ?, ?, ?, ?, ?)"


class JournalWriter:
    """The one writer of a run's ``journal.db``.

    Commits are grouped by passes of the event loop: whoever brings an input in the same pass shares one commit,
    and nobody goes on before it is done.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._broken: RunFolderError | None = None
        try:
            _make_empty(folder / "journal.db")
            self._db = sqlite3.connect(folder / "journal.db", isolation_level=None)
            self._db.execute("pragma journal_mode = wal")
            self._db.execute("pragma synchronous = normal")
            self._db.execute("begin")
        except (sqlite3.Error, OSError) as fault:
            raise self._unwritable(fault) from fault
        self._digest = RunningDigest()
        self._waiting: list[asyncio.Future[None]] = []
        self._inputs: list[tuple[Any, ...]] = []

    @property
    def digest(self) -> str:
        """The digest of all events so far."""
        return self._digest.hexdigest()

    def about(self, **facts: Any) -> None:
        """Note facts about the run, by name; they are outside the digest."""
        rows = [(key, canonical(value).decode()) for key, value in facts.items()]
        self._write(_ABOUT, rows)

    def agent(self, rank: Rank, name: AgentId, persona: Any) -> None:
        """Note who has this rank. The persona keeps the order of its words: prompts have it too."""
        self._write("insert into agents values (?, ?, ?)", [(rank, name, orjson.dumps(persona).decode())])

    def append(self, notebooks: Iterable[Notebook]) -> None:
        """Write the events of these stamps. They must come in logical order: step, group, rank, ordinal."""
        rows = []
        for notebook in notebooks:
            notebook.written = True
            for step, group, rank, ordinal, kind, causes, data in notebook.rows:
                self._digest.add(step, group, rank, ordinal, kind, causes, data)
                rows.append((step, group, rank, ordinal, kind, causes, data.decode()))
        self._write(_EVENT, rows)

    async def bring_in(self, brought: Input) -> None:
        """Commit an input. Returns when it is written: only then may anything follow from it."""
        self._inputs.append(_row(brought))
        loop = asyncio.get_running_loop()
        if not self._waiting:
            loop.call_soon(self._commit_inputs)
        written = loop.create_future()
        self._waiting.append(written)
        await written

    def bring_in_durably(self, brought: Input) -> None:
        """Commit an input so that it outlives a power failure: for what must not happen twice."""
        self._do("commit", "pragma synchronous = full", "begin")
        self._write(_INPUT, [_row(brought)])
        self._do("commit", "pragma synchronous = normal", "begin")

    def commit(self) -> None:
        """Commit all that was handed in."""
        self._write_inputs()
        self._commit()

    def snapshot(self, step: int, states: Sequence[tuple[str, str, Any]]) -> None:
        """Keep the states of parts (part, agent or ``""``, state) as they are before `step`."""
        rows = [(step, part, agent, canonical(state).decode()) for part, agent, state in states]
        self._write("insert or replace into snapshots values (?, ?, ?, ?)", rows)

    def close(self) -> None:
        """Commit and let go of the file."""
        try:
            self.commit()
            self._do("commit", "pragma wal_checkpoint(truncate)")
        finally:
            self._db.close()

    def _commit_inputs(self) -> None:
        waiting, self._waiting = self._waiting, []
        try:
            self.commit()
        except RunFolderError as fault:
            for each in waiting:
                if not each.done():
                    each.set_exception(fault)
        else:
            for each in waiting:
                if not each.done():  # a cancelled turn no longer waits
                    each.set_result(None)

    def _write_inputs(self) -> None:
        rows, self._inputs = self._inputs, []
        self._write(_INPUT, rows)

    def _write(self, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
        try:
            self._db.executemany(statement, rows)
        except sqlite3.Error as fault:
            raise self._unwritable(fault) from fault

    def _commit(self) -> None:
        self._do("commit", "begin")

    def _do(self, *statements: str) -> None:
        try:
            for statement in statements:
                self._db.execute(statement)
        except sqlite3.Error as fault:
            raise self._unwritable(fault) from fault

    def _unwritable(self, fault: sqlite3.Error | OSError) -> RunFolderError:
        """The first fault says why; what fails after it only follows."""
        if self._broken is None:
            why = fault.strerror if isinstance(fault, OSError) else fault
            self._broken = RunFolderError(
                f"the journal cannot be written: {why}",
                where=str(self._folder),
                remedy="What was committed is safe. Make room, or give another folder with --out.",
            )
        return self._broken


def _make_empty(file: Path) -> None:
    """A journal without events. Who sees the file sees its tables: it gets its name when they are there."""
    partial = file.with_name(f".{file.name}.partial")
    with closing(sqlite3.connect(partial, isolation_level=None)) as db:
        for statement in ("begin", *TABLES.split(";")):
            db.execute(statement)
        facts = {"format": FORMAT, "status": "running"}
        db.executemany(_ABOUT, [(key, canonical(value).decode()) for key, value in facts.items()])
        db.execute("commit")
    partial.rename(file)


def _row(brought: Input) -> tuple[Any, ...]:
    return (
        brought.step,
        brought.rank,
        brought.purpose,
        brought.ordinal,
        brought.attempt,
        brought.request,
        canonical(brought.payload).decode(),
        brought.seconds,
    )
