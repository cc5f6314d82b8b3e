"""How values look in a notebook: small pieces of HTML that need nothing from outside and suit light and dark.

What is shown was written by others, people and models: text is escaped wherever it enters, and what is HTML already
says so by its type. Colours are greys that let the page shine through, and hues that read well on white and on black.
"""

from collections.abc import Iterable
from html import escape

__all__ = ["HUES", "Html", "card", "colour_of", "escaped", "figures", "folded", "grey", "line", "rows", "table"]

HUES = ("#307da4", "#c84386", "#278647", "#a2692f", "#8661d1", "#ca4949", "#26827b", "#b345c9")
"""One for each speaker: of the same lightness, readable on white and on black."""

_LONGEST = 4_000
_RULE = "1px solid rgba(128,128,128,.3)"
_CARD = (
    f"max-width:60em;margin:.3em 0;padding:.7em 1em;border:{_RULE};border-radius:8px;"
    "background:rgba(128,128,128,.05);font-size:13px;line-height:1.45;text-align:left;overflow-wrap:anywhere"
)
_CELL = (
    "padding:.15em .9em .15em 0;text-align:left;vertical-align:top;white-space:normal;"
    "line-height:inherit;border:0;background:none"
)


class Html(str):
    """Text that is HTML already: it is not escaped again."""

    __slots__ = ()


def escaped(content: object) -> Html:
    """Any text as HTML, at most 4000 characters of it; what is `Html` stays as it is."""
    if isinstance(content, Html):
        return content
    text = str(content)
    text = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    return Html(escape(text.encode("utf-8", "replace").decode()))


def card(title: object, *parts: object, note: object = "") -> Html:
    """A frame with a title, a note beside it, and parts below each other; empty parts leave no gap."""
    beside = f' <span style="opacity:.65">{escaped(note)}</span>' if note else ""
    head = f'<div><strong style="font-size:1.15em">{escaped(title)}</strong>{beside}</div>'
    below = "".join(f'<div style="margin-top:.45em">{escaped(part)}</div>' for part in parts if part)
    return Html(f'<div style="{_CARD}">{head}{below}</div>')


def rows(pairs: Iterable[tuple[object, object]]) -> Html:
    """A label and what it says, one row each; nothing where there are none."""
    told = [
        f'<tr style="background:none"><td style="{_CELL};opacity:.65;min-width:{_width(label)}">{escaped(label)}</td>'
        f"{_cell(content)}</tr>"
        for label, content in pairs
    ]
    return _table("".join(told)) if told else Html()


def table(head: Iterable[object], body: Iterable[Iterable[object]]) -> Html:
    """Columns with names."""
    names = "".join(f'<th style="{_CELL};opacity:.65;font-weight:normal">{escaped(name)}</th>' for name in head)
    told = "".join(f'<tr style="background:none">{"".join(map(_cell, row))}</tr>' for row in body)
    return _table(f'<tr style="background:none;border-bottom:{_RULE}">{names}</tr>{told}', "overflow-wrap:break-word")


def figures(pairs: Iterable[tuple[object, object]]) -> Html:
    """Numbers side by side: each a figure, and below it what it counts."""
    each = '<span style="display:inline-block;margin:0 1.6em .2em 0"><strong>{}</strong><br>{}</span>'
    return Html("".join(each.format(escaped(figure), grey(counts)) for figure, counts in pairs))


def folded(summary: object, content: object) -> Html:
    """What shows when its summary is clicked."""
    return Html(
        f'<details><summary style="cursor:pointer;opacity:.75">{escaped(summary)}</summary>'
        f'<div style="margin-top:.3em">{escaped(content)}</div></details>'
    )


def line(*parts: object, indent: int = 0, style: str = "") -> Html:
    """One line of text made of parts; `style` is CSS of our own, never of others."""
    return Html(f'<div style="margin-left:{indent}em;{style}">{"".join(escaped(part) for part in parts)}</div>')


def grey(content: object) -> Html:
    """Beside the point."""
    return Html(f'<span style="opacity:.65">{escaped(content)}</span>')


def colour_of(name: str, colours: dict[str, str]) -> Html:
    """A name in the colour that `colours` notes for it: the next one for somebody new."""
    hue = colours.setdefault(name, HUES[len(colours) % len(HUES)])
    return Html(f'<strong style="color:{hue}">{escaped(name)}</strong>')


def _table(content: str, wrapping: str = "") -> Html:
    """As wide as its words want it; where the page is narrower, it can be moved."""
    style = f"border-collapse:collapse;margin:0;font-size:inherit;border:0;{wrapping}"
    return Html(f'<div style="overflow-x:auto"><table style="{style}">{content}</table></div>')


def _cell(content: object) -> str:
    return f'<td style="{_CELL}">{escaped(content)}</td>'


def _width(label: object) -> str:
    """Room for a label on one line, as long as it is not a sentence."""
    return f"{min(max(len(str(label)), 12), 28) * 0.6:.1f}em"
