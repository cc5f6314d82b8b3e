"""What was found in runs, as one page of Markdown."""

from collections.abc import Sequence

from troupe_core.display.report_page import Reported
from troupe_core.journal.figures import headline
from troupe_core.journal.findings import as_markdown

__all__ = ["report_text"]


def report_text(reports: Sequence[Reported]) -> str:
    """A chapter for each run, and in it a section for each analyzer."""
    return "\n".join(_of_run(each) for each in reports)


def _of_run(reported: Reported) -> str:
    run, stats = reported.run, reported.run.stats()
    head = f"# {run.name}\n\n{', '.join(run.personas)}\n\n{run.status.capitalize()}: {headline(stats)}.\n"
    return "\n".join([head.replace("<", "&lt;"), *(as_markdown(each, below=1) for each in reported.findings)])
