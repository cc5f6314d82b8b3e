"""What observers are told: one frozen object per observer hook."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

from attrs import frozen

from troupe_core.values.chat import ChatRequest, ChatResponse
from troupe_core.values.event import Event
from troupe_core.values.ids import AgentId

__all__ = ["EventRecorded", "ModelCallFinished", "RunFinished", "RunStarted", "StepFinished", "StepStarted", "Watch"]


@frozen(kw_only=True)
class RunStarted:
    """A run is about to take its first step."""

    folder: Path
    name: str
    steps: int
    agents: tuple[AgentId, ...]


@frozen(kw_only=True)
class RunFinished:
    """A run has ended."""

    folder: Path
    status: str
    """``finished``, ``stopped``, ``interrupted`` or ``failed``."""
    reason: str | None
    digest: str


@frozen(kw_only=True)
class StepStarted:
    """The clock has moved on."""

    step: int
    present: int
    """How many agents are there."""


@frozen(kw_only=True)
class StepFinished:
    """Everybody's turn of this step is in the journal."""

    step: int


@frozen(kw_only=True)
class EventRecorded:
    """One more event is in the journal."""

    event: Event


@frozen(kw_only=True)
class ModelCallFinished:
    """A provider has answered, or failed to."""

    request: ChatRequest
    response: ChatResponse | None
    error: str | None
    seconds: float
    """Wall time of the call."""
    again: bool = False
    """Whether the same is asked once more, a little later: the provider was busy or away."""


Watch: TypeAlias = Mapping[type, Callable[[Any], None]]
"""What somebody who starts a run wants to be told: a class of this module → a function that takes one."""
