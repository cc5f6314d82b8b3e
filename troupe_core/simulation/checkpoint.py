"""The states of all parts and people, kept now and then: an accelerator for resuming, never the truth."""

from collections.abc import Iterable, Mapping
from typing import Any

from attrs import asdict, frozen
from orjson import Fragment

from troupe_core.actions.offer import Offer
from troupe_core.actions.offers_kept import OffersKept, offer_kept
from troupe_core.agent.live_agent import LiveAgent
from troupe_core.agent.prompt import Introduction
from troupe_core.contracts.environment import VersionedEnvironment
from troupe_core.contracts.part import Stateful
from troupe_core.errors import PluginError, is_stop, words_of
from troupe_core.journal.defect import problem_of
from troupe_core.simulation.casting import add_agent
from troupe_core.simulation.stage import Stage
from troupe_core.values.canonical import canonical
from troupe_core.values.ids import AgentId, Rank
from troupe_core.values.persona import Persona
from troupe_core.values.stimulus import Stimulus

__all__ = ["Start", "keep_states", "restore_states"]

WORLD_STATE = "environment"
PRESENT = "agents"
"""The place of what the core itself knows: of an agent's life, and for nobody in particular who is there."""


@frozen(kw_only=True)
class Start:
    """Where a run begins that does not begin at the beginning."""

    step: int
    states: Iterable[tuple[str, str, Any]]
    """As they were before this step: `Run.states_before`."""


def keep_states(stage: Stage) -> None:
    """Keep the states that were touched since the last checkpoint, as they are before the next step.

    A part that cannot say its state is named in a `note`: what happens does not depend on checkpoints.
    """
    order = list(stage.parts.made)
    touched = sorted(stage.touched, key=lambda each: (order.index(each[0]), each[1] or ""))
    stage.touched.clear()
    states: list[tuple[str, str, Any]] = []
    for place, agent in touched:
        try:
            state = _snapshot(stage, place, agent)
            if state is not None:
                states.append((place, agent or "", Fragment(canonical(state))))
        except BaseException as defect:
            if is_stop(defect):
                raise
            component = f"{place} ({type(stage.parts.made[place]).__name__})"
            stage.asides.append({"component": component, "problem": f"snapshot: {problem_of(defect)}"})
    offers = OffersKept()
    lives = [(PRESENT, name, _life(stage, agent, offers)) for name, agent in stage.agents.items()]
    states.append((PRESENT, "", {"present": list(stage.agents), "next_rank": stage.next_rank, "offers": offers.kept}))
    states += lives
    stage.journal.snapshot(stage.step + 1, states)


def restore_states(stage: Stage, states: Iterable[tuple[str, str, Any]]) -> None:
    """Put states (place, agent or ``""``, state) back into parts that were just opened.

    Raises `PluginError` where there is no such part, or it cannot take the state.
    """
    states = list(states)
    _revive_all(stage, {agent: state for place, agent, state in states if place == PRESENT})
    for place, agent, state in states:
        if place == PRESENT:
            continue
        part = stage.parts.made.get(place)
        if place == WORLD_STATE and isinstance(stage.environment, VersionedEnvironment):
            stage.state.update(state)
            continue
        if not isinstance(part, Stateful):
            raise PluginError(f"the run kept a state for [{place}], which holds none now", where=place)
        try:
            part.restore(AgentId(agent) if agent else None, state)
        except BaseException as defect:
            if is_stop(defect):
                raise
            what = f"{type(part).__name__} cannot take back its state: {type(defect).__name__}: {words_of(defect)}"
            raise PluginError(what, where=place) from defect


def _life(stage: Stage, agent: LiveAgent, offers: OffersKept) -> dict[str, Any]:
    life: dict[str, Any] = {
        "waiting": [each.to_json() for each in agent.waiting],
        "last_look": list(agent.last_look),
    }
    if agent.introduction is not None:
        life["introduced"] = offers.keep(agent.introduction.offer)
    if not agent.came_later:
        return life
    entry = next(number for number, each in enumerate(stage.study.agents) if each is agent.entry)
    return {**life, "rank": agent.rank, "persona": asdict(agent.persona), "entry": entry}


def _revive_all(stage: Stage, lives: Mapping[str, Any]) -> None:
    """Whoever was there is there again, and nobody else."""
    if "" not in lives:
        return
    offers = {number: offer_kept(offer) for number, offer in lives[""].get("offers", {}).items()}
    for name in lives[""]["present"]:
        life = lives[name]
        if name not in stage.agents:
            stage.next_rank = Rank(life["rank"])
            add_agent(stage, Persona(**life["persona"]), stage.study.agents[life["entry"]], came_later=True)
        _revive(stage.agents[name], life, offers)
    stage.agents = {name: stage.agents[name] for name in lives[""]["present"]}
    stage.next_rank = Rank(lives[""]["next_rank"])


def _revive(agent: LiveAgent, life: Any, offers: Mapping[str, Offer]) -> None:
    agent.waiting = [Stimulus.from_json(each) for each in life["waiting"]]
    agent.last_look = tuple(life["last_look"])
    if "introduced" in life:
        agent.introduction = Introduction.of(agent.persona, offers[life["introduced"]])


def _snapshot(stage: Stage, place: str, agent: AgentId | None) -> Any:
    part = stage.parts.made[place]
    if place == WORLD_STATE and isinstance(part, VersionedEnvironment):
        return None if agent is not None else dict(stage.state)
    return part.snapshot(agent) if isinstance(part, Stateful) else None
