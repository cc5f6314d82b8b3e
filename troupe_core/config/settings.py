"""The sections of a study file, as typed settings."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from attrs import field, frozen, validators

from troupe_core.values.json import JSON

__all__ = [
    "AgentEntry",
    "AgentSettings",
    "Budget",
    "ExecutionSettings",
    "PartTable",
    "Population",
    "SimulationSettings",
    "StimulusEntry",
    "Study",
]

_AT_LEAST_0 = validators.ge(0)
_AT_LEAST_1 = validators.ge(1)


@frozen(kw_only=True)
class Budget:
    """What a model may cost in one run; the run stops, resumable, before it would ask for more."""

    dollars: float | None = field(default=None, validator=validators.optional(validators.ge(0.0)))
    calls: int | None = field(default=None, validator=validators.optional(_AT_LEAST_0))
    """Calls sent to the provider, repairs included."""
    tokens: int | None = field(default=None, validator=validators.optional(_AT_LEAST_0))
    """Prompt and completion together."""


@frozen(kw_only=True)
class PartTable:
    """A table that selects a component: ``use``, the core's own keys, and the component's configuration."""

    use: str
    place: str = ""
    """Where it stands in the study: ``llm``, ``tools.email``, …"""
    grants: tuple[str, ...] = ()
    """Capabilities: what this part may do outside the simulation."""
    budget: Budget = field(factory=Budget)
    options: Mapping[str, Any] = field(factory=dict)
    """The component's own keys."""


@frozen(kw_only=True)
class SimulationSettings:
    """``[simulation]``: what the run means; part of its digest."""

    name: str = field(default="simulation", validator=validators.min_len(1))
    steps: int = field(default=10, validator=_AT_LEAST_1)
    """How many ticks of the clock there are at most."""
    seed: int = 0
    """All chance follows from it: another seed is another run."""
    start: datetime = datetime(2026, 1, 1, 9, 0)  # noqa: DTZ001 - simulated time has no zone
    """The simulated time of step 0."""
    step: timedelta = field(default=timedelta(minutes=10), validator=validators.gt(timedelta(0)))
    """The simulated time from one step to the next: ``"10min"``, ``"1h 30min"``, ``"2d"``, or seconds."""
    turn_order: Literal["simultaneous", "sequential"] = "simultaneous"
    """Whether everybody acts at once, or each sees what those before did in the same step."""


@frozen(kw_only=True)
class ExecutionSettings:
    """``[execution]``: speed. Nothing here ever changes the journal."""

    concurrency: int = field(default=16, validator=_AT_LEAST_1)
    """Model calls in flight."""
    lookahead: int = field(default=0, validator=_AT_LEAST_0)
    """How many steps an agent may run ahead, where the world allows it. All worlds keep a barrier so far."""
    patience: timedelta = field(default=timedelta(minutes=1), validator=validators.ge(timedelta(0)))
    """How long a call waits for a provider that is busy or away, before the run stops; it can go on later."""
    executor: str = "local"
    checkpoint: int = field(default=10, validator=_AT_LEAST_1)
    """After how many steps the states of all parts are kept."""


@frozen(kw_only=True)
class AgentSettings:
    """``[agent_defaults]``; an agent may have the same keys for itself."""

    llm: str | None = None
    """A name from ``[llms]``; without it the ``[llm]`` of the study."""
    tools: tuple[str, ...] | None = None
    faculties: tuple[str, ...] | None = None
    perception: tuple[str, ...] | None = None
    """Modalities; the first that takes a medium perceives it."""
    attention: int | None = field(default=None, validator=validators.optional(_AT_LEAST_1))
    """How many things an agent takes in each turn. Default: 20."""
    recall: int | None = field(default=None, validator=validators.optional(_AT_LEAST_0))
    """How many memories an agent calls up each turn, at most. Default: 12."""
    request_bytes: int | None = field(default=None, validator=validators.optional(validators.ge(1000)))
    """How long a request may become: percepts are shortened and memories left out, the persona never.
    What is now always has 480 bytes. Default: 8000."""


@frozen(kw_only=True)
class Population:
    """Many agents from a persona source."""

    source: PartTable
    count: int = field(validator=_AT_LEAST_1)


@frozen(kw_only=True)
class AgentEntry(AgentSettings):
    """One ``[[agents]]``: a persona (a file, or the table itself) or a population; and how it lives."""

    persona: Path | Mapping[str, JSON] | None = None
    fragments: tuple[Path, ...] = ()
    name: str | None = field(default=None, validator=validators.optional(validators.min_len(1)))
    """Another name than the persona's, to have somebody twice."""
    population: Population | None = None


@frozen(kw_only=True)
class StimulusEntry:
    """One ``[[stimuli]]``: something that reaches agents at a step, whatever the world does."""

    at: int = field(validator=_AT_LEAST_0)
    """The step."""
    text: str = ""
    to: tuple[str, ...] | None = None
    """Names; without it everybody."""
    kind: str = field(default="event", validator=validators.matches_re(r"[a-z][a-z_]*"))
    media: Path | None = None


@frozen(kw_only=True)
class Study:
    """A study file."""

    plugins: Mapping[str, JSON] = field(factory=dict)
    """Which plugins are wanted: `discovery.selection` reads it before the rest is typed."""
    simulation: SimulationSettings = field(factory=SimulationSettings)
    execution: ExecutionSettings = field(factory=ExecutionSettings)
    llm: PartTable | None = None
    llms: Mapping[str, PartTable] = field(factory=dict)
    memory: PartTable = PartTable(place="memory", use="recent")
    embedder: PartTable | None = None
    environment: PartTable = PartTable(place="environment", use="room")
    tools: Mapping[str, PartTable] = field(factory=dict)
    faculties: Mapping[str, PartTable] = field(factory=dict)
    modalities: Mapping[str, PartTable] = field(factory=dict)
    agent_defaults: AgentSettings = field(factory=AgentSettings)
    agents: Sequence[AgentEntry] = ()
    stimuli: Sequence[StimulusEntry] = ()
    analyzers: Sequence[PartTable] = ()
