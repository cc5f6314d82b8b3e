"""From a component to its config class and its part: where a plugin's own code is imported at last."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from inspect import iscoroutine
from typing import TYPE_CHECKING, Any

from attrs import NOTHING, Factory, evolve, fields, has, resolve_types

from troupe_core.discovery.blame import in_words
from troupe_core.discovery.entry_points import LOCAL
from troupe_core.discovery.found import Found, kind_in_words
from troupe_core.discovery.local import import_file
from troupe_core.discovery.outdated import outdated_methods, warn_of
from troupe_core.discovery.slow_import import SlowImports
from troupe_core.discovery.undisturbed import undisturbed
from troupe_core.errors import PluginError, TroupeError, is_stop, nearest

if TYPE_CHECKING:
    from troupe_core.contracts.part import Part

__all__ = ["CONTRACT_OF_KIND", "RESERVED_KEYS", "config_class", "contract_of", "defect_of", "factory_of", "make_part"]

RESERVED_KEYS = ("use", "grants", "budget", "cache", "limits")
"""The core's own keys in the table of a component."""

CONTRACT_OF_KIND = {
    "analyzer": "troupe_core.contracts.analyzer:Analyzer",
    "embedder": "troupe_core.contracts.embedder:Embedder",
    "environment": "troupe_core.contracts.environment:Environment",
    "executor": "troupe_core.contracts.executor:Executor",
    "faculty": "troupe_core.contracts.faculty:Faculty",
    "llm": "troupe_core.contracts.llm:LLM",
    "memory_backend": "troupe_core.contracts.memory_backend:MemoryBackend",
    "modality": "troupe_core.contracts.modality:Modality",
    "persona_source": "troupe_core.contracts.persona_source:PersonaSource",
    "tool": "troupe_core.contracts.tool:Tool",
}
"""What a factory of each kind must make."""


def config_class(found: Found) -> type | None:
    """The attrs class of a component's settings; None where there is nothing to set.

    Only the module of that class is imported. Raises `PluginError`.
    """
    if found.component.config is None:
        return None
    config = _load(found, found.component.config, "config")
    if not isinstance(config, type) or not has(config):
        raise defect_of(found, f"its config {found.component.config!r} is not an attrs class")
    declared = {name for attribute in fields(config) for name in (attribute.name, attribute.alias)}
    taken = [key for key in RESERVED_KEYS if key in declared]
    if taken:
        raise defect_of(found, f"its config declares {', '.join(taken)}; the core reserves {', '.join(RESERVED_KEYS)}")
    _check_types_and_defaults(found, config)
    return config


def _check_types_and_defaults(found: Found, config: type) -> None:
    """A study that sets nothing wrong must not be told that it did."""
    try:
        resolve_types(config)
    except Exception as error:
        raise defect_of(found, f"its config has a type that is not there: {error}") from error
    for attribute in fields(config):
        default, validator = attribute.default, attribute.validator
        if default is NOTHING or isinstance(default, Factory) or validator is None:  # type: ignore[arg-type]
            continue
        if type(validator).__module__.startswith("attr"):
            try:
                validator(None, attribute, default)
            except (ValueError, TypeError) as error:
                raise defect_of(
                    found, f"its config refuses its own default, {attribute.name} = {default!r}: {in_words(error)}"
                ) from error


def contract_of(kind: str) -> "type[Part]":
    """The class that parts of this kind derive from."""
    module, _, name = CONTRACT_OF_KIND[kind].partition(":")
    contract: type[Part] = getattr(import_module(module), name)
    return contract


def factory_of(found: Found) -> Any:
    """What makes the part. Imports all that the part needs. Raises `PluginError`."""
    factory = _load(found, found.component.factory, "factory")
    if not callable(factory):
        raise defect_of(found, f"its factory {found.component.factory!r} cannot be called")
    contract = contract_of(found.kind)
    if isinstance(factory, type) and not issubclass(factory, contract):
        raise defect_of(found, f"its factory {found.component.factory!r} is not a {contract.__name__}")
    for note in outdated_methods(factory, contract):
        warn_of(found.plugin, note)
    missing = sorted(getattr(factory, "__abstractmethods__", ()))
    if missing:
        raise defect_of(found, f"its factory {found.component.factory!r} lacks the methods {', '.join(missing)}")
    return factory


def make_part(found: Found, config: object | None) -> "Part":
    """The part of a component with these settings (None where it has none). Raises `PluginError`.

    A `TroupeError` of the factory is passed on: it knows better what is wrong with the settings.
    """
    factory = factory_of(found)
    try:
        with undisturbed():
            part = factory() if config is None else factory(config)
    except TroupeError:
        raise
    except BaseException as error:
        if is_stop(error):
            raise
        raise defect_of(found, f"its factory {found.component.factory!r} failed: {in_words(error)}") from error
    contract = contract_of(found.kind)
    if not isinstance(part, contract):
        if iscoroutine(part):
            part.close()  # nobody awaits it, and Python would complain of that elsewhere
        raise defect_of(
            found,
            f"its factory {found.component.factory!r} made something of type {type(part).__name__}, "
            f"expected a {contract.__name__}",
        )
    return part


def _load(found: Found, target: str, what: str) -> Any:
    module_name, _, name = target.partition(":")
    plugin = found.plugin
    own_file = plugin.distribution == LOCAL and module_name == plugin.name
    try:
        with undisturbed(), _named_while_slow(found, module_name):
            module = import_file(plugin.module, str(plugin.file)) if own_file else import_module(module_name)
    except BaseException as error:
        if is_stop(error):
            raise
        raise defect_of(found, f"its {what} {target!r} cannot be imported: {in_words(error)}") from error
    try:
        return getattr(module, name)
    except AttributeError:
        near = nearest(name, [each for each in vars(module) if not each.startswith("_")])
        guess = f"; there is {near!r}" if near else ""
        raise defect_of(found, f"its {what} {target!r} leads nowhere: no {name!r} in {module_name!r}{guess}") from None


@contextmanager
def _named_while_slow(found: Found, module_name: str) -> Iterator[None]:
    if module_name in sys.modules:
        yield
        return
    with SlowImports.watching(libraries=True) as slow:
        slow.begin(evolve(found.plugin, module=module_name))
        yield


def defect_of(found: Found, what: str) -> PluginError:
    """The error of a component that cannot be used: with its plugin, file, and what can be done."""
    return PluginError(
        f"the {kind_in_words(found.kind)} {found.component.name!r} cannot be used: {what}",
        where=found.plugin.place,
        remedy=found.plugin.remedy,
    )
