"""Stimulus → percept: what an agent makes of what reaches it, within the bounds of its attention."""

from collections.abc import Iterable, Sequence
from itertools import islice

from attrs import asdict, evolve

from troupe_core.agent.live_agent import LiveAgent
from troupe_core.contracts.modality import Modality
from troupe_core.contracts.promised import promised, to_await
from troupe_core.contracts.turn import Turn
from troupe_core.errors import ModalityError, is_defect
from troupe_core.guard.untrusted import plain_text
from troupe_core.journal.defect import problem_of
from troupe_core.journal.notebook import Notebook
from troupe_core.values.canonical import content_hash
from troupe_core.values.ids import EventId
from troupe_core.values.input import Commit, Input, Ordinals
from troupe_core.values.json import JSONObject
from troupe_core.values.percept import Percept
from troupe_core.values.stimulus import Stimulus

__all__ = ["attended", "perceive"]


def attended(agent: LiveAgent, observed: Iterable[Stimulus]) -> list[Stimulus]:
    """What reaches the agent's senses: what waited for it, then what it observes, foremost first.

    At most as much as its attention holds, then put in the order in which it came about.
    """
    taken = [*agent.waiting, *islice(observed, agent.limits.attention - len(agent.waiting))]
    return sorted(taken, key=_came_about)


async def perceive(
    agent: LiveAgent, turn: Turn, stimuli: Sequence[Stimulus], commit: Commit, notebook: Notebook
) -> list[Percept]:
    """What the agent makes of these. A sense that fails leaves the author's words, and a `failure` in the journal.

    What a sense reads out of media is an input of the run, committed before anything follows from it.
    """
    ordinals = Ordinals()
    percepts = []
    for stimulus in stimuli:
        place, sense = _sense_for(agent, stimulus)
        if sense is None:
            percepts.append(_in_words(stimulus))
            continue
        sensed = await _sensed(agent, sense, stimulus)
        ordinal = ordinals.next(turn.step, agent.rank, place)
        await commit(_reading(agent, turn, place, ordinal, stimulus, sensed))
        if isinstance(sensed, str):
            notebook.add("failure", {"component": type(sense).__name__, "problem": sensed}, _causes(stimulus))
        percepts.append(_in_words(stimulus) if isinstance(sensed, str) else sensed)
    return percepts


def _sense_for(agent: LiveAgent, stimulus: Stimulus) -> tuple[str, Modality | None]:
    if stimulus.media is not None:
        for place, sense in agent.modalities:
            if _accepts(sense, stimulus.media.media_type):
                return place, sense
    return "", None


def _in_words(stimulus: Stimulus) -> Percept:
    """What is made of it without any sense for media."""
    if stimulus.media is None:
        return Percept(stimulus, plain_text(stimulus.text))
    words = plain_text(" ".join(filter(None, [stimulus.text, stimulus.media.caption])))
    return Percept(stimulus, words or "Something to see.")


async def _sensed(agent: LiveAgent, sense: Modality, stimulus: Stimulus) -> Percept | str:
    """What the sense makes of it, or why it makes nothing of it."""
    try:
        percept = promised(await to_await(sense.perceive(stimulus, agent.perceiver), "perceive"), Percept, "perceive")
        return evolve(percept, stimulus=stimulus, text=plain_text(percept.text))
    except BaseException as fault:
        if not is_defect(fault):
            raise
        return plain_text(str(fault)) if isinstance(fault, ModalityError) else problem_of(fault)


def _reading(
    agent: LiveAgent, turn: Turn, place: str, ordinal: int, stimulus: Stimulus, sensed: Percept | str
) -> Input:
    asked: JSONObject = {"stimulus": stimulus.to_json(), "sees_images": agent.perceiver.sees_images}
    payload: JSONObject
    if isinstance(sensed, Percept):
        payload = {"text": sensed.text, "media": None if sensed.media is None else asdict(sensed.media)}
    else:
        payload = {"failure": sensed}
    return Input(
        step=turn.step,
        rank=agent.rank,
        purpose=f"perceive:{place}",
        ordinal=ordinal,
        request=content_hash(asked),
        payload=payload,
    )


def _accepts(modality: Modality, media_type: str) -> bool:
    family = f"{media_type.partition('/')[0]}/*"
    return media_type in modality.accepts or family in modality.accepts or "*/*" in modality.accepts


def _came_about(stimulus: Stimulus) -> tuple[int, ...]:
    return stimulus.stamp or (-1,)


def _causes(stimulus: Stimulus) -> tuple[EventId, ...]:
    return () if stimulus.id is None else (stimulus.id,)
