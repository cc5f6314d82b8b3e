"""Turtle (and N-Triples), read by rdflib where it is installed."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from troupe_core.plugin import ConfigError
from troupe_knowledge_graph.fact import Fact, named
from troupe_knowledge_graph.reading.unreadable import too_many, unreadable

__all__ = ["turtle_facts"]

_WORDS = {
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#type": "is a",
    "http://www.w3.org/2000/01/rdf-schema#subClassOf": "subclass of",
}
_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"


def turtle_facts(file: Path, source: str, most: int) -> Iterator[Fact]:
    """The triples of a file; things are called by their ``rdfs:label``, else by the end of their address.

    Raises `ConfigError`.
    """
    triples = _triples(file, most)
    names = _Names(triples)
    for subject, predicate, target in triples:
        if str(predicate) != _LABEL:
            yield Fact(names.of(subject), names.predicate(predicate), names.of(target), source)


def _triples(file: Path, most: int) -> list[Any]:
    """In the order of the file: a graph of rdflib has none that is the same in every process."""
    try:
        from rdflib import Graph
    except ImportError:
        remedy = "Install it: python -m pip install 'troupe-knowledge-graph[turtle]'"
        raise ConfigError("Turtle is read by rdflib, which is not installed", where=str(file), remedy=remedy) from None

    found: list[Any] = []

    class Listing(Graph):
        """Lists what is added to it, as far as there is room."""

        def add(self, triple: Any) -> Any:
            if len(found) >= most:
                raise too_many(file, most)
            found.append(triple)
            return self

    text = file.read_text(encoding="utf-8-sig")
    try:
        Listing().parse(data=text, format="turtle", publicID="urn:study:")
    except (ConfigError, MemoryError):
        raise
    except Exception as fault:
        why = " ".join(str(fault).split())[:200]
        raise unreadable(file, f"it is no Turtle: {why}", "See https://www.w3.org/TR/turtle/ for its form.") from None
    return found


class _Names:
    """What things are called: two of one label are told apart by their addresses."""

    def __init__(self, triples: Any) -> None:
        self._labels: dict[Any, str] = {}
        self._taken: dict[str, Any] = {}
        for subject, predicate, target in triples:
            if str(predicate) == _LABEL and subject not in self._labels and (name := named(str(target))):
                self._labels[subject] = self._free(name, subject)

    def of(self, term: Any) -> str:
        """The name of a thing, or the text of a literal."""
        if type(term).__name__ == "Literal":
            return named(str(term)) or "(empty)"
        if term not in self._labels:
            self._labels[term] = self._free(self._plain(term), term)
        return self._labels[term]

    def predicate(self, term: Any) -> str:
        """A predicate in words: ``works for`` for ``…#worksFor``."""
        return _WORDS.get(str(term)) or self._labels.get(term) or _ending(str(term)).lower()

    def _plain(self, term: Any) -> str:
        if type(term).__name__ == "BNode":  # rdflib calls it otherwise in every process
            return f"unnamed {sum(name.startswith('unnamed ') for name in self._taken) + 1}"
        return _ending(str(term))

    def _free(self, name: str, term: Any) -> str:
        if self._taken.setdefault(name, term) == term:
            return name
        other = f"{name} ({named(str(term))})"
        self._taken.setdefault(other, term)
        return other


def _ending(address: str) -> str:
    last = re.split(r"[/#:]", address.rstrip("/#"))[-1] or address
    return named(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", last).replace("_", " ")) or named(address)
