"""A world and its rules."""

from abc import abstractmethod
from collections.abc import Collection, Iterable, Sequence

from troupe_core.contracts.action_provider import ActionProvider, acted, attempted
from troupe_core.contracts.turn import Turn
from troupe_core.contracts.view import Frontier, View
from troupe_core.values.action import ActionCall, Outcome
from troupe_core.values.ids import AgentId
from troupe_core.values.opening import Opening
from troupe_core.values.stimulus import Stimulus

__all__ = ["Environment", "VersionedEnvironment"]


class Environment(ActionProvider):
    """A world with plain state on ``self`` (level 0): enough for most. Everybody meets at a barrier each step."""

    def begin(self, opening: Opening) -> None:
        """Everybody is there: whom the config names, and the time that the world takes, can be checked now.

        Called before the first step, and when a study is only checked. Raises `ConfigError`; the core says where.
        """

    def turns(self, step: int, present: Sequence[AgentId]) -> Sequence[Collection[AgentId]] | None:
        """Who acts when: groups in order, whose members act at once. None: as the study's ``turn_order`` says."""
        return None

    def scene(self, view: View, agent: AgentId) -> str | None:
        """Where this agent is and who is with it, in a sentence: said in each of its turns. Pure, like `observe`."""
        return None

    @abstractmethod
    def observe(self, view: View, agent: AgentId) -> Iterable[Stimulus]:
        """What this agent senses now, foremost first: no more than its attention is taken.

        Pure: it writes nothing, reads no clock and draws no random numbers but the view's.
        """

    async def settle(self, view: View, calls: Sequence[tuple[ActionCall, Turn]]) -> Sequence[Outcome]:
        """What comes of one group's actions, given in order of rank; one outcome each. Default: one by one."""
        return [await acted(self, call, turn) for call, turn in calls]

    def finished(self) -> str | None:
        """Why the world is over, or None. Asked after each step."""
        return None


class VersionedEnvironment(Environment):
    """A world with all its state in the view and none on ``self`` (level 1). Snapshots come free."""

    async def apply(self, view: View, call: ActionCall, turn: Turn) -> Outcome:
        """Do it; write through the view only. Default: calls the `@action` method with the view and the turn."""
        return await self.call_declared(call, view, turn)

    async def settle(self, view: View, calls: Sequence[tuple[ActionCall, Turn]]) -> Sequence[Outcome]:
        """Applies one call after the other; each sees what those before it wrote."""
        return [await attempted(self.apply(view, call, turn)) for call, turn in calls]

    def may_reach(self, frontier: Frontier, agent: AgentId, within: int) -> Iterable[AgentId] | None:
        """At least everybody of whom some `within` consecutive uncommitted turns could change what this agent's
        next `observe`, or any `apply` of it, reads. None, the default: everyone.
        """
        return None
