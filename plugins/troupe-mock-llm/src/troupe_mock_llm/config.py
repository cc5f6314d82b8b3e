"""What can be set of the model `mock`."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, TypeAlias

from attrs import field, frozen, validators

__all__ = ["Config", "Mode"]

Mode: TypeAlias = Literal["improv", "scripted", "record", "replay", "fixed"]


@frozen(kw_only=True)
class Config:
    """Settings of the model `mock`."""

    mode: Mode = "improv"
    """How answers come about: `improv` makes them up from persona, memories and what was just said; `scripted` takes
    them from a file; `record` asks the model in `wraps` and keeps its answers; `replay` gives those again; `fixed`
    always does the least that is valid, for measuring."""

    script: Path | None = None
    """The TOML or JSON file with the answers, for `scripted`."""

    recording: Path | None = None
    """The file of recorded answers (JSON Lines), written by `record` and read by `replay`."""

    wraps: Mapping[str, Any] | None = None
    """The model that `record` asks, as a table of its own: ``{ use = "openai", … }``."""

    latency: float = field(default=0.0, validator=validators.ge(0))
    """Seconds until an answer comes."""

    jitter: float = field(default=0.0, validator=validators.ge(0))
    """At most so many seconds come on top of `latency`, drawn anew for each request from its seed."""

    dollars_per_million_prompt_tokens: float = field(default=0.0, validator=validators.ge(0))
    """A price to rehearse costs with: per million tokens of prompts, four bytes a token."""

    dollars_per_million_completion_tokens: float = field(default=0.0, validator=validators.ge(0))
    """The same for answers."""

    context_tokens: int = field(default=32_768, validator=validators.ge(1))
    """How much the model claims to be able to read."""

    model: str = "mock"
    """What the model calls itself."""
