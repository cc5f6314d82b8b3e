"""For each test of the kit for analyzers, an analyzer that breaks this one promise."""

import asyncio
from contextlib import suppress
from typing import Any

from attrs import evolve
from kits.culprits import kits_of
from kits.good_analyzer import GoodAnalyzer

from troupe_core.plugin import EventId, Figure, Finding
from troupe_core.testing import AnalyzerConformance

__all__ = ["BROKEN", "GOOD", "KIT"]

KIT = AnalyzerConformance
GOOD = GoodAnalyzer


class SaysATable(GoodAnalyzer):
    async def analyze(self, runs):
        return {"title": "Who spoke"}


class CitesWhatIsNotThere(GoodAnalyzer):
    def last(self, run):
        return Finding(text="Somebody said it.", events=(EventId("99.1.1"),))


class LeavesCellsOut(GoodAnalyzer):
    def table(self, run):
        table = super().table(run)
        return evolve(table, rows=(*table.rows, ("all",)))


class DrawsWithSets(GoodAnalyzer):
    async def analyze(self, runs):
        rows: Any = [{"people": {"Ann"}}]
        figure = Figure(title="Who", vega_lite={"data": {"values": rows}})
        return evolve(await super().analyze(runs), figures=(figure,))


class WritesIntoTheRun(GoodAnalyzer):
    async def analyze(self, runs):
        (runs[0].folder / "report" / "mine.txt").write_text("I was here.")
        return await super().analyze(runs)


class NamesTheFolder(GoodAnalyzer):
    def last(self, run):
        return evolve(super().last(run), text=f"In {run.folder} somebody spoke.")


class DividesBySpeech(GoodAnalyzer):
    def last(self, run):
        said = len(list(run.events(kind="stimulus")))
        return Finding(text=f"Each thing said was one of {1 / said} parts.")


class WantsTwo(GoodAnalyzer):
    def last(self, run):
        first, second = list(run.personas)[:2]
        return Finding(text=f"{first} and {second} were there.")


class KnowsAscii(GoodAnalyzer):
    def last(self, run):
        return Finding(text=b", ".join(name.encode("ascii") for name in run.personas).decode())


class WantsOneRun(GoodAnalyzer):
    async def analyze(self, runs):
        (run,) = runs
        return await super().analyze([run])


class MixesUpRuns(GoodAnalyzer):
    async def analyze(self, runs):
        self.runs = runs
        await asyncio.sleep(0)
        return await super().analyze(self.runs)


class CannotBeStopped(GoodAnalyzer):
    async def analyze(self, runs):
        with suppress(asyncio.CancelledError):
            await asyncio.sleep(0)
        return await super().analyze(runs)


BROKEN = {
    "test_what_it_finds_are_findings": SaysATable,
    "test_findings_cite_events_that_there_are": CitesWhatIsNotThere,
    "test_each_row_of_a_table_has_its_cells": LeavesCellsOut,
    "test_findings_can_be_written_as_a_report": DrawsWithSets,
    "test_runs_are_never_changed": WritesIntoTheRun,
    "test_the_same_runs_give_the_same_findings": NamesTheFolder,
    "test_a_run_in_which_nobody_says_anything": DividesBySpeech,
    "test_a_run_of_one_person_alone": WantsTwo,
    "test_names_and_texts_of_any_kind": KnowsAscii,
    "test_several_runs_may_be_analyzed": WantsOneRun,
    "test_one_analyzer_may_have_several_at_once": MixesUpRuns,
    "test_an_analysis_can_be_broken_off": CannotBeStopped,
}

globals().update(kits_of(KIT, [GOOD, *BROKEN.values()]))
