"""Actions that only read: what they bring in is kept in the run, like every other input."""

from attrs import asdict

from troupe_core.contracts.action_provider import ActionProvider, acted
from troupe_core.simulation.lending import lent, plainly
from troupe_core.simulation.live_turn import LiveTurn
from troupe_core.simulation.stage import Stage
from troupe_core.values.action import ActionCall, Outcome
from troupe_core.values.json import JSONObject

__all__ = ["read_kept"]


async def read_kept(stage: Stage, provider: ActionProvider, place: str, call: ActionCall, turn: LiveTurn) -> Outcome:
    """The outcome of a reading action, committed before anything follows from it."""
    purpose = f"read:{place}"
    ordinal = turn.next_ordinal(purpose)
    asked: JSONObject = {"action": call.action, "arguments": call.arguments}
    outcome = plainly(await acted(provider, lent(call), turn))
    await stage.journal.bring_in(turn.input(purpose, ordinal, asked, {"outcome": asdict(outcome)}))
    return outcome
