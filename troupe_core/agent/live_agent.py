"""A persona alive in one simulation."""

from collections.abc import Mapping, Sequence

from attrs import define, field

from troupe_core.agent.prompt import Introduction
from troupe_core.config.settings import AgentEntry
from troupe_core.contracts.action_provider import ActionProvider
from troupe_core.contracts.executor import Executor
from troupe_core.contracts.faculty import Faculty
from troupe_core.contracts.memory_backend import MemoryBackend
from troupe_core.contracts.modality import Modality
from troupe_core.values.ids import AgentId, Rank
from troupe_core.values.percept import Perceiver
from troupe_core.values.persona import Persona
from troupe_core.values.stimulus import Stimulus

__all__ = ["Limits", "LiveAgent"]


@define(frozen=True, kw_only=True)
class Limits:
    """How much an agent takes in."""

    attention: int = 20
    """Things per turn."""
    recall: int = 12
    """Memories per turn, at most."""
    request_bytes: int = 8000


@define(kw_only=True, eq=False)
class LiveAgent:
    """A persona alive in one simulation: who it is, what it has, and where it is in its life."""

    persona: Persona
    id: AgentId = field(init=False)
    """Its name."""
    rank: Rank
    llm: str
    """The place of its model's table: ``llm``, ``llms.cheap``."""
    memory: MemoryBackend
    executor: Executor
    providers: Mapping[str, ActionProvider]
    """What it can act with, by place: the environment, its tools, its faculties."""
    faculties: Sequence[tuple[str, Faculty]] = ()
    """By place, in the order in which they take part."""
    modalities: Sequence[tuple[str, Modality]] = ()
    """By place; the first that accepts something senses it."""
    limits: Limits = field(factory=Limits)
    perceiver: Perceiver
    entry: AgentEntry
    """The study's entry that says how it lives."""
    came_later: bool = False
    """Whether it arrived while the run went on: then the study does not name it."""

    waiting: list[Stimulus] = field(factory=list)
    """What has reached it since its last turn: deliveries, and what came of its actions."""
    last_look: tuple[int, int] = (-1, -1)
    """Step and group of its last turn."""
    introduction: Introduction | None = None

    def __attrs_post_init__(self) -> None:
        self.id = AgentId(self.persona.name)

    def receive(self, stimulus: Stimulus) -> None:
        """Let this wait for its next turn; what is more than its attention can take pushes out the oldest."""
        self.waiting.append(stimulus)
        del self.waiting[: -self.limits.attention]
