"""``troupe plugins list``"""

import json
import os
import sys
from collections.abc import Sequence

import click
from attrs import asdict

from troupe_core.cli.completing import hooks
from troupe_core.cli.plugins.rows import Row, rows_of, wanted_hook
from troupe_core.discovery.plugins import Plugins
from troupe_core.discovery.selection import Selection

__all__ = ["list_plugins"]

_HEADINGS = ("name", "kind", "distribution", "version", "state", "summary")


@click.command("list")
@click.option(
    "--hook", metavar="H", shell_complete=hooks, help="Only what attaches to this hook: troupe_tools, tools or tool."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON list, for other programs.")
def list_plugins(hook: str | None, as_json: bool) -> None:
    """List the installed components, and the plugins that cannot be used.

    Example: troupe plugins list --hook tools
    """
    plugins = Plugins.discover(Selection.read(None, where=None, environ=os.environ, option=None))
    rows = rows_of(plugins, None if hook is None else wanted_hook(hook, plugins))
    for plugin in plugins.installed:
        for note in plugin.notes:  # beside the list: what a program reads stays what it was
            click.echo(f"note: {plugin.place}: {note.text}. {note.remedy or ''}".rstrip(), err=True)
    if as_json:
        click.echo(json.dumps([asdict(row) for row in rows], indent=2, ensure_ascii=False))
    elif sys.stdout.isatty():
        _print_table(rows)
    else:
        _print_lines(rows)


def _print_lines(rows: Sequence[Row]) -> None:
    """For pipes: plain columns, without rich."""
    cells = [_HEADINGS, *map(_cells, rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(_HEADINGS) - 1)]
    for row in cells:
        padded = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        click.echo("  ".join([*padded, row[-1]]).rstrip())


def _print_table(rows: Sequence[Row]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in _HEADINGS:
        table.add_column(heading, overflow="fold", no_wrap=heading not in ("distribution", "summary"))
    for row in rows:
        # Text, not markup: a summary may hold square brackets.
        table.add_row(*map(Text, _cells(row)), style=None if row.state == "active" else "yellow")
    Console().print(table)


def _cells(row: Row) -> tuple[str, ...]:
    return (row.name, row.kind or "-", row.distribution, row.version, row.state, " ".join(row.summary.split()))
