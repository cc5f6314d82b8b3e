"""What was found in runs, as one page of Markdown."""

from collections.abc import Callable, Sequence
from pathlib import Path

from troupe_core.display.drawing import as_png
from troupe_core.display.report_page import Reported
from troupe_core.journal.figures import headline
from troupe_core.journal.findings import as_markdown
from troupe_core.values.findings import Figure

__all__ = ["PicturesBeside", "report_text"]


class PicturesBeside:
    """Draws figures as PNG files in a folder beside a page, ``NAME_files``, and tells where they lie."""

    def __init__(self, page: Path) -> None:
        self._folder = page.with_name(f"{page.stem}_files")
        self._drawn = 0

    def __call__(self, figure: Figure) -> str | None:
        """The address of the drawn figure, relative to the page; None where it cannot be drawn. Raises `OSError`."""
        png = as_png(figure)
        if png is None:
            return None
        self._drawn += 1
        self._folder.mkdir(exist_ok=True)
        (self._folder / f"figure-{self._drawn}.png").write_bytes(png)
        return f"{self._folder.name}/figure-{self._drawn}.png"


def report_text(reports: Sequence[Reported], picture: Callable[[Figure], str | None] | None = None) -> str:
    """A chapter for each run, and in it a section for each analyzer.

    `picture` tells where a figure lies drawn; one that lies nowhere is told by its table.
    """
    return "\n".join(_of_run(each, picture) for each in reports)


def _of_run(reported: Reported, picture: Callable[[Figure], str | None] | None) -> str:
    run, stats = reported.run, reported.run.stats()
    head = f"# {run.name}\n\n{', '.join(run.personas)}\n\n{run.status.capitalize()}: {headline(stats)}.\n"
    sections = (as_markdown(each, below=1, picture=picture) for each in reported.findings)
    return "\n".join([head.replace("<", "&lt;"), *sections])
