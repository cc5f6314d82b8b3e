"""Where populations come from."""

from abc import abstractmethod
from collections.abc import AsyncIterator
from random import Random

from troupe_core.contracts.part import Part
from troupe_core.values.persona import Persona

__all__ = ["PersonaSource"]


class PersonaSource(Part):
    """Where populations come from: a census, a file, a model. Provisional."""

    @abstractmethod
    def personas(self, count: int, random: Random) -> AsyncIterator[Persona]:
        """`count` personas, one after the other. The first n do not depend on `count`."""
