"""What a part may know and do during one agent's turn."""

from collections.abc import Sequence
from datetime import datetime
from random import Random
from typing import Protocol

from troupe_core.contracts.effect import Effect
from troupe_core.values.ids import AgentId, Rank
from troupe_core.values.json import JSON
from troupe_core.values.persona import Persona
from troupe_core.values.stimulus import Media, Stimulus

__all__ = ["Turn"]


class Turn(Protocol):
    """One agent's turn. A part never keeps it: after the call it is over."""

    @property
    def agent(self) -> AgentId: ...
    @property
    def persona(self) -> Persona: ...
    @property
    def step(self) -> int: ...
    @property
    def rank(self) -> Rank: ...
    @property
    def now(self) -> datetime:
        """Simulated time."""

    @property
    def present(self) -> Sequence[AgentId]:
        """Everybody who is there, in order of rank."""

    def random(self, *key: str | int) -> Random:
        """A stream of random numbers of this turn's own for each key."""

    def emit(
        self,
        text: str,
        *,
        kind: str,
        to: Sequence[AgentId] | None = None,
        media: Media | None = None,
        trusted: bool = True,
    ) -> Stimulus:
        """Let this agent bring a stimulus into the world: journalled once, whoever gets to sense it.

        The environment keeps what is returned and hands it to those who sense it (`Environment.observe`).
        """

    async def perform(self, effect: Effect, arguments: JSON, *, idempotent: bool = False) -> JSON:
        """Let something happen outside the simulation, once: intent → effect → result, each in the journal.

        Raises `EffectError` where the effect failed and is known not to have happened.
        """
