"""What a run took, as far as its inputs tell."""

from collections.abc import Iterable, Mapping
from typing import Any

__all__ = ["MEASURED", "is_measured", "is_traced", "measured_from_inputs"]

MEASURED = ("llm", "wall_s", "cpu_s", "peak_rss_mb")
"""What a run notes of itself at its end, in the order of ``troupe stats``."""

_OF_CALLS = {
    "calls": 0,
    "provider_calls": 0,
    "cache_hits": 0,
    "retries": 0,
    "prompt_tokens": 0,
    "completion_tokens": 0,
    "dollars": 0.0,
}

_TRACED = {
    "distribution": str,
    "version": str,
    "call": str,
    "calls": int,
    "total_ms": float | int,
    "max_ms": float | int,
}
_OR_NOTHING = ("place", "kind", "component")


def is_measured(value: object) -> bool:
    """Whether a run noted this at its end."""
    if not isinstance(value, dict) or not isinstance(llm := value.get("llm"), dict):
        return False
    numbers = [*(llm.get(key) for key in _OF_CALLS), *(value.get(key, "") or 0 for key in MEASURED[1:])]
    return all(isinstance(number, int | float) for number in numbers)


def is_traced(value: object) -> bool:
    """Whether these are the rows that a traced run notes at its end: what each plugin did, and how long."""
    return isinstance(value, list) and all(isinstance(row, dict) and _is_traced_row(row) for row in value)


def _is_traced_row(row: Mapping[str, Any]) -> bool:
    texts = all(isinstance(row.get(key, 0), str | None) for key in _OR_NOTHING)
    return texts and all(isinstance(row.get(key), kind) for key, kind in _TRACED.items())


def measured_from_inputs(inputs: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The counts of model calls; None for what only the process itself knew.

    Raises `TypeError` or `ValueError` for a usage that no model line wrote.
    """
    llm: dict[str, Any] = dict(_OF_CALLS)
    for brought in inputs:
        payload = brought["payload"]
        if "model" not in payload and "what" not in payload:
            continue  # an effect or a reading, no call to a model
        llm["calls"] += brought["purpose"] != "repair"
        llm["provider_calls"] += 1
        prompt, completion, dollars = payload.get("usage", (0, 0, 0.0))
        llm["prompt_tokens"] += prompt
        llm["completion_tokens"] += completion
        llm["dollars"] += dollars
    return {"llm": {**llm, "dollars": round(llm["dollars"], 6)}, "wall_s": None, "cpu_s": None, "peak_rss_mb": None}
