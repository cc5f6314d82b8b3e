"""What a run's model calls come to."""

from typing import Any

from attrs import define

from troupe_core.values.chat import Usage

__all__ = ["Meter"]


@define
class Meter:
    """Counts of one run, all models together: the ``llm`` object of ``troupe stats --json``."""

    calls: int = 0
    """Asked for by agents and parts."""
    provider_calls: int = 0
    """Sent to providers, repairs and retries included."""
    cache_hits: int = 0
    retries: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    dollars: float = 0.0

    def add_usage(self, usage: Usage) -> None:
        """One more answer."""
        self.prompt_tokens += usage.prompt_tokens
        self.completion_tokens += usage.completion_tokens
        self.dollars += usage.dollars

    def as_json(self) -> dict[str, Any]:
        """The counts by name."""
        from attrs import asdict

        return {**asdict(self), "dollars": round(self.dollars, 6)}
