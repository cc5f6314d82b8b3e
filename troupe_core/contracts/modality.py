"""A sense."""

from abc import abstractmethod
from typing import ClassVar

from troupe_core.contracts.part import Part
from troupe_core.values.percept import Perceiver, Percept
from troupe_core.values.stimulus import Stimulus

__all__ = ["Modality"]


class Modality(Part):
    """A sense: how a picture, a sound or a document becomes a percept."""

    accepts: ClassVar[tuple[str, ...]] = ()
    """Media types, ``image/png`` or ``image/*``. The first modality in an agent's list that accepts one wins."""

    @abstractmethod
    async def perceive(self, stimulus: Stimulus, perceiver: Perceiver) -> Percept:
        """What this agent makes of it: text always; media stay attached for a model that sees.

        Raises `ModalityError`.
        """
