"""A run in a notebook: its lines, and the card with its figures."""

from collections.abc import Iterable
from itertools import islice
from typing import TYPE_CHECKING

from troupe_core.journal.figures import money
from troupe_core.journal.narration import Line
from troupe_core.journal.transcript import told
from troupe_core.values.html import Html, card, colour_of, figures, folded, grey, line, rows

if TYPE_CHECKING:
    from troupe_core.journal.run import Run

__all__ = ["drawn_lines", "run_card"]

_LINES = 60
_PEOPLE = 24
_HEADING = "font-weight:bold;margin-top:.7em;padding-top:.3em;border-top:1px solid rgba(128,128,128,.3)"


def drawn_lines(lines: Iterable[Line]) -> Html:
    """Lines below each other; everybody has one colour, in the order of first speaking."""
    colours = dict[str, str]()
    return Html("".join(_drawn(each, colours) for each in lines))


def run_card(run: "Run") -> Html:
    """How the run ended, what it took, who took part; and how it began, folded."""
    stats, people = run.stats(), list(run.personas)
    llm = stats["llm"]
    took = [] if stats["wall_s"] is None else [(f"{stats['wall_s']:.1f} s", "elapsed")]
    numbers = [
        (f"{stats['steps']:,}", "steps"),
        (f"{stats['turns']:,}", "turns"),
        (f"{llm['provider_calls']:,}", "model calls"),
        (f"{llm['prompt_tokens'] + llm['completion_tokens']:,}", "tokens"),
        (money(llm["dollars"]), "cost"),
        *took,
    ]
    others = f" and {len(people) - _PEOPLE:,} more" if len(people) > _PEOPLE else ""
    known = [
        ("Who", ", ".join(people[:_PEOPLE]) + others),
        ("Folder", run.folder),
        ("Digest", Html(f"<code>{stats['digest'][:16]}…</code>")),
    ]
    lines = list(islice(told(run.told_events()), _LINES + 1))
    more = grey(".transcript() has all of it.") if len(lines) > _LINES else ""
    beginning = folded("How it began", Html(drawn_lines(lines[:_LINES]) + more)) if lines else ""
    return card(run.name, figures(numbers), rows(known), beginning, note=_ended(run))


def _ended(run: "Run") -> str:
    if run.status == "running":
        return "still running, or cut short"
    return run.status if run.reason in (None, run.status) else f"{run.status}: {run.reason}"


def _drawn(each: Line, colours: dict[str, str]) -> Html:
    who = colour_of(each.agent, colours) if each.agent else ""
    match each.kind:
        case "step":
            return line(each.text, style=_HEADING)
        case "talk":
            return line(who, grey(f" → {each.addressees}") if each.to else "", ": ", each.text, indent=1)
        case "event":
            whom = grey(f"(to {each.addressees}) ") if each.to else ""
            return line(whom, each.text, indent=1, style="font-style:italic;font-weight:bold")
        case "thought":
            return line(f"{each.agent} thinks: {each.text}", indent=3, style="font-style:italic;opacity:.65")
        case "deed":
            return line(who, f": {each.text}", indent=3)
        case _:
            return line(f"{each.agent}: " if each.agent else "", each.text, indent=1, style="color:#ca4949")
