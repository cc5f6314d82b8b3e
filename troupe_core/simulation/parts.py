"""The parts of one run: made from their tables, opened in order, closed in reverse."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from attrs import define, field

from troupe_core.config.faults import at
from troupe_core.config.settings import PartTable
from troupe_core.config.structuring import structured
from troupe_core.contracts.part import Context, Part
from troupe_core.contracts.promised import to_await
from troupe_core.discovery.blame import in_words
from troupe_core.discovery.found import Found
from troupe_core.discovery.parts import defect_of
from troupe_core.discovery.plugins import Plugins
from troupe_core.errors import ConfigError, TroupeError, is_stop
from troupe_core.simulation.lending import own_copy
from troupe_core.simulation.tracing import Trace

__all__ = ["Parts"]

P = TypeVar("P", bound=Part)


@define(kw_only=True, eq=False)
class Parts:
    """One object for each table. Everything is made before anything is opened: a wrong key costs nothing."""

    plugins: Plugins
    file: str
    """How errors call the study."""
    folder: Path
    """What paths in the study are relative to."""
    made: dict[str, Part] = field(factory=dict, init=False)
    """By place, in the order of making."""
    found: dict[str, Found] = field(factory=dict, init=False)
    """The component that each place has its part from."""
    trace: Trace | None = None
    """Times what parts do; None where nobody asked for it."""
    _open: list[Part] = field(factory=list, init=False)

    def make(self, kind: str, table: PartTable) -> Any:
        """The part of a table; the same one for the same place. Raises `PluginError`, `ConfigError`."""
        if table.place not in self.made:
            self.made[table.place] = self.fresh(kind, table)
        return self.made[table.place]

    def fresh(self, kind: str, table: PartTable) -> Part:
        """A part that nobody else has. Raises `PluginError`, `ConfigError`."""
        place = _place(table.place)
        found = self.plugins.find(kind, table.use, where=at(self.file, place))
        self.found.setdefault(table.place, found)
        part = self.plugins.make(found, self._config(found, table, place))
        if self.trace is not None:
            self.trace.follow(part, found, table.place)
        return part

    def _config(self, found: Found, table: PartTable, place: tuple[str | int, ...]) -> Any:
        shape = self.plugins.config_class(found)
        if shape is None:
            if table.options:
                key = min(table.options)
                raise ConfigError(f'unknown key "{key}": {table.use} has nothing to set', where=at(self.file, place))
            return None
        # A copy: what a part does to its settings changes nothing of the study.
        try:
            return structured(shape, own_copy(table.options), file=self.file, place=place, folder=self.folder)
        except TroupeError:
            raise
        except BaseException as error:
            if is_stop(error):
                raise
            raise defect_of(found, f"its config cannot be made: {in_words(error)}") from error

    async def open_all(self, context_of: Callable[[str], Context]) -> None:
        """Open everything that was made, each with a context of its own."""
        for place, part in self.made.items():
            await self.open(place, part, context_of(place))

    async def open(self, place: str, part: Part, context: Context) -> None:
        """Open one part; it will be closed with the others, even where opening it fails halfway."""
        self._open.append(part)
        with self.blaming(place, "open"):
            await to_await(part.open(context), "open")

    async def close_all(self) -> list[tuple[Part, BaseException]]:
        """Close in reverse order, whatever happens; returns what went wrong."""
        problems: list[tuple[Part, BaseException]] = []
        while self._open:
            part = self._open.pop()
            try:
                await to_await(part.close(), "close")
            except BaseException as fault:
                if is_stop(fault):
                    raise
                problems.append((part, fault))
        return problems

    @contextmanager
    def blaming(self, place: str, method: str) -> Iterator[None]:
        """Where the part at `place` breaks down meanwhile, the run cannot begin: raises `PluginError` that names it.

        A `ConfigError` is the user's, who is told in which table.
        """
        try:
            yield
        except ConfigError as fault:
            if fault.where:
                raise
            raise ConfigError(fault.what, where=at(self.file, _place(place)), remedy=fault.remedy) from None
        except TroupeError:
            raise
        except BaseException as error:
            if is_stop(error):
                raise
            raise defect_of(self.found[place], f"its {method} failed: {in_words(error)}") from error

    def providers(self, wanted: type[P]) -> Mapping[str, P]:
        """All parts of one contract, by place."""
        return {place: part for place, part in self.made.items() if isinstance(part, wanted)}


def _place(place: str) -> tuple[str | int, ...]:
    return tuple(int(each) - 1 if each.isdigit() else each for each in place.split("."))
