"""What an analyzer found in runs."""

from attrs import field, frozen

from troupe_core.values.ids import EventId
from troupe_core.values.json import JSONObject

__all__ = ["Figure", "Finding", "Findings", "Table"]


@frozen(kw_only=True)
class Finding:
    """One statement, and the events that bear it out."""

    text: str
    events: tuple[EventId, ...] = ()


@frozen(kw_only=True)
class Table:
    """Figures in rows. Cells are text, numbers or None."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | int | float | None, ...], ...]


@frozen(kw_only=True)
class Figure:
    """A drawing, as a Vega-Lite specification that holds its own data."""

    title: str
    vega_lite: JSONObject


@frozen(kw_only=True)
class Findings:
    """What an analyzer has to say: a title, prose in Markdown, statements, tables, figures."""

    title: str
    prose: str = ""
    """Markdown: what people said and are called goes through `plain_markdown` first."""
    findings: tuple[Finding, ...] = ()
    tables: tuple[Table, ...] = ()
    figures: tuple[Figure, ...] = field(default=())
