"""Toys that use all that the core lends, or take their time with it."""

import asyncio
from pathlib import Path

from troupe_core.plugin import ActionCall, Context, Faculty, Tool, Turn, action, in_thread
from troupe_toys.config import BorrowerConfig
from troupe_toys.tools import Counter


class Borrower(Tool):
    """Holds a counter of its own, and shows what it was lent."""

    def __init__(self, config: BorrowerConfig) -> None:
        self._config = config

    async def open(self, context: Context) -> None:
        self._context = context
        self._embedder = context.embedder and context.embedder.fingerprint
        counter = await context.build(self._config.kind, self._config.of)
        assert isinstance(counter, Counter)
        self._counter = counter

    async def close(self) -> None:
        await in_thread((self._context.folder / "closed.txt").write_text, "closed")

    @action
    async def show(self, turn: Turn) -> str:
        """Show all that was lent."""
        context = self._context
        ref = await context.put_blob(b"a drawing", "image/png")
        drawing = await context.get_blob(ref)
        try:
            await context.get_blob("f" * 64)
            missing = "found"
        except KeyError:
            missing = "missing"
        counted = await self._counter.act(ActionCall(turn.agent, "count", {}), turn)
        own, ann = (lent.random("a").randint(0, 9**9) for lent in (context, turn))
        return (
            f"{Path(context.folder).name}, {own}, {ann}, "
            f"{context.granted('drawing', turn.agent)}, {context.granted('singing', turn.agent)}, "
            f"{drawing.decode()}, {missing}, {self._embedder}, {counted.text}, "
            f"{' and '.join(context.holders())}"
        )


class Slow(Faculty):
    """Takes an hour to open."""

    async def open(self, context: Context) -> None:
        (context.folder / "opening.txt").write_text("…")
        await asyncio.sleep(3600)
