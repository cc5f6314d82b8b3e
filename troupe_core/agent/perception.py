"""Stimulus → percept: what an agent makes of what reaches it, within the bounds of its attention."""

from collections.abc import Iterable, Sequence
from itertools import islice

from attrs import evolve

from troupe_core.agent.live_agent import LiveAgent
from troupe_core.contracts.modality import Modality
from troupe_core.contracts.promised import promised, to_await
from troupe_core.errors import ModalityError, is_defect
from troupe_core.guard.untrusted import plain_text
from troupe_core.journal.defect import problem_of
from troupe_core.journal.notebook import Notebook
from troupe_core.values.ids import EventId
from troupe_core.values.percept import Percept
from troupe_core.values.stimulus import Stimulus

__all__ = ["attended", "perceive"]


def attended(agent: LiveAgent, observed: Iterable[Stimulus]) -> list[Stimulus]:
    """What reaches the agent's senses: what waited for it, then what it observes, foremost first.

    At most as much as its attention holds, then put in the order in which it came about.
    """
    taken = [*agent.waiting, *islice(observed, agent.limits.attention - len(agent.waiting))]
    return sorted(taken, key=_came_about)


async def perceive(agent: LiveAgent, stimuli: Sequence[Stimulus], notebook: Notebook) -> list[Percept]:
    """What the agent makes of these. A sense that fails leaves the author's words, and a `failure` in the journal."""
    return [
        Percept(each, plain_text(each.text)) if each.media is None else await _perceive_media(agent, each, notebook)
        for each in stimuli
    ]


async def _perceive_media(agent: LiveAgent, stimulus: Stimulus, notebook: Notebook) -> Percept:
    media = stimulus.media
    assert media is not None
    plain = Percept(stimulus, plain_text(" ".join(filter(None, [stimulus.text, media.caption]))) or "Something to see.")
    modality = next((each for each in agent.modalities if _accepts(each, media.media_type)), None)
    if modality is None:
        return plain
    try:
        perceived = await to_await(modality.perceive(stimulus, agent.perceiver), "perceive")
        percept = promised(perceived, Percept, "perceive")
        return evolve(percept, stimulus=stimulus, text=plain_text(percept.text))
    except BaseException as fault:
        if not is_defect(fault):
            raise
        what = plain_text(str(fault)) if isinstance(fault, ModalityError) else problem_of(fault)
        notebook.add("failure", {"component": type(modality).__name__, "problem": what}, _causes(stimulus))
        return plain


def _accepts(modality: Modality, media_type: str) -> bool:
    family = f"{media_type.partition('/')[0]}/*"
    return media_type in modality.accepts or family in modality.accepts or "*/*" in modality.accepts


def _came_about(stimulus: Stimulus) -> tuple[int, ...]:
    return stimulus.stamp or (-1,)


def _causes(stimulus: Stimulus) -> tuple[EventId, ...]:
    return () if stimulus.id is None else (stimulus.id,)
