"""A graph as a picture: SVG that needs nothing else, and is the same for the same graph."""

import re
from collections.abc import Callable, Mapping, Sequence
from heapq import nsmallest
from html import escape
from itertools import chain, islice
from math import cos, hypot, pi, sin

from troupe_core.plugin import clipped
from troupe_knowledge_graph.fact import Fact
from troupe_knowledge_graph.fact_graph import FactGraph

__all__ = ["drawing"]

_WIDTH, _HEIGHT, _MARGIN = 1200, 800, 80
_ROUNDS = 120
_MOST_CONSIDERED = 20_000
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_STYLE = (
    "text{font:12px sans-serif;text-anchor:middle;fill:#222}.p{font-size:10px;fill:#667}"
    "line{stroke:#99a;stroke-width:1.2}.b{stroke:#c60;stroke-dasharray:5 3}"
    "circle{fill:#fff;stroke:#446;stroke-width:1.5}"
)
_ARROW = (
    '<defs><marker id="a" viewBox="0 0 8 8" refX="16" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
    '<path d="M0 0L8 4L0 8z" fill="#99a"/></marker></defs>'
)

Places = Mapping[str, tuple[float, float]]
Force = Callable[[float], float]


def drawing(shared: FactGraph, beliefs: Sequence[Fact], most: int) -> str:
    """At most so many things: first those of beliefs, which are dashed, then those with the most connections."""
    things = _chosen(shared, beliefs, most)
    facts = [fact for thing in things for fact in shared.about(thing) if fact.object in things]
    believed = [fact for fact in dict.fromkeys(beliefs) if fact.subject in things and fact.object in things]
    places = _spread(list(things), [*facts, *believed])
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img">',
        "<title>Knowledge graph</title>",
        f"<style>{_STYLE}</style>",
        _ARROW,
        *(_line(fact, places, "") for fact in facts),
        *(_line(fact, places, ' class="b"') for fact in believed),
        *(_thing(thing, *places[thing]) for thing in things),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _chosen(shared: FactGraph, beliefs: Sequence[Fact], most: int) -> dict[str, None]:
    first = dict.fromkeys(chain.from_iterable((fact.subject, fact.object) for fact in beliefs))
    names = list(islice(shared.names(), _MOST_CONSIDERED))
    by_rank = nsmallest(most, names, key=lambda name: (-shared.degree(name), name))
    return dict.fromkeys(islice(dict.fromkeys([*first, *by_rank]), most))


def _spread(things: Sequence[str], facts: Sequence[Fact]) -> Places:
    """Places where what is connected is near and all else is not (Fruchterman and Reingold, 1991)."""
    count = len(things)
    x = [cos(2 * pi * number / count) for number in range(count)]
    y = [sin(2 * pi * number / count) for number in range(count)]
    number = {thing: place for place, thing in enumerate(things)}
    pairs = sorted({(number[fact.subject], number[fact.object]) for fact in facts if fact.subject != fact.object})
    ideal = (4 / max(count, 1)) ** 0.5
    for turn in range(_ROUNDS):
        _move(x, y, pairs, ideal, 0.2 * (1 - turn / _ROUNDS))
    return {thing: _placed(x, y, place) for thing, place in number.items()}


def _move(x: list[float], y: list[float], pairs: Sequence[tuple[int, int]], ideal: float, most: float) -> None:
    count = len(x)
    dx, dy = [0.0] * count, [0.0] * count
    for one in range(count):
        for other in range(one):
            _push(x, y, dx, dy, one, other, lambda far: ideal * ideal / far)
    for one, other in pairs:
        _push(x, y, dx, dy, one, other, lambda far: -far * far / ideal)
    for one in range(count):
        far = hypot(dx[one], dy[one]) or 1.0
        x[one] += dx[one] / far * min(far, most)
        y[one] += dy[one] / far * min(far, most)


def _push(x: list[float], y: list[float], dx: list[float], dy: list[float], one: int, other: int, force: Force) -> None:
    across, down = x[one] - x[other], y[one] - y[other]
    far = max(hypot(across, down), 0.01)
    strength = force(far) / far
    dx[one] += across * strength
    dy[one] += down * strength
    dx[other] -= across * strength
    dy[other] -= down * strength


def _placed(x: Sequence[float], y: Sequence[float], place: int) -> tuple[float, float]:
    """Stretched over the whole sheet; rounded, so that it is the same on every machine."""
    return (
        round(_scaled(x, place) * (_WIDTH - 2 * _MARGIN) + _MARGIN, 1),
        round(_scaled(y, place) * (_HEIGHT - 2 * _MARGIN) + _MARGIN, 1),
    )


def _scaled(values: Sequence[float], place: int) -> float:
    least, most = min(values), max(values)
    return (values[place] - least) / (most - least) if most > least else 0.5


def _line(fact: Fact, places: Places, kind: str) -> str:
    (x1, y1), (x2, y2) = places[fact.subject], places[fact.object]
    said = _safe(f"{fact.subject} – {fact.predicate} → {fact.object} ({fact.source})")
    middle = f'x="{(x1 + x2) / 2:.1f}" y="{(y1 + y2) / 2 - 3:.1f}"'
    return (
        f'<line{kind} x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" marker-end="url(#a)"><title>{said}</title></line>'
        f'<text class="p" {middle}>{_safe(clipped(fact.predicate, 24))}</text>'
    )


def _thing(name: str, x: float, y: float) -> str:
    shown = _safe(clipped(name, 28))
    circle = f'<circle cx="{x}" cy="{y}" r="7"><title>{_safe(name)}</title></circle>'
    return f'{circle}<text x="{x}" y="{y - 11:.1f}">{shown}</text>'


def _safe(text: str) -> str:
    """The text as XML can hold it."""
    return escape(_NOT_XML.sub("", text))
