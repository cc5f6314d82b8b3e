"""GraphML, as yEd, Gephi and networkx write it."""

from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any
from warnings import catch_warnings, simplefilter
from xml.etree.ElementTree import ParseError

import networkx as nx

from troupe_knowledge_graph.fact import Fact, named
from troupe_knowledge_graph.reading.unreadable import too_many, unreadable

__all__ = ["graphml_facts"]

_NAMES = ("label", "name")
_PREDICATES = ("predicate", "relation", "label", "type", "name")
_REMEDY = "Export it as GraphML once more, from the program that made it."


def graphml_facts(file: Path, source: str, most: int) -> Iterator[Fact]:
    """Each edge, and each further attribute of a node, as a fact. Raises `ConfigError`."""
    text = file.read_bytes()
    if b"<!ENTITY" in text.replace(b"\0", b""):
        raise unreadable(file, "it defines entities", "A graph needs none: delete its <!DOCTYPE>.")
    if text.count(b"<edge") > most:
        raise too_many(file, most)
    try:
        with catch_warnings():
            simplefilter("ignore")  # a key without a type is a text: nothing to warn of
            graph: Any = nx.read_graphml(BytesIO(text), force_multigraph=True)
    except (ParseError, nx.NetworkXException, ValueError, KeyError, StopIteration) as fault:
        raise unreadable(file, f"it is no GraphML: {str(fault) or type(fault).__name__}", _REMEDY) from None
    names = {node: _first(data, _NAMES) or named(str(node)) for node, data in graph.nodes(data=True)}
    for node, data in graph.nodes(data=True):
        for key, value in data.items():
            if key not in _NAMES and named(str(value)):
                yield Fact(names[node], named(key), named(str(value)), source)
    for start, end, data in graph.edges(data=True):
        predicate = _first(data, _PREDICATES) or "is connected with"
        yield Fact(names[start], predicate, names[end], _first(data, ("source",)) or source)


def _first(data: Mapping[str, Any], keys: tuple[str, ...]) -> str:
    return next((name for key in keys if (name := named(str(data.get(key, ""))))), "")
