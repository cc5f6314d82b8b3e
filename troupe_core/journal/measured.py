"""What a run took, as far as its inputs tell."""

from collections.abc import Iterable, Mapping
from typing import Any

__all__ = ["MEASURED", "measured_from_inputs"]

MEASURED = ("llm", "wall_s", "cpu_s", "peak_rss_mb")
"""What a run notes of itself at its end, in the order of ``troupe stats``."""


def measured_from_inputs(inputs: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The counts of model calls, and the time that answers took; None for what only the process itself knew."""
    llm: dict[str, Any] = {
        "calls": 0,
        "provider_calls": 0,
        "cache_hits": 0,
        "retries": 0,
        "prompt_tokens": 0,
        "completion_tokens": 0,
        "dollars": 0.0,
    }
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
