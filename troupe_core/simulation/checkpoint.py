"""The states of all parts, kept now and then: an accelerator for resuming, never the truth."""

from collections.abc import Iterable
from typing import Any

from attrs import frozen

from troupe_core.agent.agent import Agent
from troupe_core.contracts.environment import VersionedEnvironment
from troupe_core.contracts.part import Stateful
from troupe_core.errors import PluginError
from troupe_core.simulation.stage import Stage
from troupe_core.values.ids import AgentId
from troupe_core.values.stimulus import Stimulus

__all__ = ["Start", "keep_states", "restore_states"]

WORLD_STATE = "environment"
PRESENT = "agents"
"""The place of what the core itself knows of an agent's life."""


@frozen(kw_only=True)
class Start:
    """Where a run begins that does not begin at the beginning."""

    step: int
    states: Iterable[tuple[str, str, Any]]
    """As they were before this step: `Run.states_before`."""


def keep_states(stage: Stage) -> None:
    """Keep the states that were touched since the last checkpoint, as they are before the next step."""
    order = list(stage.parts.made)
    touched = sorted(stage.touched, key=lambda each: (order.index(each[0]), each[1] or ""))
    stage.touched.clear()
    states = [(place, agent or "", _snapshot(stage, place, agent)) for place, agent in touched]
    states += [(PRESENT, name, _life(agent)) for name, agent in stage.agents.items()]
    stage.journal.snapshot(stage.step + 1, [each for each in states if each[2] is not None])


def restore_states(stage: Stage, states: Iterable[tuple[str, str, Any]]) -> None:
    """Put states (place, agent or ``""``, state) back into parts that were just opened.

    Raises `PluginError` where there is no such part, or it cannot take the state.
    """
    for place, agent, state in states:
        if place == PRESENT:
            _revive(stage.agents[AgentId(agent)], state)
            continue
        part = stage.parts.made.get(place)
        if place == WORLD_STATE and isinstance(stage.environment, VersionedEnvironment):
            stage.state.update(state)
            continue
        if not isinstance(part, Stateful):
            raise PluginError(f"the run kept a state for [{place}], which holds none now", where=place)
        try:
            part.restore(AgentId(agent) if agent else None, state)
        except Exception as defect:
            what = f"{type(part).__name__} cannot take back its state: {type(defect).__name__}: {defect}"
            raise PluginError(what, where=place) from defect


def _life(agent: Agent) -> dict[str, Any]:
    return {"waiting": [each.to_json() for each in agent.waiting], "last_look": list(agent.last_look)}


def _revive(agent: Agent, life: Any) -> None:
    agent.waiting = [Stimulus.from_json(each) for each in life["waiting"]]
    agent.last_look = tuple(life["last_look"])


def _snapshot(stage: Stage, place: str, agent: AgentId | None) -> Any:
    part = stage.parts.made[place]
    if place == WORLD_STATE and isinstance(part, VersionedEnvironment):
        return None if agent is not None else dict(stage.state)
    return part.snapshot(agent) if isinstance(part, Stateful) else None
