"""What a kit tries: a component that is installed, or a factory that its author hands in."""

from collections.abc import Callable, Mapping
from inspect import signature
from pathlib import Path
from typing import Any, Protocol, get_type_hints

from attrs import define, field, frozen, has

from troupe_core.config.structuring import structured
from troupe_core.contracts.part import Part
from troupe_core.discovery.found import Found
from troupe_core.discovery.parts import RESERVED_KEYS, contract_of
from troupe_core.discovery.plugins import Plugins
from troupe_core.errors import ConfigError, PluginError, TroupeError

__all__ = ["FILE", "ByFactory", "Installed", "Subject"]

FILE = "kit.toml"
"""How errors call the study that a kit's table would stand in."""


class Subject(Protocol):
    """What is tried."""

    @property
    def name(self) -> str:
        """For messages."""

    def capabilities(self) -> tuple[str, ...]:
        """What it declares to reach. Raises `PluginError` where it cannot be found."""

    def modules(self) -> tuple[str, ...]:
        """What discovery imports of it: its entry module, and that of its settings."""

    def config_class(self) -> type | None:
        """The attrs class of its settings. Raises `PluginError`."""

    def factory(self) -> Any:
        """What makes the part, imported. Raises `PluginError`."""

    def settings(self, table: Mapping[str, Any], folder: Path) -> Any:
        """The table as an object of that class. Raises `ConfigError`, `PluginError`."""

    def make(self, table: Mapping[str, Any], folder: Path) -> Part:
        """The part. Raises `ConfigError`, `PluginError`."""


@define(eq=False)
class Installed:
    """A component that an installed plugin offers."""

    kind: str
    name: str
    _plugins: Plugins | None = field(default=None, init=False)

    def found(self) -> Found:
        """Where it is. Raises `PluginError`."""
        if self._plugins is None:
            self._plugins = Plugins.discover()
        return self._plugins.find(self.kind, self.name)

    def capabilities(self) -> tuple[str, ...]:
        return self.found().component.capabilities

    def modules(self) -> tuple[str, ...]:
        found = self.found()
        named = (found.plugin.module, found.component.config)
        return tuple(dict.fromkeys(each.partition(":")[0] for each in named if each is not None))

    def config_class(self) -> type | None:
        found = self.found()
        assert self._plugins is not None
        return self._plugins.config_class(found)

    def factory(self) -> Any:
        from troupe_core.discovery.parts import factory_of

        return factory_of(self.found())

    def settings(self, table: Mapping[str, Any], folder: Path) -> Any:
        return _settings(self, table, folder)

    def make(self, table: Mapping[str, Any], folder: Path) -> Part:
        found, settings = self.found(), self.settings(table, folder)
        assert self._plugins is not None
        return self._plugins.make(found, settings)


@frozen
class ByFactory:
    """A class, or a function, that makes the part from its settings; its first parameter's type is their class."""

    kind: str
    made_by: Callable[..., Part]
    declared: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return getattr(self.made_by, "__name__", type(self.made_by).__name__)

    def capabilities(self) -> tuple[str, ...]:
        return self.declared

    def modules(self) -> tuple[str, ...]:
        return ()

    def config_class(self) -> type | None:
        called = self.made_by.__init__ if isinstance(self.made_by, type) else self.made_by  # type: ignore[misc]
        named = [each.name for each in signature(self.made_by).parameters.values() if each.default is each.empty]
        config = get_type_hints(called).get(named[0]) if named else None
        if named and not has(config or object):
            raise PluginError(
                f"the type of {named[0]!r}, the settings, is no attrs class", where=self.name, remedy="Annotate it."
            )
        taken = [key for key in RESERVED_KEYS if key in {each.name for each in getattr(config, "__attrs_attrs__", ())}]
        if taken:
            raise PluginError(f"its settings declare {', '.join(taken)}, a key of the core", where=self.name)
        return config

    def factory(self) -> Any:
        return self.made_by

    def settings(self, table: Mapping[str, Any], folder: Path) -> Any:
        return _settings(self, table, folder)

    def make(self, table: Mapping[str, Any], folder: Path) -> Part:
        settings = self.settings(table, folder)
        try:
            part: object = self.made_by() if settings is None else self.made_by(settings)
        except TroupeError:
            raise
        except Exception as fault:
            raise PluginError(f"it failed: {type(fault).__name__}: {fault}", where=self.name) from fault
        contract = contract_of(self.kind)
        if not isinstance(part, contract):
            raise PluginError(f"made a {type(part).__name__}, expected a {contract.__name__}", where=self.name)
        return part


def _settings(subject: Subject, table: Mapping[str, Any], folder: Path) -> Any:
    shape = subject.config_class()
    if shape is None:
        if table:
            raise ConfigError(f'unknown key "{min(table)}": {subject.name} has nothing to set', where=FILE)
        return None
    return structured(shape, dict(table), file=FILE, place=("component",), folder=folder)
