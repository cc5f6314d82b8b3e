"""Pictures of a run for a notebook: rich draws them, in colours that suit light and dark."""

from collections.abc import Iterable
from io import StringIO
from typing import Any

from attrs import frozen
from rich.console import Console, Group, RenderableType
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from troupe_core.display.tally import Tally
from troupe_core.journal.figures import counted
from troupe_core.values.html import HUES

__all__ = ["Bundle", "ended", "under_way"]

_WIDTH = 96
_PAGE = (
    '<pre style="white-space:pre;overflow-x:auto;margin:0;line-height:1.35;background:none;'
    "font-family:Menlo,'DejaVu Sans Mono',Consolas,monospace\">{code}</pre>"
)
_GREY = (128, 128, 128)
_RGB = [(int(hue[1:3], 16), int(hue[3:5], 16), int(hue[5:7], 16)) for hue in HUES]
_BLUE, _MAGENTA, _GREEN, _YELLOW, _VIOLET, _RED, _CYAN, _PINK = _RGB
_THEME = TerminalTheme(
    _GREY,
    _GREY,
    [_GREY, _RED, _GREEN, _YELLOW, _VIOLET, _MAGENTA, _BLUE, _GREY],
    [_GREY, _RED, _GREEN, _YELLOW, _VIOLET, _PINK, _CYAN, _GREY],
)
"""A terminal's colours as those of the pages: who speaks first has the same one here, there and in a transcript."""
_SIGNS = {"finished": ("✓", "bold green"), "failed": ("✗", "bold red")}


@frozen
class Bundle:
    """What a notebook is given to show: HTML, and text for who cannot show it."""

    html: str
    text: str

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        return {"text/plain": self.text, "text/html": self.html}


def under_way(tally: Tally, lines: Iterable[RenderableType]) -> Bundle:
    """The last lines said, and below them how far the run is."""
    bar = Table.grid(padding=(0, 1))
    now = min(tally.lived + 1, tally.steps)
    bar.add_row(
        Text(f"Step {now} of {tally.steps}", style="bold"),
        ProgressBar(tally.steps, tally.lived, width=24, style="bright_black", complete_style="cyan"),
        Text(" · ".join([counted(tally.calls, "call"), tally.cost, f"{tally.elapsed:.0f} s"])),
    )
    return _drawn(Group(*lines, bar))


def ended(tally: Tally, status: str, reason: str | None, folder: str) -> Bundle:
    """How it ended, in one line."""
    sign, style = _SIGNS.get(status, ("■", "bold yellow"))
    steps = counted(tally.lived, "step") if status == "finished" else f"{tally.lived} of {counted(tally.steps, 'step')}"
    figures = [steps, counted(tally.calls, "model call"), tally.cost, f"{tally.elapsed:.1f} s", folder]
    why = Text(f"  {reason}", style="dim") if reason not in (None, status) else Text()
    headline = Text.assemble((f"{sign} {status.capitalize()}", style), " · ", " · ".join(figures))
    return _drawn(Group(headline, why) if why else headline)


def _drawn(picture: RenderableType) -> Bundle:
    console = Console(
        record=True, file=StringIO(), width=_WIDTH, force_terminal=True, force_jupyter=False, color_system="truecolor"
    )
    console.print(picture)
    text = console.export_text(clear=False).rstrip()
    html = console.export_html(theme=_THEME, inline_styles=True, code_format=_PAGE).replace("\n</pre>", "</pre>")
    return Bundle(html, text)
