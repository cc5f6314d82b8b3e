"""Blocking calls in threads of their own, that end before what they use is closed."""

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

from troupe_core.plugin import in_thread

__all__ = ["Calls"]

T = TypeVar("T")


class Calls:
    """All calls that are under way. A cancelled one ends in its thread all the same, and nobody hears of it."""

    def __init__(self) -> None:
        self._under_way: set[asyncio.Future[Any]] = set()

    async def make(self, function: Callable[..., T], *arguments: object) -> T:
        """Call the function in a thread."""
        call: asyncio.Future[T] = asyncio.ensure_future(in_thread(function, *arguments))
        self._under_way.add(call)
        call.add_done_callback(self._ended)
        return await asyncio.shield(call)

    async def end(self) -> None:
        """Wait for all of them."""
        while self._under_way:
            await asyncio.wait(self._under_way)

    def _ended(self, call: "asyncio.Future[Any]") -> None:
        self._under_way.discard(call)
        if not call.cancelled():
            call.exception()
