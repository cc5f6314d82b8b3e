"""Actions of a script."""

import json

__all__ = ["add", "lookup", "neighbours", "path"]


def _shown(action: str, **arguments: object) -> str:
    pairs = {"action": action, **arguments}
    return "{ " + ", ".join(f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in pairs.items()) + " }"


def lookup(thing: str) -> str:
    """Look a thing up."""
    return _shown("lookup", thing=thing)


def neighbours(thing: str) -> str:
    """See what is around it."""
    return _shown("neighbours", thing=thing)


def path(start: str, end: str) -> str:
    """Find how two things are connected."""
    return _shown("path", start=start, end=end)


def add(subject: str, predicate: str, target: str, source: str = "a neighbour") -> str:
    """Note a fact."""
    return _shown("add_fact", subject=subject, predicate=predicate, object=target, source=source)
