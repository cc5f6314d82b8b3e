"""The network drawn: a matrix of who speaks to whom, and people on a ring with the ties between them.

The specifications are two short tables in Vega-Lite's own words: a library that writes them would be heavier than they.
"""

from collections.abc import Sequence
from typing import Any

from troupe_core.plugin import JSON, Figure, JSONObject
from troupe_network_analysis.heard import Network
from troupe_network_analysis.measures import Measures

__all__ = ["drawn"]

_SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
_CELL = 26
_RADIUS = 150


def drawn(network: Network, measures: Measures, most: int, about: str = "") -> tuple[Figure, ...]:
    """Both figures, of at most so many people: those who speak and hear most. None where nothing was said."""
    if not network.ties:
        return ()
    shown = _shown(measures, most)
    left = len(network.people) - len(shown)
    note = f"{about} ({len(shown)} of {len(network.people)} people)" if left else about
    return (
        Figure(title=f"Who speaks to whom{note}", vega_lite=_matrix(network, shown)),
        Figure(title=f"Circles{note}", vega_lite=_ring(network, measures, shown)),
    )


def _shown(measures: Measures, most: int) -> list[str]:
    """Circle by circle, in the order of the network."""
    foremost = sorted(measures.members, key=lambda each: -(each.spoken + each.heard))[:most]
    kept = {each.name for each in foremost}
    return [name for circle in measures.circles for name in circle if name in kept]


def _matrix(network: Network, shown: Sequence[str]) -> JSONObject:
    rows: Any = [
        {"from": speaker, "to": listener, "weight": round(tie.weight, 3), "lines": len(tie.lines)}
        for (speaker, listener), tie in network.ties.items()
        if speaker in shown and listener in shown
    ]
    axis: Any = {"type": "nominal", "sort": list(shown), "scale": {"domain": list(shown)}}
    return {
        "$schema": _SCHEMA,
        "data": {"values": rows},
        "mark": {"type": "rect", "tooltip": True},
        "width": _CELL * len(shown),
        "height": _CELL * len(shown),
        "encoding": {
            "x": {"field": "to", **axis, "title": "to", "axis": {"labelAngle": -45}},
            "y": {"field": "from", **axis, "title": "from"},
            "color": {"field": "weight", "type": "quantitative", "title": "weight", "scale": {"scheme": "blues"}},
        },
    }


def _ring(network: Network, measures: Measures, shown: Sequence[str]) -> JSONObject:
    places = {name: number for number, name in enumerate(shown)}
    people: Any = [
        {
            "person": each.name,
            "circle": each.circle,
            "weight": round(each.spoken + each.heard, 3),
            "place": places[each.name],
        }
        for each in measures.members
        if each.name in places
    ]
    ties: Any = [
        {"place": places[a], "place2": places[b], "weight": round(weight, 3)}
        for (a, b), weight in _between(network).items()
        if a in places and b in places
    ]
    hidden: Any = {"axis": None, "scale": {"domain": [-1.35, 1.35]}, "type": "quantitative"}
    at: Any = {"x": {"field": "x", **hidden}, "y": {"field": "y", **hidden}}
    return {
        "$schema": _SCHEMA,
        "width": 2 * _RADIUS,
        "height": 2 * _RADIUS,
        "data": {"values": people},
        "layer": [
            {
                "data": {"values": ties},
                "transform": [*_on_ring("place", len(shown)), *_on_ring("place2", len(shown), "2")],
                "mark": {"type": "rule", "opacity": 0.45, "color": "#888888"},
                "encoding": {
                    **at,
                    "x2": {"field": "x2"},
                    "y2": {"field": "y2"},
                    "strokeWidth": {
                        "field": "weight",
                        "type": "quantitative",
                        "scale": {"range": [0.5, 7]},
                        "legend": None,
                    },
                },
            },
            {
                "transform": _on_ring("place", len(shown)),
                "mark": {"type": "circle", "tooltip": True, "opacity": 1},
                "encoding": {
                    **at,
                    "size": {"field": "weight", "type": "quantitative", "scale": {"range": [60, 500]}, "legend": None},
                    "color": {"field": "circle", "type": "nominal"},
                },
            },
            {
                "transform": _on_ring("place", len(shown)),
                "mark": {"type": "text", "dy": -20, "fontSize": 12},
                "encoding": {**at, "text": {"field": "person"}},
            },
        ],
        "config": {"view": {"stroke": None}},
    }


def _on_ring(place: str, count: int, behind: str = "") -> list[JSON]:
    """Where the place with this number lies on a ring of so many."""
    angle = f"2 * PI * datum.{place} / {count}"
    return [
        {"calculate": f"sin({angle})", "as": f"x{behind}"},
        {"calculate": f"cos({angle})", "as": f"y{behind}"},
    ]


def _between(network: Network) -> dict[tuple[str, str], float]:
    """The weight between two people, whoever spoke."""
    order = {name: number for number, name in enumerate(network.people)}
    found: dict[tuple[str, str], float] = {}
    for (a, b), tie in network.ties.items():
        pair = (a, b) if order[a] < order[b] else (b, a)
        found[pair] = found.get(pair, 0.0) + tie.weight
    return found
