"""A run's figures as text."""

from collections.abc import Mapping
from typing import Any

__all__ = ["counted", "headline", "money"]


def headline(stats: Mapping[str, Any]) -> str:
    """One sentence: how much was lived, and what it took."""
    llm = stats["llm"]
    tokens = llm["prompt_tokens"] + llm["completion_tokens"]
    took = f", {stats['wall_s']:.1f} s" if stats.get("wall_s") is not None else ""
    return (
        f"{counted(stats['steps'], 'step')}, {counted(stats['turns'], 'turn')}, "
        f"{counted(llm['provider_calls'], 'model call')}, {counted(tokens, 'token')}, {money(llm['dollars'])}{took}"
    )


def money(dollars: float) -> str:
    """Dollars, with more digits where they are few."""
    return f"${dollars:.2f}" if dollars == 0 or dollars >= 0.1 else f"${dollars:.4f}"


def counted(number: int, noun: str) -> str:
    """``1 step``, ``2,000 steps``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
