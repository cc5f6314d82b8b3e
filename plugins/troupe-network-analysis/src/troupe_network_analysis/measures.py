"""What is measured of a network: who takes part how much, how mutual it is, and which circles there are."""

from collections.abc import Sequence
from typing import Any

import networkx as nx
from attrs import frozen

from troupe_network_analysis.heard import Network

__all__ = ["Measures", "Member", "measured"]


@frozen(kw_only=True)
class Member:
    """One person's part in the network."""

    name: str
    lines: int
    """Said in all."""
    spoken: float
    """The weight of what it said to others."""
    heard: float
    """The weight of what others said to it."""
    spoke_to: int
    """To how many people (out-degree)."""
    heard_from: int
    """From how many people (in-degree)."""
    reciprocity: float | None
    """Which part of its speaking and hearing is answered in kind, 0 to 1; None where it did neither."""
    circle: int
    """From 1; the largest circle first."""


@frozen(kw_only=True)
class Measures:
    """All that is measured of one network."""

    members: tuple[Member, ...]
    """In the order of the network's people."""
    circles: tuple[tuple[str, ...], ...]
    """The largest first, then by its first member; people in the order of the network."""
    density: float
    """Of all pairs (speaker, listener), the part in which something was said."""
    reciprocity: float | None
    """Of all weight, the part that is answered in kind; None where nothing was said."""
    modularity: float | None
    """How much more is said within circles than if people spoke as much, but to anybody; None without ties."""


def measured(network: Network, resolution: float = 1.0) -> Measures:
    """Measure a network.

    Reciprocity is that of weighted networks (Squartini, Picciolo, Ruzzenenti and Garlaschelli, "Reciprocity of weighted
    networks", Scientific Reports 3, 2013): the sum of min(w_ij, w_ji) over the sum of w_ij. Circles are found by
    the method of Louvain (Blondel, Guillaume, Lambiotte and Lefebvre, "Fast unfolding of communities in large
    networks", Journal of Statistical Mechanics P10008, 2008) on the undirected network; people are numbered and its
    lots are seeded, so that the same network has the same circles anywhere.
    """
    graph = _graph(network)
    mutual = dict.fromkeys(graph, 0.0)
    for a, b in graph.edges:
        mutual[a] += min(_weight(graph, a, b), _weight(graph, b, a))
    circles, modularity = _circles(graph, resolution)
    circle_of = {node: number for number, circle in enumerate(circles, start=1) for node in circle}
    out, into = dict(graph.out_degree(weight="weight")), dict(graph.in_degree(weight="weight"))
    members = tuple(
        Member(
            name=name,
            lines=len(network.spoken[name]),
            spoken=out[node],
            heard=into[node],
            spoke_to=graph.out_degree(node),
            heard_from=graph.in_degree(node),
            reciprocity=2 * mutual[node] / (out[node] + into[node]) if out[node] + into[node] else None,
            circle=circle_of[node],
        )
        for node, name in enumerate(network.people)
    )
    total = sum(out.values())
    return Measures(
        members=members,
        circles=tuple(tuple(network.people[node] for node in circle) for circle in circles),
        density=nx.density(graph),
        reciprocity=sum(mutual.values()) / total if total else None,
        modularity=modularity,
    )


def _graph(network: Network) -> "nx.DiGraph[int]":
    numbers = {name: number for number, name in enumerate(network.people)}
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(range(len(numbers)))
    for (speaker, listener), tie in network.ties.items():
        graph.add_edge(numbers[speaker], numbers[listener], weight=tie.weight)
    return graph


def _weight(graph: "nx.Graph[int]", a: int, b: int) -> float:
    return float(graph.edges[a, b]["weight"]) if graph.has_edge(a, b) else 0.0


def _circles(graph: "nx.DiGraph[int]", resolution: float) -> tuple[Sequence[Sequence[int]], float | None]:
    """The circles, largest first, and their modularity. Who has no tie is a circle alone."""
    both: nx.Graph[int] = nx.Graph()
    both.add_nodes_from(graph)
    for a, b in sorted(graph.edges):
        both.add_edge(a, b, weight=_weight(both, a, b) + _weight(graph, a, b))
    if not both.number_of_edges():
        return [[node] for node in both], None
    found: Any = nx.community.louvain_communities(both, weight="weight", resolution=resolution, seed=0)
    modularity = nx.community.modularity(both, found, weight="weight", resolution=resolution)
    return sorted((sorted(circle) for circle in found), key=lambda circle: (-len(circle), circle)), modularity
