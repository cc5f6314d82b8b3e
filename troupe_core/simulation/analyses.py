"""After the last step: what the study's analyzers find, written into the run's ``report/``."""

from troupe_core.config.settings import PartTable
from troupe_core.contracts.analyzer import Analyzer
from troupe_core.contracts.promised import promised, to_await
from troupe_core.errors import is_stop
from troupe_core.journal.defect import problem_of
from troupe_core.journal.findings import write_findings
from troupe_core.journal.run import Run
from troupe_core.simulation.stage import Stage
from troupe_core.values.findings import Findings

__all__ = ["write_reports"]


async def write_reports(stage: Stage) -> None:
    """Let each analyzer read the run; its findings go to ``report/NAME.md`` and ``report/NAME.json``.

    An analyzer that fails is named in a `note`: what was lived is not lost for it.
    """
    stage.journal.commit()
    run = Run.open(stage.folder)
    notes = stage.world_notebook(stage.step + 1)
    for table in stage.study.analyzers:
        analyzer = stage.parts.made[table.place]
        assert isinstance(analyzer, Analyzer)
        try:
            found = promised(await to_await(analyzer.analyze([run]), "analyze"), Findings, "analyze")
            write_findings(stage.folder / "report", _name(stage, table), found)
        except BaseException as defect:
            if is_stop(defect):
                raise
            notes.add("note", {"component": f"{table.place} ({table.use})", "problem": problem_of(defect)})
    stage.write([notes])


def _name(stage: Stage, table: PartTable) -> str:
    """The name of its files: that of the component, with a number where it is used more than once."""
    alike = [each.place for each in stage.study.analyzers if each.use == table.use]
    name = table.use.replace(":", "-")
    return name if len(alike) == 1 else f"{name}-{alike.index(table.place) + 1}"
