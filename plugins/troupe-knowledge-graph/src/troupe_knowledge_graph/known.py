"""What one agent knows: what everybody does, and over it what only this agent believes."""

from collections.abc import Iterator, Sequence
from itertools import chain, islice

from troupe_core.plugin import nearest
from troupe_knowledge_graph.fact import Fact
from troupe_knowledge_graph.fact_graph import FactGraph

__all__ = ["Known"]

_MOST_REACHED = 50_000
"""Things that the search for a path looks at, at most."""

_MOST_COMPARED = 2000
_MOST_LIKE = 3


class Known:
    """Both graphs as one, without a copy of either."""

    def __init__(self, shared: FactGraph, own: FactGraph) -> None:
        self._layers = (shared, own)

    def name(self, word: str) -> str | None:
        """What the thing is called that is meant, if anything is known of it."""
        exact = next((word for layer in self._layers if word in layer.graph), None)
        return exact or next(filter(None, (layer.name(word) for layer in self._layers)), None)

    def about(self, thing: str) -> Iterator[Fact]:
        """What is said of a thing; beliefs last."""
        return chain.from_iterable(layer.about(thing) for layer in self._layers)

    def around(self, thing: str) -> Iterator[Fact]:
        """All facts with this thing in them."""
        named = (fact for layer in self._layers for fact in layer.naming(thing) if fact.subject != thing)
        return chain(self.about(thing), named)

    def like(self, word: str) -> Sequence[str]:
        """A few things whose names have the word in them, or are spelt nearly like it."""
        wanted = word.casefold()
        names = list(chain.from_iterable(layer.names() for layer in self._layers))
        having = list(dict.fromkeys(islice((name for name in names if wanted in name.casefold()), _MOST_LIKE)))
        if having:
            return having
        near = [name for name in names if name[:1].casefold() == wanted[:1]][:_MOST_COMPARED]
        close = nearest(word, near)
        return [] if close is None else [close]

    def kinds(self, thing: str, predicates: Sequence[str], most: int) -> Sequence[str]:
        """What kinds of things it is, the nearest first; a hierarchy that bites its tail is followed once around."""
        up = {each.casefold() for each in predicates}
        found = {thing: None}
        waiting = [thing]
        while waiting and len(found) <= most:
            for fact in self.about(waiting.pop(0)):
                if fact.predicate.casefold() in up and fact.object not in found:
                    found[fact.object] = None
                    waiting.append(fact.object)
        return list(found)[1 : most + 1]

    def path(self, start: str, end: str, longest: int) -> Sequence[Fact] | None:
        """The fewest facts that connect two things, whichever way they point; None where there is no such path.

        Raises `ValueError` where too much lies around them to say.
        """
        came_by: dict[str, Fact | None] = {start: None}
        border = [start]
        for _ in range(longest):
            border = self._next(border, came_by, end)
            if end in came_by:
                return _walked(came_by, end)
            if len(came_by) >= _MOST_REACHED:
                raise ValueError("too much lies around them")
        return None

    def _next(self, border: Sequence[str], came_by: dict[str, Fact | None], end: str) -> list[str]:
        reached: list[str] = []
        for thing in border:
            for fact in self.around(thing):
                other = fact.object if fact.subject == thing else fact.subject
                if other in came_by:
                    continue
                came_by[other] = fact
                reached.append(other)
                if other == end or len(came_by) >= _MOST_REACHED:
                    return reached
        return reached


def _walked(came_by: dict[str, Fact | None], end: str) -> list[Fact]:
    steps: list[Fact] = []
    thing = end
    while (fact := came_by[thing]) is not None:
        steps.append(fact)
        thing = fact.subject if fact.object == thing else fact.object
    return steps[::-1]
