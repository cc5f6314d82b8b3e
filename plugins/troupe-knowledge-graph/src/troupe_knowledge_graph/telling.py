"""How facts are told to an agent: short lines that can be read aloud."""

from collections.abc import Collection, Iterable, Sequence
from itertools import islice

from troupe_knowledge_graph.fact import Fact

__all__ = ["told", "told_path"]


def told(head: str, facts: Iterable[Fact], own: Collection[Fact], listed: int) -> str:
    """A line for each fact, as far as they are listed."""
    shown = list(islice(facts, listed + 1))
    lines = [f"{fact.subject} – {fact.predicate} → {fact.object} ({_source(fact, own)})" for fact in shown[:listed]]
    return "\n".join([head, *lines, *(["… and more"] if len(shown) > listed else [])])


def told_path(start: str, steps: Sequence[Fact]) -> str:
    """A path in one line, with arrows that point as the facts do."""
    line, thing = start, start
    for fact in steps:
        forward = fact.subject == thing
        thing = fact.object if forward else fact.subject
        line += f" – {fact.predicate} → {thing}" if forward else f" ← {fact.predicate} – {thing}"
    return line


def _source(fact: Fact, own: Collection[Fact]) -> str:
    return f"you believe it: {fact.source}" if fact in own else fact.source
