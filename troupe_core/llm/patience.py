"""How long a run waits for a provider that is busy or away: asked again, later each time, until that is too long."""

import asyncio
from collections.abc import Iterator

from attrs import define, field

from troupe_core.errors import Overloaded, RateLimited

__all__ = ["Patience"]

_FIRST_WAIT = 0.5
_LONGEST_WAIT = 20.0
"""In seconds, where the provider does not say how long."""


@define
class Patience:
    """The patience for one call: waits once for each failure that time may cure."""

    seconds: float
    """How long all waits together may be."""
    _waits: Iterator[float] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._waits = _longer_and_longer()

    async def wait_after(self, fault: Overloaded | RateLimited) -> bool:
        """Wait as long as the provider asks for, or longer each time. False, at once, where patience is at its end."""
        told = fault.retry_after if isinstance(fault, RateLimited) else None
        wait = next(self._waits) if told is None else told
        if wait > self.seconds:
            return False
        self.seconds -= max(wait, _FIRST_WAIT)  # a provider that says "at once" for ever uses patience up too
        await asyncio.sleep(wait)
        return True


def _longer_and_longer() -> Iterator[float]:
    wait = _FIRST_WAIT
    while True:
        yield wait
        wait = min(wait * 2, _LONGEST_WAIT)
