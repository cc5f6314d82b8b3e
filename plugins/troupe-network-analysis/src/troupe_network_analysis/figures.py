"""The network drawn: a matrix of who speaks to whom, and people on a ring with the ties between them."""

from collections.abc import Sequence
from typing import Any

import altair as alt

from troupe_core.plugin import Figure
from troupe_network_analysis.heard import Network
from troupe_network_analysis.measures import Measures

__all__ = ["drawn"]

_CELL = 26
_SMALLEST = 180
_RADIUS = 150


def drawn(network: Network, measures: Measures, most: int, about: str = "") -> tuple[Figure, ...]:
    """Both figures, of at most so many people: those who speak and hear most. None where nothing was said."""
    if not network.ties:
        return ()
    shown = _shown(measures, most)
    left = len(network.people) - len(shown)
    note = f"{about} ({len(shown)} of {len(network.people)} people)" if left else about
    return (
        Figure(title=f"Who speaks to whom{note}", vega_lite=_matrix(network, shown).to_dict()),
        Figure(title=f"Circles{note}", vega_lite=_ring(network, measures, shown).to_dict()),
    )


def _shown(measures: Measures, most: int) -> list[str]:
    """Circle by circle, in the order of the network."""
    foremost = sorted(measures.members, key=lambda each: -(each.spoken + each.heard))[:most]
    kept = {each.name for each in foremost}
    return [name for circle in measures.circles for name in circle if name in kept]


def _matrix(network: Network, shown: Sequence[str]) -> alt.Chart:
    rows = [
        {"from": speaker, "to": listener, "weight": round(tie.weight, 3), "lines": len(tie.lines)}
        for (speaker, listener), tie in network.ties.items()
        if speaker in shown and listener in shown
    ]
    side = max(_CELL * len(shown), _SMALLEST)
    people: Any = {"sort": list(shown), "scale": alt.Scale(domain=list(shown))}
    matrix: alt.Chart = (
        alt.Chart(_inline(rows))
        .mark_rect(tooltip=True)
        .encode(
            x=alt.X("to:N", title="to", axis=alt.Axis(labelAngle=-45), **people),
            y=alt.Y("from:N", title="from", **people),
            color=alt.Color("weight:Q", title="weight", scale=alt.Scale(scheme="blues")),
        )
        .properties(width=side, height=side)
    )
    return matrix


def _ring(network: Network, measures: Measures, shown: Sequence[str]) -> alt.LayerChart:
    places = {name: number for number, name in enumerate(shown)}
    people = [
        {
            "person": each.name,
            "circle": each.circle,
            "weight": round(each.spoken + each.heard, 3),
            "place": places[each.name],
        }
        for each in measures.members
        if each.name in places
    ]
    ties = [
        {"place": places[a], "place2": places[b], "weight": round(weight, 3)}
        for (a, b), weight in _between(network).items()
        if a in places and b in places
    ]
    standing = alt.Chart().transform_calculate(**_on_ring("place", len(shown)))
    rules = (
        alt.Chart(_inline(ties))
        .transform_calculate(**_on_ring("place", len(shown)), **_on_ring("place2", len(shown), "2"))
        .mark_rule(opacity=0.45, color="#888888")
        .encode(
            *_at(),
            x2="x2",
            y2="y2",
            strokeWidth=alt.StrokeWidth("weight:Q", scale=alt.Scale(range=[0.5, 7]), legend=None),
        )
    )
    dots = standing.mark_circle(tooltip=True, opacity=1).encode(
        *_at(),
        size=alt.Size("weight:Q", scale=alt.Scale(range=[60, 500]), legend=None),
        color=alt.Color("circle:N"),
    )
    names = standing.mark_text(dy=-20, fontSize=12).encode(*_at(), text="person:N")
    ring: alt.LayerChart = (
        alt.layer(rules, dots, names, data=_inline(people))
        .properties(width=2 * _RADIUS, height=2 * _RADIUS)
        .configure_view(stroke=None)
    )
    return ring


def _inline(rows: Sequence[dict[str, Any]]) -> alt.InlineData:
    """Data that stand in the figure itself, so that drawing it reads nothing else."""
    return alt.InlineData(values=list(rows))


def _at() -> tuple[alt.X, alt.Y]:
    scale = alt.Scale(domain=[-1.35, 1.35])
    return alt.X("x:Q", axis=None, scale=scale), alt.Y("y:Q", axis=None, scale=scale)


def _on_ring(place: str, count: int, behind: str = "") -> dict[str, str]:
    """Where the place with this number lies on a ring of so many."""
    angle = f"2 * PI * datum.{place} / {count}"
    return {f"x{behind}": f"sin({angle})", f"y{behind}": f"cos({angle})"}


def _between(network: Network) -> dict[tuple[str, str], float]:
    """The weight between two people, whoever spoke."""
    order = {name: number for number, name in enumerate(network.people)}
    found: dict[tuple[str, str], float] = {}
    for (a, b), tie in network.ties.items():
        pair = (a, b) if order[a] < order[b] else (b, a)
        found[pair] = found.get(pair, 0.0) + tie.weight
    return found
