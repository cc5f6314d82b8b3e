"""The kit for analyzers: each sentence of `Analyzer`, tried on runs that were lived through for it."""

import asyncio
import shutil
from collections.abc import Sequence
from functools import cached_property
from hashlib import sha256
from math import isfinite
from pathlib import Path
from typing import Any, ClassVar

import pytest

from troupe_core.journal.findings import as_markdown, write_findings
from troupe_core.journal.run import Run
from troupe_core.testing.conformance import Conformance
from troupe_core.testing.lent.lived_runs import RUNS, Lines, lived_run
from troupe_core.testing.trying.kit_versions import added_in
from troupe_core.testing.trying.resting import rests_on
from troupe_core.values.canonical import canonical
from troupe_core.values.findings import Findings, Table

__all__ = ["AnalyzerConformance"]

_EACH_RUN = (
    "test_a_run_in_which_nobody_says_anything",
    "test_a_run_of_one_person_alone",
    "test_names_and_texts_of_any_kind",
)
"""What must hold before anything can be said of all runs."""


class AnalyzerConformance(Conformance):
    """Derive a class whose name begins with ``Test``; set `component`, or `factory`."""

    kind: ClassVar[str] = "analyzer"

    runs: ClassVar[dict[str, Lines]] = dict(RUNS)
    """What is analysed, by name. A test class may have more talk in it that matters to its analyzer."""

    lived: ClassVar[Path]
    """Where the runs lie, once for all tests of a class; each test has copies."""

    @pytest.fixture(scope="class", autouse=True)
    @classmethod
    def _live(cls, tmp_path_factory: pytest.TempPathFactory) -> None:
        folder = tmp_path_factory.mktemp("runs")
        for name, lines in cls.runs.items():
            asyncio.run(lived_run(lines, folder / name))
        cls.lived = folder

    def run_of(self, name: str) -> Run:
        """A run of this test's own."""
        folder = self.new_folder() / name
        shutil.copytree(self.lived / name, folder)
        return Run.open(folder)

    def analyzed(self, *runs: Run) -> Any:
        """What a new analyzer finds in these runs."""
        return self.tried(lambda analyzer: analyzer.analyze(list(runs)))

    async def exercise(self, part: Any) -> None:
        await part.analyze([self.run_of("talk")])

    async def traces(self, part: Any) -> Any:
        return _as_json(await part.analyze([self._looked_at]))

    @cached_property
    def _looked_at(self) -> Run:
        return self.run_of("alone")

    # ── What is found ────────────────────────────────────────────────────────────────────────────────────────

    @added_in("0.1")
    def test_what_it_finds_are_findings(self) -> None:
        """`analyze` gives `Findings` with a title."""
        found = self.analyzed(self.run_of("talk"))
        self.promise(
            isinstance(found, Findings) and bool(found.title.strip()),
            seen=f"it gave {str(found)[:160]}",
            change='return Findings(title="…", …) from troupe_core.plugin.',
        )

    @added_in("0.1")
    @rests_on(*_EACH_RUN)
    def test_findings_cite_events_that_there_are(self) -> None:
        """A finding cites the events that bear it out: each is in the run's journal."""
        for name in self.runs:
            run = self.run_of(name)
            there = {event.id for event in run.events()}
            cited = {event for each in _findings(self.analyzed(run)) for event in each.events}
            self.promise(
                cited <= there,
                seen=f"in the run {name!r} it cites {sorted(map(str, cited - there))[:5]}, which are no events of it",
                change="cite event.id of what run.events() gave.",
            )

    @added_in("0.1")
    @rests_on(*_EACH_RUN)
    def test_each_row_of_a_table_has_its_cells(self) -> None:
        """A table has rows as long as its columns; cells are texts, finite numbers or None."""
        for name in self.runs:
            for table in _tables(self.analyzed(self.run_of(name))):
                wrong = [row for row in table.rows if not _fits(row, table)]
                self.promise(
                    not wrong,
                    seen=f"in the run {name!r}, the table {table.title!r} has {len(table.columns)} columns, "
                    f"and the row {str(wrong[:1])[:160]}",
                    change="give each row a cell for each column: str, int, float or None; write ratios of nothing as "
                    "None, not as nan.",
                )

    @added_in("0.1")
    @rests_on("test_what_it_finds_are_findings", "test_each_row_of_a_table_has_its_cells", *_EACH_RUN)
    def test_findings_can_be_written_as_a_report(self) -> None:
        """Findings are kept as JSON and as Markdown: figures hold their own data, as JSON can say it."""
        for name in self.runs:
            found = self.analyzed(self.run_of(name))
            told = ""
            try:
                write_findings(self.new_folder(), "findings", found)
                as_markdown(found)
            except Exception as fault:
                told = f"{type(fault).__name__}: {fault}"
            self.promise(
                not told,
                seen=f"what was found in the run {name!r} cannot be written: {told}",
                change="keep to text, finite numbers, None, lists and tables in figures: no dates, no arrays.",
            )
            far = [
                each.title for each in getattr(found, "figures", ()) if '"url"' in canonical(each.vega_lite).decode()
            ]
            self.promise(
                not far,
                seen=f"the figure {far[:1]} takes its data from an address",
                change='put the rows into the figure: {"data": {"values": [...]}}.',
            )

    # ── What it finds them in ────────────────────────────────────────────────────────────────────────────────

    @added_in("0.1")
    def test_runs_are_never_changed(self) -> None:
        """An analyzer reads runs, and never changes them."""
        run = self.run_of("talk")
        before = _hashes(run.folder)
        self.analyzed(run)
        after = _hashes(run.folder)
        changed = sorted({*before.items()} ^ {*after.items()})
        self.promise(
            not changed,
            seen=f"in the run's folder it changed {sorted({name for name, _ in changed})}",
            change="write to the context's folder, if anything must be written; what is found is what `analyze` "
            "returns.",
        )

    @added_in("0.1")
    @rests_on(*_EACH_RUN)
    def test_the_same_runs_give_the_same_findings(self) -> None:
        """What is found depends on the runs alone."""
        for name in self.runs:
            one, other = self.analyzed(self.run_of(name)), self.analyzed(self.run_of(name))
            self.promise(
                _as_json(one) == _as_json(other),
                seen=f"two analyses of the run {name!r} differ",
                change="draw random numbers from context.random(key), take no clock, sort what comes out of sets, and "
                "leave the folder's name out of it.",
            )

    @added_in("0.1")
    def test_a_run_in_which_nobody_says_anything(self) -> None:
        """A run may be empty: there are findings all the same, if only that there is nothing to find."""
        self._is_analyzed("silence")

    @added_in("0.1")
    def test_a_run_of_one_person_alone(self) -> None:
        """A run may have one person in it."""
        self._is_analyzed("alone")

    @added_in("0.1")
    def test_names_and_texts_of_any_kind(self) -> None:
        """Names and texts may be of any script, long, and hold what Markdown, HTML and SQL take for their own."""
        self._is_analyzed("strange")

    @added_in("0.1")
    @rests_on(*_EACH_RUN, "test_what_it_finds_are_findings")
    def test_several_runs_may_be_analyzed(self) -> None:
        """`analyze` takes one run, or the arms and branches of one study."""
        self._is_analyzed("talk", "another talk")

    @added_in("0.1")
    @rests_on("test_the_same_runs_give_the_same_findings", *_EACH_RUN)
    def test_one_analyzer_may_have_several_at_once(self) -> None:
        """What is found in a run does not depend on what else the same analyzer is at."""

        async def story(analyzer: Any) -> tuple[list[str], list[str]]:
            runs = [self.run_of(name) for name in self.runs]
            together = await asyncio.gather(*(analyzer.analyze([run]) for run in runs))
            alone = [await analyzer.analyze([run]) for run in runs]
            return list(map(_as_json, together)), list(map(_as_json, alone))

        together, alone = self.tried(story)
        differing = [name for name, one, other in zip(self.runs, together, alone, strict=True) if one != other]
        self.promise(
            not differing,
            seen=f"the runs {differing} gave other findings while others were analysed",
            change="keep what belongs to one call in local names, not on `self`.",
        )

    @added_in("0.1")
    def test_an_analysis_can_be_broken_off(self) -> None:
        """`CancelledError` passes through."""

        async def story(analyzer: Any) -> bool:
            analyzing = asyncio.create_task(analyzer.analyze([self.run_of("talk")]))
            await asyncio.sleep(0)
            under_way = not analyzing.done()
            analyzing.cancel()
            await asyncio.gather(analyzing, return_exceptions=True)
            return not under_way or analyzing.cancelled()

        self.promise(
            self.tried(story),
            seen="a cancelled analysis went on as if nothing had been",
            change="catch Exception at most: CancelledError is none.",
        )

    def _is_analyzed(self, *names: str) -> None:
        found = self.analyzed(*(self.run_of(name) for name in names))
        self.promise(
            found is not None,
            seen=f"the runs {names} gave {str(found)[:160]}",
            change="return Findings that say that there is nothing to find.",
        )


def _findings(found: Any) -> Sequence[Any]:
    return getattr(found, "findings", ())


def _tables(found: Any) -> Sequence[Any]:
    return getattr(found, "tables", ())


def _fits(row: Sequence[Any], table: Table) -> bool:
    cells = all(cell is None or (isinstance(cell, str | int | float) and _finite(cell)) for cell in row)
    return len(row) == len(table.columns) and cells


def _finite(cell: str | float) -> bool:
    return isinstance(cell, str) or isfinite(cell)


def _as_json(found: Any) -> str:
    return repr(found)


def _hashes(folder: Path) -> dict[str, str]:
    files = (file for file in folder.rglob("*") if file.is_file())
    return {str(file.relative_to(folder)): sha256(file.read_bytes()).hexdigest() for file in files}
