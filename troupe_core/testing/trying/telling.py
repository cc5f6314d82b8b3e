"""Values in the words of a failure: short, and where two of them differ."""

from collections.abc import Mapping
from typing import Any

__all__ = ["called", "difference", "shown"]


def called(action: str, arguments: Mapping[str, Any]) -> str:
    """A call, as one would write it."""
    return f"{action}({', '.join(f'{name}={shown(value)}' for name, value in arguments.items())})"


def shown(value: Any) -> str:
    """A value, cut to a readable length."""
    text = repr(value)
    return text if len(text) <= 160 else f"{text[:160]}…"


def difference(one: Any, other: Any) -> str:
    """Where two values differ, as shortly as it can be said."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        keys = [key for key in {**one, **other} if one.get(key) != other.get(key)]
        return f"[{keys[0]!r}] " + difference(one.get(keys[0]), other.get(keys[0])) if keys else "nothing"
    if isinstance(one, list | tuple) and isinstance(other, list | tuple) and len(one) == len(other):
        places = [place for place, pair in enumerate(zip(one, other, strict=True)) if pair[0] != pair[1]]
        return f"[{places[0]}] " + difference(one[places[0]], other[places[0]]) if places else "nothing"
    return "nothing" if one == other else f"{shown(one)} and {shown(other)}"
