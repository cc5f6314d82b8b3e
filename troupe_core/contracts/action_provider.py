"""The one way to offer actions: tools, environments and faculties all do it like this."""

from collections.abc import Awaitable, Sequence
from inspect import isawaitable
from typing import Any, ClassVar

from troupe_core.contracts.declared import DeclaredAction, declared_in
from troupe_core.contracts.part import Stateful
from troupe_core.contracts.promised import promised, to_await
from troupe_core.contracts.turn import Turn
from troupe_core.errors import EffectUncertain, Refusal, is_defect
from troupe_core.values.action import ActionCall, ActionSpec, Outcome
from troupe_core.values.change import Change, Now
from troupe_core.values.ids import AgentId

__all__ = ["ActionProvider", "acted", "attempted"]


class ActionProvider(Stateful):
    """A part that lets agents do something.

    Mark methods with `@action`; their name, docstring and types are the specification::

        class Dice(Tool):
            @action(effect="world")
            def throw(self, turn: Turn, sides: int) -> str:
                \"\"\"Throw a dice.\"\"\"
                return f"You threw a {turn.random('throw').randint(1, sides)}."
    """

    declared_actions: ClassVar[dict[str, DeclaredAction]] = {}
    """The `@action` methods of the class, by name."""

    def __init_subclass__(cls, **rest: Any) -> None:
        super().__init_subclass__(**rest)
        cls.declared_actions = declared_in(cls)

    def actions(self, agent: AgentId) -> Sequence[ActionSpec]:
        """What this agent can do now. Default: every `@action` method."""
        return tuple(declared.spec for declared in self.declared_actions.values())

    async def act(self, call: ActionCall, turn: Turn) -> Outcome:
        """Do it. `call` is valid under its spec. Default: calls the `@action` method of that name.

        Raises `Refusal` for a broken rule.
        """
        return await self.call_declared(call, turn)

    async def advance(self, now: Now) -> Sequence[Change]:
        """What comes about between two steps. Called before each step, when everybody is at rest."""
        return ()

    async def call_declared(self, call: ActionCall, *leading: object) -> Outcome:
        """Call the `@action` method that `call` names with `leading` and its arguments.

        A method may be plain or async, and return an `Outcome`, a text for the agent, or None.
        """
        declared = self.declared_actions[call.action]
        result = getattr(self, declared.method)(*leading, **declared.arguments_of(call))
        if isawaitable(result):
            result = await result
        return result if isinstance(result, Outcome) else Outcome(text=result)


async def acted(provider: ActionProvider, call: ActionCall, turn: Turn) -> Outcome:
    """What comes of `ActionProvider.act`, whatever happens in it."""

    async def acting() -> Outcome:
        return await to_await(provider.act(call, turn), "act")

    return await attempted(acting())


async def attempted(acting: Awaitable[Outcome]) -> Outcome:
    """The outcome of one action, whatever happens in it.

    A `Refusal` is told to the agent, and so is an effect that may or may not have happened. Any other error is a
    defect of the provider, kept for the journal; but for those that end the run (`ENDS_RUN`), which are raised.
    """
    try:
        return promised(await acting, Outcome, "act")
    except Refusal as refusal:
        return Outcome(status="refused", text=str(refusal))
    except EffectUncertain as broken_off:
        return Outcome(status="unknown", text="It is not known whether that happened.", problem=broken_off.what)
    except BaseException as defect:
        if not is_defect(defect):
            raise
        return Outcome.failed(defect)
