"""Actions that only read: what they bring in is kept in the run, like every other input."""

from attrs import asdict

from troupe_core.contracts.action_provider import ActionProvider, attempted
from troupe_core.simulation.live_turn import LiveTurn
from troupe_core.simulation.stage import Stage
from troupe_core.values.action import ActionCall, Outcome
from troupe_core.values.canonical import content_hash
from troupe_core.values.input import Input

__all__ = ["read_kept"]


async def read_kept(stage: Stage, provider: ActionProvider, place: str, call: ActionCall, turn: LiveTurn) -> Outcome:
    """The outcome of a reading action, committed before anything follows from it."""
    outcome = await attempted(provider.act(call, turn))
    await stage.journal.bring_in(
        Input(
            step=turn.step,
            rank=turn.rank,
            purpose=f"read:{place}",
            ordinal=turn.notebook.next_ordinal,
            request=content_hash({"action": call.action, "arguments": call.arguments}),
            payload={"outcome": asdict(outcome)},
        )
    )
    return outcome
