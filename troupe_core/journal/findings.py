"""What analyzers found, as files of a run's ``report/``: written after the run, read for pages."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from attrs import asdict

from troupe_core.errors import RunFolderError
from troupe_core.guard.untrusted import plain_markdown
from troupe_core.journal.run import Run
from troupe_core.values.canonical import canonical
from troupe_core.values.findings import Figure, Finding, Findings, Table
from troupe_core.values.ids import EventId

__all__ = ["as_markdown", "read_findings", "table_of", "write_findings"]

_HEADING = re.compile(r"^(?=#+ )", re.MULTILINE)


def write_findings(folder: Path, name: str, findings: Findings) -> None:
    """Write ``NAME.md`` and ``NAME.json`` into this folder."""
    (folder / f"{name}.md").write_text(as_markdown(findings), encoding="utf-8")
    (folder / f"{name}.json").write_bytes(canonical(asdict(findings)))


def read_findings(run: Run) -> list[Findings]:
    """All that was found in a run, in the order of the study's analyzers. Raises `RunFolderError`."""
    files = sorted((run.folder / "report").glob("*.json"), key=lambda file: _place(run, file.stem))
    return [_read(file) for file in files]


def as_markdown(findings: Findings, *, below: int = 0, picture: Callable[[Figure], str | None] | None = None) -> str:
    """Findings as a page of Markdown; its headings stand `below` others.

    `picture` tells where a figure lies drawn; one that lies nowhere is told by its table.
    """
    cited = [
        f"- {plain_markdown(each.text)}" + (f" ({', '.join(each.events)})" if each.events else "")
        for each in findings.findings
    ]
    told = [f"# {findings.title}", findings.prose, "\n".join(cited), *map(_as_markdown, findings.tables)]
    parts = [
        *map(_plain, told),
        *(_figure(figure, picture(figure) if picture else None) for figure in findings.figures),
    ]
    page = "\n\n".join(part for part in parts if part) + "\n"
    return _HEADING.sub("#" * below, page)


def table_of(figure: Figure) -> Table | None:
    """The data that a figure holds, as a table, texts before numbers; None where it holds none."""
    rows = next(_data_in(figure.vega_lite, figure.vega_lite.get("datasets")), None)
    if not rows:
        return None
    found = dict.fromkeys(str(column) for row in rows for column in row)
    columns = sorted(found, key=lambda column: not all(isinstance(row.get(column, ""), str) for row in rows))
    cells = tuple(tuple(_cell_of(row.get(column)) for column in columns) for row in rows)
    return Table(title=figure.title, columns=tuple(columns), rows=cells)


def _data_in(spec: Any, named: Any) -> Iterator[list[Mapping[str, Any]]]:
    """Every list of rows in a specification, the outermost first; it stands there, or is named and lies in `named`."""
    if isinstance(spec, list):
        for each in spec:
            yield from _data_in(each, named)
    elif isinstance(spec, Mapping):
        data = spec.get("data")
        if isinstance(data, Mapping):
            values = data.get("values") or (named.get(data.get("name")) if isinstance(named, Mapping) else None)
            if isinstance(values, list) and values and all(isinstance(row, Mapping) for row in values):
                yield values
        for composed in ("layer", "hconcat", "vconcat", "concat", "spec"):
            yield from _data_in(spec.get(composed), named)


def _cell_of(value: Any) -> str | int | float | None:
    return value if value is None or isinstance(value, str | int | float) else json.dumps(value, ensure_ascii=False)


def _as_markdown(table: Table) -> str:
    rows = [table.columns, tuple("---" for _ in table.columns), *table.rows]
    lines = [f"| {' | '.join(_cell(cell) for cell in row)} |" for row in rows]
    return "\n".join([f"## {table.title}", "", *lines])


def _figure(figure: Figure, address: str | None) -> str:
    if address is not None:
        return f"{_plain(f'## {figure.title}')}\n\n![](<{address}>)"
    table = table_of(figure)
    return "" if table is None else _plain(_as_markdown(table))


def _cell(value: object) -> str:
    return "" if value is None else plain_markdown(str(value)).replace("|", "\\|")


def _plain(text: str) -> str:
    """Markdown without tags and pictures: what people and models said is neither."""
    return text.replace("<", "&lt;").replace("![", "!\\[")


def _place(run: Run, name: str) -> tuple[int, str]:
    """Where in the study an analyzer stands whose file is called so; those that no longer stand there come last."""
    tables: Any = run.config.get("analyzers") or []
    used = [str(each.get("use", "")).replace(":", "-") for each in tables if isinstance(each, Mapping)]
    base = name if name in used else re.sub(r"-\d+$", "", name)
    return (used.index(base) if base in used else len(used)), name


def _read(file: Path) -> Findings:
    try:
        return _findings(json.loads(file.read_bytes()))
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise RunFolderError(
            f"the findings cannot be read: {type(fault).__name__}: {fault}",
            where=str(file),
            remedy="Delete the file, or put back the one that the run wrote.",
        ) from fault


def _findings(kept: Any) -> Findings:
    return Findings(
        title=str(kept["title"]),
        prose=str(kept["prose"]),
        findings=tuple(
            Finding(text=str(each["text"]), events=tuple(EventId(str(event)) for event in each["events"]))
            for each in kept["findings"]
        ),
        tables=tuple(
            Table(
                title=str(each["title"]),
                columns=tuple(map(str, each["columns"])),
                rows=tuple(tuple(map(_cell_of, row)) for row in each["rows"]),
            )
            for each in kept["tables"]
        ),
        figures=tuple(Figure(title=str(each["title"]), vega_lite=dict(each["vega_lite"])) for each in kept["figures"]),
    )
