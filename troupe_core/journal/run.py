"""A run on disk, to read."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from troupe_core.errors import RunFolderError
from troupe_core.journal.blobs import Blobs
from troupe_core.journal.digest import RunningDigest
from troupe_core.journal.figures import counted
from troupe_core.journal.frame import EVENT_COLUMNS, LibraryName, event_rows, frame
from troupe_core.journal.measured import MEASURED, is_measured, is_traced, measured_from_inputs
from troupe_core.journal.narration import TOLD
from troupe_core.journal.rows import EVENT_ROW, INPUT_ROW, as_json, event_of, input_of, persona_of, state_of
from troupe_core.journal.tables import FORMAT
from troupe_core.journal.transcript import Transcript, told
from troupe_core.values.event import Event, EventKind
from troupe_core.values.ids import AgentId
from troupe_core.values.json import JSONObject
from troupe_core.values.persona import Persona

__all__ = ["Run"]

T = TypeVar("T")

_PAGE = 500
_IN_ORDER = "order by step, grp, events.rank, ordinal"


class Run:
    """A run on disk. Reading never changes it, and may go on while it is still being written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def open(cls, folder: str | Path) -> "Run":
        """The run in this folder. Raises `RunFolderError` where there is none, or one of a newer Troupe."""
        path = Path(folder)
        if not (path / "journal.db").is_file():
            raise RunFolderError(
                _why_no_run(path),
                where=str(path),
                remedy="A run folder holds journal.db; troupe run says at its end where it lies.",
            )
        run = cls(path)
        run._check_format()
        return run

    def __repr__(self) -> str:
        """Where it lies, how it ended, and how far it came: three rows are read."""
        try:
            first, last = (self._step_at(order) for order in ("", "desc"))
            lived = 0 if first is None or last is None else last - first + 1
            return f"<Run {self.folder}: {self.status}, {counted(lived, 'step')}>"
        except RunFolderError:
            return f"<Run {self.folder}: cannot be read>"

    def _repr_html_(self) -> str:
        from troupe_core.journal.drawn import run_card

        return run_card(self)

    @property
    def id(self) -> str:
        """What names it to whatever is outside: no other run has it. Not part of the digest."""
        return str(self._about("id"))

    @property
    def status(self) -> str:
        """``running`` (or killed), ``finished``, ``stopped``, ``interrupted`` or ``failed``."""
        return str(self._about("status"))

    @property
    def reason(self) -> str | None:
        """Why it ended, where there is something to say."""
        reason = self._about("reason")
        return None if reason is None else str(reason)

    @cached_property
    def config(self) -> JSONObject:
        """The study as it was resolved."""
        config = self._about("config")
        return config if isinstance(config, dict) else {}

    @property
    def home(self) -> Path:
        """What paths in the study are relative to, as far as it still lies where it was run from."""
        return self.folder / str(self._about("home") or ".")

    @property
    def plugin_files(self) -> Mapping[str, str]:
        """The plugins that were files of the study, as it names them, each with the SHA-256 of its content then."""
        files = self._about("plugin_files")
        return files if isinstance(files, dict) else {}

    @property
    def name(self) -> str:
        """What the simulation is called."""
        simulation = self.config.get("simulation")
        return str(simulation.get("name", "simulation")) if isinstance(simulation, dict) else "simulation"

    @cached_property
    def personas(self) -> Mapping[AgentId, Persona]:
        """Everybody who ever was in it, in order of rank."""
        return dict(self._read(persona_of, "select name, persona from agents order by rank"))

    def events(self, *, kind: EventKind | None = None, agent: str | None = None) -> Iterator[Event]:
        """The journal in its logical order; of one kind, of one agent."""
        yield from self._events(*_conditions(kind, agent))

    def told_events(self) -> Iterator[Event]:
        """The events that there may be something to read about, in logical order: the long requests stay on disk."""
        yield from self._events(f"where kind in ({', '.join('?' * len(TOLD))})", TOLD)

    def transcript(self) -> Transcript:
        """What was said and done, line by line: ``print`` it, show it in a notebook, filter it."""
        return Transcript(self.name, tuple(self.personas), tuple(told(self.told_events())))

    def to_frame(
        self, *, kind: EventKind | None = None, agent: AgentId | str | None = None, library: LibraryName | None = None
    ) -> Any:
        """One row an event, of one kind, of one agent: a frame of pandas, or of polars where only that is installed.

        The columns are `id`, `step`, `time` (simulated), `agent` (missing for the world), `kind`, `action`, `status`
        (of an outcome: ``done`` and others), `to`, `text` (what was said, or what went wrong), `causes` (ids with
        spaces between) and `data` (all of the event, as JSON). `library` chooses ``"pandas"`` or ``"polars"``.
        Raises `TroupeError` where it is not installed.
        """
        times = {event.step: datetime.fromisoformat(str(event.data["time"])) for event in self.events(kind="step")}
        chosen = self.events(kind=kind, agent=None if agent is None else AgentId(agent))
        return frame(EVENT_COLUMNS, event_rows(chosen, times), library)

    def _events(self, where: str, values: Sequence[str]) -> Iterator[Event]:
        query = f"select {EVENT_ROW} from events left join agents on agents.rank = events.rank {where} {_IN_ORDER}"
        yield from self._read(event_of, query, values)

    def inputs(self) -> Iterator[dict[str, Any]]:
        """Everything that came from outside, in order of step and rank."""
        order = "order by step, rank, purpose, ordinal, attempt"
        yield from self._read(input_of, f"select {', '.join(INPUT_ROW)} from inputs {order}")

    def snapshots(self) -> Mapping[int, list[tuple[str, str, Any]]]:
        """The states that were kept, by step: (part, agent or ``""``, state)."""
        kept: dict[int, list[tuple[str, str, Any]]] = {}
        query = "select step, part, agent, state from snapshots order by step, part, agent"
        for step, part, agent, state in self._read(state_of, query):
            kept.setdefault(step, []).append((part, agent, state))
        return kept

    def states_before(self, step: int) -> list[tuple[str, str, Any]]:
        """The newest states kept for each part and agent at this step or before: (part, agent or ``""``, state)."""
        newest: dict[tuple[str, str], Any] = {}
        for kept_at, states in sorted(self.snapshots().items()):
            if kept_at <= step:
                newest.update({(part, agent): state for part, agent, state in states})
        return [(part, agent, state) for (part, agent), state in newest.items()]

    def blob(self, ref: str) -> bytes:
        """The bytes of a picture, a sound, a document. Raises `KeyError`."""
        return Blobs(self.folder / "blobs").get(ref)

    def digest(self) -> str:
        """The digest, computed from the journal as it lies on disk; 64 hexadecimal digits."""
        digest = RunningDigest()
        for row in self._rows(f"select step, grp, rank, ordinal, kind, causes, data from events {_IN_ORDER}"):
            digest.add(*row)
        return digest.hexdigest()

    def stats(self) -> dict[str, Any]:
        """What the run took: the object that ``troupe stats --json`` prints. ``plugins`` is there if it was traced."""
        ((steps, turns, events),) = self._rows(
            "select count(*) filter (where kind = 'step'), count(*) filter (where kind = 'decision'), count(*)"
            " from events"
        )
        taken = self._measured()
        return {
            "run": str(self.folder),
            "digest": self.digest(),
            "status": self.status,
            "steps": steps,
            "turns": turns,
            "events": events,
            **{key: taken[key] for key in MEASURED},
            **self._traced(),
        }

    def _step_at(self, order: str) -> int | None:
        """The first step, or the last."""
        rows = list(self._rows(f"select step from events where kind = 'step' order by step {order} limit 1"))
        return int(rows[0][0]) if rows else None

    def _measured(self) -> dict[str, Any]:
        """For a run that goes on, or was killed before it could write its sums: what its inputs tell."""
        measured = self._about("measured")
        try:
            measured = measured_from_inputs(self.inputs()) if measured is None else measured
        except (TypeError, ValueError) as fault:
            raise self._unreadable(f"the usage of an answer: {fault}") from fault
        if not is_measured(measured):
            raise self._unreadable("what it took is not all there")
        return dict(measured)

    def _traced(self) -> dict[str, Any]:
        """The times of plugins, where the run was traced."""
        rows = self._about("traced")
        if rows is not None and not is_traced(rows):
            raise self._unreadable("the times of plugins are not all there")
        return {} if rows is None else {"plugins": rows}

    def _about(self, key: str) -> Any:
        rows = list(self._rows("select value from about where key = ?", (key,)))
        try:
            return as_json(rows[0][0], key) if rows else None
        except ValueError as fault:
            raise self._unreadable(str(fault)) from fault

    def _read(self, read: Callable[[tuple[Any, ...]], T], query: str, values: Sequence[str] = ()) -> Iterator[T]:
        """What the rows of a query stand for."""
        for row in self._rows(query, values):
            try:
                value = read(row)
            except ValueError as fault:
                raise self._unreadable(str(fault)) from fault
            yield value

    def _rows(self, query: str, values: Sequence[str] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of a query, a page at a time. The file is open while they are read, and not longer."""
        address = f"{(self.folder / 'journal.db').resolve().as_uri()}?mode=ro"
        try:
            with closing(sqlite3.connect(address, uri=True)) as db:
                cursor = db.execute(query, values)
                while page := cursor.fetchmany(_PAGE):
                    yield from page
        except (sqlite3.Error, UnicodeDecodeError) as fault:
            raise self._unreadable(str(fault)) from fault

    def _unreadable(self, why: str) -> RunFolderError:
        return RunFolderError(
            f"journal.db cannot be read: {why}",
            where=str(self.folder),
            remedy="It is damaged, or was never the journal of a run.",
        )

    def _check_format(self) -> None:
        found = self._about("format")
        if not isinstance(found, int):
            raise self._unreadable("it does not say its format")
        if found > FORMAT:
            raise RunFolderError(
                f"this run is written in format {found}, and this Troupe reads up to {FORMAT}",
                where=str(self.folder),
                remedy="Upgrade with: pip install --upgrade troupe-core",
            )


def _why_no_run(path: Path) -> str:
    if path.is_dir():
        return "there is no run in this folder"
    return "this is a file, expected the folder of a run" if path.exists() else "there is no such folder"


def _conditions(kind: EventKind | None, agent: str | None) -> tuple[str, list[str]]:
    conditions = {"kind = ?": kind, "name = ?": agent}
    used = {sql: value for sql, value in conditions.items() if value is not None}
    return (f"where {' and '.join(used)}" if used else ""), [str(value) for value in used.values()]
