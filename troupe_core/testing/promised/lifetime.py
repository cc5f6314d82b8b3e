"""What every part promises from `open` to `close`."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from troupe_core.testing.lent.trial_context import TrialContext
from troupe_core.testing.trying.kit_versions import added_in
from troupe_core.testing.trying.resting import rests_on
from troupe_core.testing.trying.trial import Trial

__all__ = ["LifetimeTests"]


class LifetimeTests(Trial):
    """A part is opened once and closed once, whatever happens between."""

    @added_in("0.1")
    def test_it_opens_and_closes(self) -> None:
        """A part is opened once before it is used, and closed once."""

        async def story() -> None:
            part, context = self.make(), self.context()
            await part.open(context)
            await part.close()
            await context.close_built()

        self.explained(lambda: asyncio.run(story()))

    @added_in("0.1")
    @rests_on("test_it_opens_and_closes")
    def test_it_closes_after_an_opening_that_broke_off(self) -> None:
        """`close` is called after a failure and after Ctrl-C too: also where `open` came to nothing."""

        async def cancelled() -> None:
            part = self.make()
            opening = asyncio.create_task(part.open(self.context()))
            await asyncio.sleep(0)
            opening.cancel()
            await asyncio.gather(opening, return_exceptions=True)
            await part.close()

        async def without_a_folder() -> None:
            part = self.make()
            await asyncio.gather(part.open(_FullDisk(folder=self.folder)), return_exceptions=True)
            await part.close()

        for story in (cancelled, without_a_folder):
            try:
                asyncio.run(story())
            except Exception as fault:
                self.promise(
                    False,
                    seen=f"close raised {type(fault).__name__}: {fault}",
                    change="let `close` end only what is there: give what `open` makes a value in __init__ (None), "
                    "and ask for it in `close`.",
                )

    @added_in("0.1")
    def test_closing_it_leaves_nothing_running(self) -> None:
        """The core owns a part's lifetime: once it is closed, no task of it goes on."""

        async def story() -> list[str]:
            async with self.opened() as part:
                await self._lived(part)
            await asyncio.sleep(0)
            return [str(task.get_coro()) for task in asyncio.all_tasks() - {asyncio.current_task()}]

        running = asyncio.run(story())
        self.promise(
            not running,
            seen=f"still running: {', '.join(running)}",
            change="keep the tasks that it starts, and in `close` cancel them and wait for them.",
        )

    @added_in("0.1")
    def test_what_declares_no_network_uses_none(self) -> None:
        """Who does not declare the capability ``network`` opens no connection and looks up no name."""
        if "network" in self._declared:
            pytest.skip("it declares that it uses the network")

        async def story() -> None:
            async with self.opened() as part:
                await self._lived(part)

        asyncio.run(story())
        self.promise(
            not self.watch.network,
            seen=f"it reached for the network: {', '.join(self.watch.network[:5])}",
            change='declare it: Component(…, capabilities=("network",)). Or do without: what a study does not grant '
            "must not leave the simulation.",
        )

    @added_in("0.1")
    def test_two_parts_share_nothing(self) -> None:
        """Each table of a study has a part of its own: what happens to one is not seen in another."""

        async def story() -> tuple[Any, Any, Any]:
            async with self.opened() as one, self.opened() as another:
                seen = await self._seen(another), await self._seen(another)
                await self._lived(one)
                return *seen, await self._seen(another)

        first, before, after = asyncio.run(story())
        if first != before:
            pytest.skip("what can be seen of one part changes of itself")
        self.promise(
            before == after,
            seen=f"one part was used, and another changed from {_short(before)} to {_short(after)}",
            change="keep state on `self`, made in __init__ or `open`: not on the class, in the module, or in a default "
            "argument.",
        )

    async def _lived(self, part: Any) -> None:
        """How it lives is tried by other tests: what it raises here is theirs to tell."""
        await asyncio.gather(self.exercise(part), return_exceptions=True)

    async def _seen(self, part: Any) -> Any:
        try:
            return await self.traces(part)
        except Exception as fault:  # what it raises here is told by other tests
            return str(fault)


class _FullDisk(TrialContext):
    """A context of which nothing can be had."""

    def __getattribute__(self, name: str) -> Any:
        if name in ("folder", "build", "ask", "put_blob"):
            raise OSError(28, "No space left on device", str(Path("kit")))
        return super().__getattribute__(name)


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 200 else f"{text[:200]}…"
