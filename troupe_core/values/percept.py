"""What an agent made of a stimulus."""

from attrs import frozen

from troupe_core.values.ids import AgentId
from troupe_core.values.stimulus import Media, Stimulus

__all__ = ["Perceiver", "Percept"]


@frozen
class Perceiver:
    """Who perceives: what a modality may know about it."""

    agent: AgentId
    sees_images: bool
    """Whether the agent's model takes images."""


@frozen
class Percept:
    """What an agent made of a stimulus. There is always text; media stay attached for a model that can see."""

    stimulus: Stimulus
    text: str
    media: Media | None = None
