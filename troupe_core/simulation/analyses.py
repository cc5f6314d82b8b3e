"""After the last step: what the study's analyzers find, written into the run's ``report/``."""

from pathlib import Path

from attrs import asdict

from troupe_core.config.settings import PartTable
from troupe_core.contracts.analyzer import Analyzer
from troupe_core.contracts.promised import promised
from troupe_core.journal.defect import problem_of
from troupe_core.journal.run import Run
from troupe_core.simulation.stage import Stage
from troupe_core.values.canonical import canonical
from troupe_core.values.findings import Findings, Table

__all__ = ["as_markdown", "write_reports"]


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
            found = promised(await analyzer.analyze([run]), Findings, "analyze")
            _write(stage.folder / "report", _name(stage, table), found)
        except Exception as defect:
            notes.add("note", {"component": f"{table.place} ({table.use})", "problem": problem_of(defect)})
    stage.write([notes])


def _name(stage: Stage, table: PartTable) -> str:
    """The name of its files: that of the component, with a number where it is used more than once."""
    alike = [each.place for each in stage.study.analyzers if each.use == table.use]
    name = table.use.replace(":", "-")
    return name if len(alike) == 1 else f"{name}-{alike.index(table.place) + 1}"


def _write(folder: Path, name: str, findings: Findings) -> None:
    (folder / f"{name}.md").write_text(as_markdown(findings), encoding="utf-8")
    (folder / f"{name}.json").write_bytes(canonical(asdict(findings)))


def as_markdown(findings: Findings) -> str:
    """Findings as a page of Markdown."""
    parts = [f"# {findings.title}", findings.prose]
    parts += [
        f"- {each.text} ({', '.join(each.events)})" if each.events else f"- {each.text}" for each in findings.findings
    ]
    parts += [_table(table) for table in findings.tables]
    return "\n\n".join(part for part in parts if part) + "\n"


def _table(table: Table) -> str:
    rows = [table.columns, tuple("---" for _ in table.columns), *table.rows]
    lines = [f"| {' | '.join(_cell(cell) for cell in row)} |" for row in rows]
    return "\n".join([f"## {table.title}", "", *lines])


def _cell(value: object) -> str:
    return "" if value is None else str(value).replace("|", "\\|").replace("\n", " ")
