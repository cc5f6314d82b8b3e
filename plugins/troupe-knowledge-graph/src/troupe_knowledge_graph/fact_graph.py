"""Facts as a graph of networkx: things are nodes, and each fact is an edge whose key is its predicate and source."""

from collections.abc import Iterator
from typing import Any

import networkx as nx

from troupe_knowledge_graph.fact import Fact

__all__ = ["FactGraph"]


class FactGraph:
    """Facts, each once, found by the names of things whatever their capitals."""

    def __init__(self) -> None:
        self.graph: Any = nx.MultiDiGraph()
        self._keys: dict[tuple[str, str], tuple[str, str]] = {}
        """One object for all facts of a predicate and a source: a million of them would take 100 MB."""
        self._by_folded: dict[str, str] = {}
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def __contains__(self, fact: Fact) -> bool:
        return bool(self.graph.has_edge(fact.subject, fact.object, (fact.predicate, fact.source)))

    def add(self, fact: Fact) -> bool:
        """Add it; whether it is new."""
        key = (fact.predicate, fact.source)
        key = self._keys.setdefault(key, key)
        subject, target = self._known(fact.subject), self._known(fact.object)
        if self.graph.has_edge(subject, target, key):
            return False
        self.graph.add_edge(subject, target, key)
        self._count += 1
        return True

    def name(self, word: str) -> str | None:
        """What the thing is called that is meant, if there is one."""
        return word if word in self.graph else self._by_folded.get(word.casefold())

    def names(self) -> Iterator[str]:
        """All things, in the order of their coming."""
        return iter(self.graph)

    def about(self, thing: str) -> Iterator[Fact]:
        """What is said of a thing."""
        if thing in self.graph:
            for _, target, (predicate, source) in self.graph.out_edges(thing, keys=True):
                yield Fact(thing, predicate, target, source)

    def naming(self, thing: str) -> Iterator[Fact]:
        """What is said of others and names this thing."""
        if thing in self.graph:
            for subject, _, (predicate, source) in self.graph.in_edges(thing, keys=True):
                yield Fact(subject, predicate, thing, source)

    def degree(self, thing: str) -> int:
        """With how many things it is connected."""
        return len(self.graph.succ[thing]) + len(self.graph.pred[thing]) if thing in self.graph else 0

    def _known(self, name: str) -> str:
        """The one object that stands for this name everywhere."""
        first = self._by_folded.setdefault(name.casefold(), name)
        return first if first == name else name
