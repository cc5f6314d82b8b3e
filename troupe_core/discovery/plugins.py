"""The plugins of one run: found, loaded, and asked for what they offer."""

from collections.abc import Mapping, Sequence
from time import perf_counter
from types import ModuleType
from typing import TYPE_CHECKING

from attrs import evolve, field, frozen
from pluggy import HookRelay, PluginManager

from troupe_core import hookspecs
from troupe_core.discovery.api_range import api_range_of
from troupe_core.discovery.blame import in_words
from troupe_core.discovery.entry_points import CORE, EntryPoint, installed_entry_points
from troupe_core.discovery.found import Found, Plugin
from troupe_core.discovery.loading import Observer, load_plugin, observers_of
from troupe_core.discovery.naming import find_component
from troupe_core.discovery.parts import config_class, make_part
from troupe_core.discovery.required import check_required
from troupe_core.discovery.selection import Selection
from troupe_core.discovery.slow_import import SlowImports
from troupe_core.discovery.spent import Entry, Ledger
from troupe_core.errors import PluginError
from troupe_core.version import VERSION

if TYPE_CHECKING:
    from troupe_core.contracts.part import Part

__all__ = ["Plugins", "Problem", "out_of_range"]


@frozen(kw_only=True)
class Problem:
    """An observer of a plugin that failed."""

    plugin: Plugin
    hook: str
    error: BaseException

    @property
    def text(self) -> str:
        """For the journal: the plugin, the hook and the error."""
        return f"{self.plugin.title}: {self.hook} failed: {in_words(self.error)}"


@frozen(kw_only=True)
class Plugins:
    """The installed plugins, as one selection sees them. Nothing is shared between two of these."""

    selection: Selection
    installed: tuple[Plugin, ...]
    """The core's first, then by distribution and entry point."""
    hook: HookRelay
    """pluggy's: every hook implementation of the active plugins."""
    _components: tuple[Found, ...] = field(alias="components")
    _observers: Mapping[str, Sequence[Observer]] = field(alias="observers")
    _making: Ledger = field(factory=Ledger, init=False)

    @classmethod
    def discover(
        cls, selection: Selection | None = None, *, specs: Sequence[ModuleType | type] = (hookspecs,)
    ) -> "Plugins":
        """Find and load what is installed and selected. Nothing that a plugin does wrong raises here.

        `specs` are the modules (or classes) with the specifications of hooks.
        """
        selection = Selection() if selection is None else selection
        manager = PluginManager("troupe")
        for each in specs:
            manager.add_hookspecs(each)
        entries = _without_repeated(installed_entry_points())
        # pluggy calls last what came first: loading backwards gives observers the order of `installed`.
        with SlowImports.watching() as slow:
            installed = [_load(manager, entry, selection, slow) for entry in reversed(entries)][::-1]
        active = {plugin.key: plugin for plugin in installed if plugin.state == "active"}
        components = [
            Found(kind=offer.kind, component=offer.component, plugin=plugin)
            for plugin in active.values()
            for offer in plugin.offers
        ]
        return cls(
            selection=selection,
            installed=tuple(installed),
            hook=manager.hook,
            components=tuple(sorted(components, key=lambda each: (each.kind, each.component.name, each.full_name))),
            observers=observers_of(manager, active),
        )

    def components(self, kind: str | None = None) -> tuple[Found, ...]:
        """What the active plugins offer, sorted by kind and name; of one kind, or of all."""
        return tuple(found for found in self._components if kind in (None, found.kind))

    def find(self, kind: str, name: str, *, where: str | None = None) -> Found:
        """The component that a study means by ``use = name``; `where` is the place that says so.

        Raises `PluginError`: no such component, two of that name, or one made for another version of Troupe.
        """
        found = find_component(kind, name, components=self._components, plugins=self.installed, where=where)
        mismatch = out_of_range(found.plugin)
        if mismatch is not None:
            raise PluginError(
                f"{name!r} cannot be used: {mismatch}",
                where=where or found.plugin.place,
                remedy="Install versions that go together: "
                f"python -m pip install --upgrade {found.plugin.distribution} {CORE}",
            )
        return found

    def config_class(self, found: Found) -> type | None:
        """The attrs class of a component's settings; None where there is nothing to set. Raises `PluginError`."""
        return config_class(found)

    def make(self, found: Found, config: object | None) -> "Part":
        """The part of a component with these settings; None where it has none. Raises `PluginError`."""
        started = perf_counter()
        try:
            return make_part(found, config)
        finally:
            self._making.of(_entry(found.plugin, "make", found)).add(perf_counter() - started)

    def loading(self) -> Ledger:
        """What it took to load the active plugins, and to make parts of them."""
        ledger = Ledger(dict(self._making.entries))
        for plugin in self.installed:
            if plugin.state == "active":
                ledger.of(_entry(plugin, "import")).add(plugin.seconds)
        return ledger

    def traced(self, ledger: Ledger) -> "Plugins":
        """The same plugins, their observers timed."""
        observers = {
            hook: tuple(each.timed(ledger.of(_entry(each.plugin, hook))) for each in listening)
            for hook, listening in self._observers.items()
        }
        traced = evolve(self, observers=observers)
        traced._making.entries.update(self._making.entries)  # noqa: SLF001 - its own kind
        return traced

    def in_range(self) -> tuple[Plugin, ...]:
        """`installed`, with those made for another version of Troupe told apart. Reads metadata files."""
        return tuple(
            evolve(plugin, state="incompatible", problem=mismatch)
            if plugin.state == "active" and (mismatch := out_of_range(plugin)) is not None
            else plugin
            for plugin in self.installed
        )

    def check_required(self) -> None:
        """What the study requires is there, and so is what ``--plugins`` names. Raises `PluginError`."""
        check_required(self.selection, self.installed)

    def listens(self, hook_name: str) -> bool:
        """Whether any plugin has this observer hook: if not, nobody need make what it would be told."""
        return bool(self._observers[hook_name])

    def notify(self, hook_name: str, argument: object) -> list[Problem]:
        """Tell everybody who listens; returns those that failed. Only Ctrl-C is let through."""
        problems: list[Problem] = []
        for observer in self._observers[hook_name]:
            try:
                observer.tell(argument)
            except KeyboardInterrupt:
                raise
            except BaseException as error:
                problems.append(Problem(plugin=observer.plugin, hook=hook_name, error=error))
        return problems


def out_of_range(plugin: Plugin) -> str | None:
    """Why a plugin does not go with this version of Troupe; None where it does."""
    stated = None if plugin.distribution == CORE else api_range_of(plugin.metadata)
    if stated is None or stated.fits:
        return None
    return f"{plugin.title} is made for {CORE} {stated.text}, this is {CORE} {VERSION}"


def _entry(plugin: Plugin, call: str, found: Found | None = None) -> Entry:
    return Entry(
        distribution=plugin.distribution,
        version=plugin.version,
        kind=None if found is None else found.kind,
        component=None if found is None else found.component.name,
        call=call,
    )


def _load(manager: PluginManager, entry: EntryPoint | Plugin, selection: Selection, slow: SlowImports) -> Plugin:
    if isinstance(entry, Plugin):
        return entry
    left_out = selection.why_left_out(entry)
    plugin = _plugin(entry)
    if left_out is not None:
        return evolve(plugin, state="disabled", problem=left_out)
    slow.begin(plugin)
    try:
        return load_plugin(manager, plugin)
    finally:
        slow.end()


def _plugin(entry: EntryPoint) -> Plugin:
    return Plugin(
        name=entry.name,
        distribution=entry.distribution,
        version=entry.version,
        module=entry.target,
        file=None,
        metadata=entry.metadata,
        state="active",
    )


def _without_repeated(entries: Sequence[EntryPoint]) -> list[EntryPoint | Plugin]:
    """An entry point that its own distribution declares twice is broken: nobody could say which one is meant."""
    seen: set[tuple[str, str]] = set()
    result: list[EntryPoint | Plugin] = []
    for entry in entries:
        key = (entry.distribution, entry.name)
        if key in seen:
            problem = f"the distribution declares the entry point {entry.name!r} twice; this is the second"
            result.append(evolve(_plugin(entry), state="broken", problem=problem))
        else:
            seen.add(key)
            result.append(entry)
    return result
