"""After the run: what the study's analyzers find, written into its ``report/``."""

from collections.abc import Sequence

from attrs import asdict

from troupe_core.config.settings import PartTable
from troupe_core.contracts.analyzer import Analyzer
from troupe_core.journal.run import Run
from troupe_core.simulation.parts import Parts
from troupe_core.values.canonical import canonical
from troupe_core.values.findings import Findings, Table

__all__ = ["as_markdown", "write_reports"]


async def write_reports(run: Run, tables: Sequence[PartTable], parts: Parts) -> None:
    """Let each analyzer read the run; its findings go to ``report/NAME.md`` and ``report/NAME.json``."""
    for number, table in enumerate(tables, start=1):
        analyzer = parts.made[table.place]
        assert isinstance(analyzer, Analyzer)
        findings = await analyzer.analyze([run])
        name = table.use.replace(":", "-") if number == 1 else f"{table.use.replace(':', '-')}-{number}"
        (run.folder / "report" / f"{name}.md").write_text(as_markdown(findings), encoding="utf-8")
        (run.folder / "report" / f"{name}.json").write_bytes(canonical(asdict(findings)))


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
