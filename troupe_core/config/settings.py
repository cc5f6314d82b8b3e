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
    """What all calls together may cost."""
    calls: int | None = field(default=None, validator=validators.optional(_AT_LEAST_0))
    """Calls sent to the provider, repairs included."""
    tokens: int | None = field(default=None, validator=validators.optional(_AT_LEAST_0))
    """Prompt and completion together."""


@frozen(kw_only=True)
class PartTable:
    """A table that selects a component: ``use``, the core's own keys, and the component's configuration."""

    use: str
    """The component: its name, or ``distribution:name`` where two have that name."""
    place: str = ""
    """Where it stands in the study: ``llm``, ``tools.email``, …"""
    grants: tuple[str, ...] = ()
    """Capabilities: what this part may do outside the simulation."""
    budget: Budget = field(factory=Budget)
    """What it may cost, where it is a model."""
    options: Mapping[str, Any] = field(factory=dict)
    """The component's own keys."""


@frozen(kw_only=True)
class SimulationSettings:
    """``[simulation]``: what the run means; part of its digest."""

    name: str = field(default="simulation", validator=validators.min_len(1))
    """What it is called; runs are put into folders of that name."""
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
    """Who does the work: a component."""
    checkpoint: int = field(default=10, validator=_AT_LEAST_1)
    """After how many steps the states of all parts are kept."""


@frozen(kw_only=True)
class AgentSettings:
    """``[agent_defaults]``; an agent may have the same keys for itself."""

    llm: str | None = None
    """A name from ``[llms]``; without it the ``[llm]`` of the study."""
    tools: tuple[str, ...] | None = None
    """Names of tables in ``[tools]``, or of components."""
    faculties: tuple[str, ...] | None = None
    """Names of tables in ``[faculties]``, or of components."""
    perception: tuple[str, ...] | None = None
    """Modalities, of ``[modalities]`` or components; the first that takes a medium perceives it."""
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
    """The persona source."""
    count: int = field(validator=_AT_LEAST_1)
    """How many people."""


@frozen(kw_only=True)
class AgentEntry(AgentSettings):
    """One ``[[agents]]``: a persona (a file, or the table itself) or a population; and how it lives."""

    persona: Path | Mapping[str, JSON] | None = None
    """Who it is: a file (``.toml``, ``.json``, ``.yaml``, ``.agent.json``), or the table itself."""
    fragments: tuple[Path, ...] = ()
    """Files that are laid over the persona, in their order."""
    name: str | None = field(default=None, validator=validators.optional(validators.min_len(1)))
    """Another name than the persona's, to have somebody twice."""
    population: Population | None = None
    """Many agents instead of one: ``{ use = "…", count = 40 }``, from a persona source."""


@frozen(kw_only=True)
class StimulusEntry:
    """One ``[[stimuli]]``: something that reaches agents at a step, whatever the world does."""

    at: int = field(validator=_AT_LEAST_0)
    """The step."""
    text: str = ""
    """What is seen or heard."""
    to: tuple[str, ...] | None = None
    """Names; without it everybody."""
    kind: str = field(default="event", validator=validators.matches_re(r"[a-z][a-z_]*"))
    """What agents are told that it is: ``event``, ``noise``, ``announcement``."""
    media: Path | None = None
    """A file: a picture, a sound. Who has no sense for it gets the text alone."""


@frozen(kw_only=True)
class Study:
    """A study file."""

    plugins: Mapping[str, JSON] = field(factory=dict)
    """Which plugins are wanted; each name is that of a distribution or of its entry point."""
    simulation: SimulationSettings = field(factory=SimulationSettings)
    """What the run means; part of its digest."""
    execution: ExecutionSettings = field(factory=ExecutionSettings)
    """Speed: never changes the journal."""
    llm: PartTable | None = None
    """The model that plays everybody who has no other."""
    llms: Mapping[str, PartTable] = field(factory=dict)
    """More models, by name: an agent takes one with ``llm = "NAME"``."""
    memory: PartTable = PartTable(place="memory", use="recent")
    """What everybody remembers with."""
    embedder: PartTable | None = None
    """What turns texts into vectors, for memories and tools that search by meaning."""
    environment: PartTable = PartTable(place="environment", use="room")
    """The world and its rules."""
    tools: Mapping[str, PartTable] = field(factory=dict)
    """What agents may use: one object each, shared by all who list it."""
    faculties: Mapping[str, PartTable] = field(factory=dict)
    """Mental abilities that take part in turns: emotion, reflection, planning."""
    modalities: Mapping[str, PartTable] = field(factory=dict)
    """Senses: what makes a picture or a sound something that an agent perceives."""
    agent_defaults: AgentSettings = field(factory=AgentSettings)
    """How everybody lives who does not say otherwise."""
    agents: Sequence[AgentEntry] = ()
    """Who takes part. Their order is their rank."""
    stimuli: Sequence[StimulusEntry] = ()
    """What happens, whatever people do."""
    analyzers: Sequence[PartTable] = ()
    """Who reads the run when it is over, and reports."""
