"""Noticing who holds everybody up: a part, or an observer, that blocks the event loop instead of awaiting.

A thread asks the loop now and then for a sign of life. Where that does not come, it looks what the loop is at.
"""

import asyncio
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Event, Thread, get_ident
from time import monotonic
from types import FrameType

from attrs import define, field, frozen

from troupe_core.discovery.entry_points import CORE
from troupe_core.discovery.found import Plugin
from troupe_core.simulation.parts import Parts
from troupe_core.simulation.stage import Stage

__all__ = ["PATIENCE", "loop_watched"]

PATIENCE = 1.0
"""Seconds that nobody is named for."""


@frozen
class _Culprit:
    """Who holds everybody up, and where in its code."""

    place: str | None
    """The table of the part; None for an observer, or where several parts share the code."""
    plugin: str
    at: str

    @property
    def name(self) -> str:
        return f"{self.place} of {self.plugin}" if self.place else self.plugin


@define(eq=False)
class _Held:
    times: int = 0
    longest: float = 0.0


@contextmanager
def loop_watched(stage: Stage) -> Iterator[None]:
    """Watch the running loop. Who holds it up is named at once by the logger ``troupe``, and at the end in a `note`."""
    watchdog = _Watchdog(parts=stage.parts, loop=asyncio.get_running_loop(), thread=get_ident())
    watching = Thread(target=watchdog.watch, name="troupe: watchdog", daemon=True)
    watching.start()
    try:
        yield
    finally:
        watchdog.done.set()
        watching.join()
        stage.asides += watchdog.notes()


@define(kw_only=True, eq=False)
class _Watchdog:
    parts: Parts
    loop: asyncio.AbstractEventLoop
    thread: int
    done: Event = field(factory=Event)
    held: dict[_Culprit, _Held] = field(factory=dict)
    _answered: float = field(default=0.0, init=False)

    def watch(self) -> None:
        asked, culprit = self._ask(), None
        slept = asked
        while not self.done.wait(PATIENCE / 2):
            late, slept = monotonic() - slept > PATIENCE, monotonic()
            if late and culprit is None:
                asked = self._ask()  # this thread was held up itself: the machine is busy, and nobody is to blame
                continue
            waited = (self._answered if self._answered >= asked else monotonic()) - asked
            if culprit is not None:
                held = self.held[culprit]
                held.longest = max(held.longest, waited)
            if self._answered >= asked:
                asked, culprit = self._ask(), None
            elif culprit is None and waited >= PATIENCE:
                culprit = self._culprit()
                if culprit is not None:
                    self._name(culprit, waited)
        if culprit is not None:
            self.held[culprit].longest = max(self.held[culprit].longest, monotonic() - asked)

    def notes(self) -> list[Mapping[str, str]]:
        """What the journal should know, outside the digest."""
        return [
            {
                "component": culprit.name,
                "problem": f"held everybody up, for {held.longest:.1f} s"
                + (f" at the longest of {held.times} times" if held.times > 1 else "")
                + f" ({culprit.at})",
            }
            for culprit, held in self.held.items()
        ]

    def _ask(self) -> float:
        asked = monotonic()
        self.loop.call_soon_threadsafe(self._answer)
        return asked

    def _answer(self) -> None:
        self._answered = monotonic()

    def _name(self, culprit: _Culprit, seconds: float) -> None:
        import logging

        held = self.held.setdefault(culprit, _Held())
        held.times += 1
        if held.times == 1:
            logging.getLogger("troupe").warning(
                "troupe: %s holds everybody up, for %.1f s now (%s). What takes time has to be awaited; "
                "blocking code goes through in_thread",
                culprit.name,
                seconds,
                culprit.at,
            )

    def _culprit(self) -> _Culprit | None:
        """The plugin whose code runs now; None where it is the core itself, or nobody's."""
        frame = sys._current_frames().get(self.thread)  # noqa: SLF001 - documented, in spite of its name
        packages = _packages(self.parts)
        plugin, at, places = None, "", set[str]()
        while frame is not None:
            found = packages.get(_package(frame))
            if found is not None:
                if plugin is None:
                    code = frame.f_code
                    plugin, at = found, f"{code.co_name}, {code.co_filename}, line {frame.f_lineno}"
                if found is plugin:
                    places = _places(self.parts, frame) or places
            frame = frame.f_back
        if plugin is None:
            return None
        return _Culprit(places.pop() if len(places) == 1 else None, plugin.title, at)


def _packages(parts: Parts) -> Mapping[str, Plugin]:
    """Which top-level package is whose."""
    found: dict[str, Plugin] = {}
    for plugin in parts.plugins.installed:
        if plugin.distribution != CORE and plugin.state == "active":
            factories = [offer.component.factory for offer in plugin.offers]
            for target in (plugin.module, *factories):
                found.setdefault(target.partition(":")[0].partition(".")[0], plugin)
    return found


def _package(frame: FrameType) -> str:
    return str(frame.f_globals.get("__name__", "")).partition(".")[0]


def _places(parts: Parts, frame: FrameType) -> set[str]:
    """The tables of the parts whose class this method is of."""
    owner = frame.f_code.co_qualname.rpartition(".")[0]
    module = frame.f_globals.get("__name__")
    return {
        place
        for place, part in parts.made.items()
        if any((cls.__module__, cls.__qualname__) == (module, owner) for cls in type(part).__mro__)
    }
