"""A run's figures as text."""

import os
from collections.abc import Mapping
from typing import Any

__all__ = ["ending", "headline", "money", "typed"]


def headline(stats: Mapping[str, Any]) -> str:
    """One sentence: how much was lived, and what it took."""
    llm = stats["llm"]
    tokens = llm["prompt_tokens"] + llm["completion_tokens"]
    took = f", {stats['wall_s']:.1f} s" if stats.get("wall_s") is not None else ""
    return (
        f"{_count(stats['steps'], 'step')}, {_count(stats['turns'], 'turn')}, "
        f"{_count(llm['provider_calls'], 'model call')}, {_count(tokens, 'token')}, {money(llm['dollars'])}{took}"
    )


def ending(stats: Mapping[str, Any]) -> str:
    """Where the run lies, and what to type next."""
    run, troupe = stats["run"], typed()
    return "\n".join(
        [
            f"{str(stats['status']).capitalize()}: {headline(stats)}.",
            f"The run lies in {run} (digest {stats['digest'][:12]}…).",
            f"  read it again   {troupe} show {run}",
            f"  its figures     {troupe} stats {run}",
            f"  every event     {troupe} events {run}",
        ]
    )


def typed() -> str:
    """How the reader types this command. Inside tox its environment is on the path, and not on the reader's."""
    inside = os.environ.get("TOX_ENV_DIR")
    return os.path.relpath(os.path.join(inside, "bin", "troupe")) if inside else "troupe"


def money(dollars: float) -> str:
    """Dollars, with more digits where they are few."""
    return f"${dollars:.2f}" if dollars == 0 or dollars >= 0.1 else f"${dollars:.4f}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
