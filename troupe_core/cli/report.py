"""``troupe report``: what was found in runs, as one page."""

from pathlib import Path

import click

from troupe_core.cli.completing import folders

__all__ = ["report"]


@click.command(epilog="Example: troupe report runs/product-panel-1 --out report.html")
@click.argument(
    "runs", metavar="RUN...", type=click.Path(path_type=str), nargs=-1, required=True, shell_complete=folders
)
@click.option(
    "--format",
    "as_",
    type=click.Choice(["html", "md"]),
    help="A page for a browser, or Markdown. As the name of FILE says; html where it says nothing.",
)
@click.option(
    "--out", metavar="FILE", type=click.Path(path_type=Path), help="Where to write it, instead of printing it."
)
def report(runs: tuple[str, ...], as_: str | None, out: Path | None) -> None:
    """Put what analyzers found in the runs that lie in the folders RUN on one page.

    The page needs nothing from outside. Figures are drawn where vl-convert-python is installed: within the page, or,
    for Markdown in a file, as PNG files in a folder beside it.
    """
    from troupe_core.display.report_page import Reported, report_page
    from troupe_core.display.report_text import PicturesBeside, report_text
    from troupe_core.errors import RunFolderError
    from troupe_core.journal.findings import read_findings
    from troupe_core.journal.run import Run

    opened = [Run.open(run) for run in runs]
    reports = [Reported(run, read_findings(run)) for run in opened]
    for each in reports:
        if not each.findings:
            raise RunFolderError(
                "nothing was found in this run: its study names no analyzers, or it has not come to its end",
                where=str(each.run.folder),
                remedy='Add one to the study and run it again: [[analyzers]] use = "transcript"',
            )
    markdown = as_ == "md" or (as_ is None and out is not None and out.suffix in (".md", ".markdown"))
    if out is None:
        click.echo(report_text(reports) if markdown else report_page(reports), nl=False)
        return
    try:
        page = report_text(reports, PicturesBeside(out)) if markdown else report_page(reports)
        out.write_text(page, encoding="utf-8")
    except OSError as fault:
        raise RunFolderError(
            f"the report cannot be written: {fault.strerror}", where=str(out), remedy="Choose another file with --out."
        ) from fault
    click.echo(f"The report is in {out}.")
