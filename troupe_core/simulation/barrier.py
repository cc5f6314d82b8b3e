"""What comes about between two steps: the study's stimuli, and what worlds and tools bring; nobody acts meanwhile."""

from collections.abc import Sequence

from troupe_core.config.settings import StimulusEntry
from troupe_core.contracts.action_provider import ActionProvider
from troupe_core.contracts.promised import each_promised, to_await
from troupe_core.errors import is_defect
from troupe_core.journal.defect import note_defect
from troupe_core.journal.notebook import Notebook
from troupe_core.simulation.casting import add_agent
from troupe_core.simulation.live_turn import emitted
from troupe_core.simulation.stage import Stage
from troupe_core.values.change import Arrival, Change, Delivery, Departure, Now
from troupe_core.values.ids import AgentId
from troupe_core.values.stimulus import Media, Stimulus

__all__ = ["cross_barrier"]


async def cross_barrier(
    stage: Stage, notebook: Notebook, media: Sequence[Media | None], told: Sequence[Delivery] = ()
) -> None:
    """Let everything happen that is due before this step; `media` are those of the study's stimuli, one each.

    Last comes what is `told` from outside.
    """
    now = Now(stage.step, stage.clock.at(stage.step))
    for place, provider in stage.parts.providers(ActionProvider).items():
        stage.touched.add((place, None))
        try:
            for change in each_promised(await to_await(provider.advance(now), "advance"), Change, "advance"):
                _apply(stage, notebook, change)
        except BaseException as defect:
            if not is_defect(defect):
                raise
            note_defect(notebook, place, provider, defect)
    for entry, medium in zip(stage.study.stimuli, media, strict=True):
        if entry.at == stage.step:
            _deliver(stage, notebook, _stimulus(entry, medium), _addressees(entry))
    for delivery in told:
        _deliver(stage, notebook, delivery.stimulus, delivery.to)


def _apply(stage: Stage, notebook: Notebook, change: Change) -> None:
    match change:
        case Delivery(stimulus, to):
            _deliver(stage, notebook, stimulus, to)
        case Arrival(persona, like):
            if AgentId(persona.name) in stage.agents or like not in stage.agents:
                problem = f"{persona.name} cannot arrive like {like}: taken name, or nobody to be like"
                notebook.add("failure", {"component": "arrival", "problem": problem})
                return
            agent = add_agent(stage, persona, stage.agents[like].entry, came_later=True)
            notebook.add("state", {"arrived": agent.id, "rank": agent.rank})
        case Departure(agent_id, why):
            if stage.agents.pop(agent_id, None) is not None:
                notebook.add("state", {"departed": agent_id, "why": why})


def _deliver(stage: Stage, notebook: Notebook, stimulus: Stimulus, to: Sequence[AgentId] | None) -> None:
    stimulus = stimulus if stimulus.id is not None else emitted(stimulus, notebook)
    for name in stage.present if to is None else to:
        if name in stage.agents:
            stage.agents[name].receive(stimulus)


def _stimulus(entry: StimulusEntry, media: Media | None) -> Stimulus:
    return Stimulus(text=entry.text, kind=entry.kind, to=_addressees(entry), media=media)


def _addressees(entry: StimulusEntry) -> tuple[AgentId, ...] | None:
    return None if entry.to is None else tuple(AgentId(name) for name in entry.to)
