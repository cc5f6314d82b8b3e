"""From a graph file to facts, whatever its form."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from troupe_core.plugin import ConfigError
from troupe_knowledge_graph.config import Config
from troupe_knowledge_graph.fact import Fact
from troupe_knowledge_graph.fact_graph import FactGraph
from troupe_knowledge_graph.reading.csv_file import csv_facts
from troupe_knowledge_graph.reading.graphml_file import graphml_facts
from troupe_knowledge_graph.reading.turtle_file import turtle_facts
from troupe_knowledge_graph.reading.unreadable import too_many, unreadable

__all__ = ["read_graph"]

_READERS: dict[str, Callable[[Path, str, int], Iterator[Fact]]] = {
    "csv": csv_facts,
    "graphml": graphml_facts,
    "turtle": turtle_facts,
}
_SUFFIXES = {
    ".csv": "csv",
    ".tsv": "csv",
    ".graphml": "graphml",
    ".xml": "graphml",
    ".ttl": "turtle",
    ".turtle": "turtle",
    ".nt": "turtle",
}


def read_graph(config: Config) -> FactGraph:
    """The graph of the file that the study names; an empty one where it names none. Raises `ConfigError`."""
    graph, file = FactGraph(), config.file
    if file is None:
        return graph
    form = config.format or _SUFFIXES.get(file.suffix.lower())
    if form is None:
        raise unreadable(file, "its name does not say what it is", 'Say it: format = "csv", "graphml" or "turtle".')
    try:
        with _uncollected():
            for fact in _READERS[form](file, config.source or file.name, config.max_facts):
                if graph.add(fact) and len(graph) > config.max_facts:
                    raise too_many(file, config.max_facts)
    except OSError as fault:
        raise ConfigError(f"the graph cannot be read: {fault.strerror}", where=str(file)) from None
    except UnicodeDecodeError:
        raise unreadable(file, "it is no text in UTF-8", "Is it a graph file? Save it as UTF-8.") from None
    if not len(graph):
        raise unreadable(file, "there is not a single fact in it", "A graph has at least one.")
    return graph


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the garbage collector, which would look through millions of young objects that all stay."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
