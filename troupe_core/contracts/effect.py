"""Something outside the simulation."""

from typing import Protocol

from troupe_core.values.json import JSON

__all__ = ["Effect"]


class Effect(Protocol):
    """Something outside the simulation that can be done: a mail sent, a row written."""

    async def perform(self, key: str, arguments: JSON) -> JSON:
        """Do it. `key` is unique to this effect of this run: hand it on, so that the other side can know it again.

        Raises `EffectError` where it is known not to have happened.
        """

    async def find(self, key: str) -> JSON | None:
        """What `perform` returned for this key, if the other side can tell that it happened; else None."""
