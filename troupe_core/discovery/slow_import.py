"""Naming a plugin that is slow to import while it is: a thread that sleeps, and as a rule never wakes."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from time import monotonic

from attrs import define, field

from troupe_core.discovery.found import Plugin

__all__ = ["OF_LIBRARIES", "PATIENCE", "SlowImports"]

PATIENCE = 2.0
"""Seconds until an import is named for the first time; then after twice that, four times that, …"""
OF_LIBRARIES = 10.0
"""The same where a part is made: some libraries take seconds, and nothing is wrong with them."""


@define(eq=False)
class SlowImports:
    """Watches imports from `watching` on, until that ends.

    What it has to say is a warning of the logger ``troupe``, which stands on standard error unless somebody has
    decided otherwise.
    """

    _patience: float
    _plugin: Plugin | None = field(default=None, init=False)
    _since: float = field(default=0.0, init=False)
    _done: Event = field(factory=Event, init=False)

    @classmethod
    @contextmanager
    def watching(cls, *, libraries: bool = False) -> Iterator["SlowImports"]:
        """From here to the end of the block; `libraries`: what is imported now may be heavy."""
        watch = cls(OF_LIBRARIES if libraries else PATIENCE)
        thread = Thread(target=watch._watch, name="troupe: slow imports", daemon=True)
        thread.start()
        try:
            yield watch
        finally:
            watch._done.set()
            thread.join()

    def begin(self, plugin: Plugin) -> None:
        """This one is imported now."""
        self._since = monotonic()
        self._plugin = plugin

    def end(self) -> None:
        """Nothing is imported now."""
        self._plugin = None

    def _watch(self) -> None:
        named, due = 0.0, self._patience
        while not self._done.wait(self._patience / 4):
            plugin, since = self._plugin, self._since
            if plugin is None:
                continue
            if since != named:
                named, due = since, self._patience
            seconds = monotonic() - since
            if seconds >= due:
                due *= 2
                _say(plugin, seconds)


def _say(plugin: Plugin, seconds: float) -> None:
    import logging

    logging.getLogger("troupe").warning(
        'troupe: still importing %s (%s), %d s. Ctrl-C ends it; to do without it: [plugins] disable = ["%s"]',
        plugin.title,
        _file_of(plugin.module.partition(":")[0]),
        seconds,
        plugin.distribution,
    )


def _file_of(module: str) -> str:
    """The innermost file that is known already. Looking for more could wait for the very import that hangs."""
    name = module
    while name:
        file = getattr(sys.modules.get(name), "__file__", None)
        if file:
            return str(file)
        name = name.rpartition(".")[0]
    return module
