"""What plugins use that is on its way out: each is told by name, and works until its end."""

import warnings
from collections.abc import Callable, Iterator
from inspect import isfunction
from typing import Any

from pluggy import HookCaller, HookImpl, PluginManager

from troupe_core.deprecation import Deprecation, deprecation_of
from troupe_core.discovery.found import Note, Plugin
from troupe_core.hookspecs import KIND_OF_HOOK, deprecated_arguments_of

__all__ = ["arguments_for", "kinds", "outdated_hooks", "outdated_methods", "successors", "warn_of"]


def successors(manager: PluginManager) -> dict[str, str]:
    """The hooks that have another name now: old → new. Who has the old one is called where the new one is."""
    specs = {name: hook.spec for name, hook in vars(manager.hook).items() if hook.has_spec()}
    promises = {name: deprecation_of(spec.function) for name, spec in specs.items()}
    return {
        name: promise.instead for name, promise in promises.items() if promise is not None and promise.instead in specs
    }


def kinds(manager: PluginManager) -> dict[str, str]:
    """The kind of component that each hook returns, hooks of an old name among them."""
    renamed = {old: KIND_OF_HOOK[new] for old, new in successors(manager).items() if new in KIND_OF_HOOK}
    return {**KIND_OF_HOOK, **renamed}


def arguments_for(hook: HookCaller, implementation: HookImpl) -> tuple[Callable[[Any], Any], ...]:
    """How each argument of an implementation follows from the one object that the hook is told.

    The first is that object. One that came later has the default that the specification gives it; one that is
    deprecated is made from the object.
    """
    spec = hook.spec
    assert spec is not None
    outdated = deprecated_arguments_of(spec.function)
    return tuple(
        outdated[name].value or _constant(None)
        if name in outdated
        else _constant(spec.kwargdefaults[name])
        if name in spec.kwargdefaults
        else _itself
        for name in implementation.argnames
    )


def outdated_hooks(manager: PluginManager, module: Any) -> Iterator[Note]:
    """The hooks, and their arguments, that this plugin should no longer use."""
    renamed = successors(manager)
    attached = {hook.name: hook for hook in manager.get_hookcallers(module) or ()}
    for name, hook in sorted(attached.items()):
        if hook.spec is None or renamed.get(name) in attached:
            continue  # who has the new one too is made for several versions of us, as it should be
        promise = deprecation_of(hook.spec.function)
        if promise is not None:
            yield _note(f"the hook {name} is {promise}", promise)
        outdated = deprecated_arguments_of(hook.spec.function)
        for implementation in hook.get_hookimpls():
            for argument in (*implementation.argnames, *implementation.kwargnames):
                if implementation.plugin is module and argument in outdated:
                    promise = outdated[argument]
                    yield _note(f"the argument {argument} of {name} is {promise}", promise)


def outdated_methods(cls: Any, contract: type) -> Iterator[Note]:
    """The methods of a contract that this class should no longer override."""
    for name in dir(contract):
        promise = deprecation_of(getattr(contract, name))
        own = getattr(cls, name, None)
        if promise is not None and isfunction(own) and own is not getattr(contract, name):
            yield _note(f"the method {name} of {contract.__name__} is {promise}", promise)


def warn_of(plugin: Plugin, note: Note) -> None:
    """Warn as Python does: tests of plugins show it, and people who only run a study do not see it."""
    text = f"{plugin.title}: {note.text}. {note.remedy}"
    warnings.warn_explicit(text, DeprecationWarning, filename=plugin.file or plugin.module, lineno=1)


def _note(text: str, promise: Deprecation) -> Note:
    return Note(text, f"Its authors should use {promise.instead} instead.")


def _itself(told: Any) -> Any:
    return told


def _constant(value: Any) -> Callable[[Any], Any]:
    return lambda _: value
