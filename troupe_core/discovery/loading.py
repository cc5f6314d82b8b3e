"""Loading one plugin: all of it, or nothing and the reason."""

from collections.abc import Callable
from functools import partial
from importlib import import_module
from inspect import isasyncgenfunction, iscoroutine, iscoroutinefunction, isfunction
from time import perf_counter
from typing import Any

from attrs import evolve, frozen
from pluggy import HookCaller, HookImpl, PluginManager, PluginValidationError

from troupe_core.component import Component
from troupe_core.discovery.blame import in_words, source_of
from troupe_core.discovery.found import Note, Offer, Plugin, kind_in_words
from troupe_core.discovery.outdated import arguments_for, kinds, outdated_hooks, successors, warn_of
from troupe_core.discovery.spent import Spent
from troupe_core.discovery.undisturbed import undisturbed
from troupe_core.errors import nearest

__all__ = ["Observer", "load_plugin", "observers_of"]

_MOST_COMPONENTS = 1000
"""Of one hook. More is a mistake, and would make every listing and every error unreadable."""

_MOST_SHOWN = 20

_STAY_PUT = "An entry module declares, and does nothing else: its authors should take that out."


@frozen(kw_only=True)
class Observer:
    """One implementation of an observer hook."""

    plugin: Plugin
    hook: str
    function: Callable[..., object]
    arguments: tuple[Callable[[Any], Any], ...] = ()
    """How each argument that it takes follows from what it is told."""

    def tell(self, told: object) -> None:
        """Call it."""
        self.function(*[argument(told) for argument in self.arguments])

    def timed(self, spent: Spent) -> "Observer":
        """The same, its calls counted."""

        def timed(*arguments: object) -> None:
            started = perf_counter()
            try:
                self.function(*arguments)
            finally:
                spent.add(perf_counter() - started)

        return evolve(self, function=timed)


class _Unfit(Exception):
    """What is wrong with a plugin that could be imported."""


def load_plugin(manager: PluginManager, plugin: Plugin) -> Plugin:
    """The plugin with what it offers, registered with `manager`; or as broken, and not registered.

    Nothing that it does raises here, but Ctrl-C.
    """
    started = perf_counter()
    try:
        with undisturbed() as disturbed:
            module = _import(plugin.module)
            plugin = evolve(plugin, file=getattr(module, "__file__", None) or plugin.file)
            offers = _register(manager, plugin, module)
            observes = _observed(manager, module)
            outdated = list(outdated_hooks(manager, module))
            for note in outdated:
                warn_of(plugin, note)
        notes = (*(Note(f"it {each}", _STAY_PUT) for each in disturbed.said), *outdated)
        return evolve(plugin, offers=offers, observes=observes, notes=notes, seconds=perf_counter() - started)
    except KeyboardInterrupt:
        raise
    except _Unfit as unfit:
        problem = str(unfit)
    except BaseException as error:
        problem = f"cannot be loaded: {in_words(error)}"
    file = plugin.file or source_of(plugin.module.partition(":")[0])
    return evolve(plugin, state="broken", problem=problem, file=file)


def observers_of(manager: PluginManager, plugins: dict[str, Plugin]) -> dict[str, tuple[Observer, ...]]:
    """Who listens to each observer hook, in the order of calls. `plugins` are the active ones, by key.

    Who has a hook by an old name listens to the new one, unless it has that one too.
    """
    listening: dict[str, tuple[Observer, ...]] = {}
    returning = kinds(manager)
    for name, hook in vars(manager.hook).items():
        if hook.has_spec() and name not in returning:
            listening[name] = tuple(_observer(hook, each, plugins) for each in reversed(hook.get_hookimpls()))
    for old, new in successors(manager).items():
        if new in listening:
            known = {observer.plugin.key for observer in listening[new]}
            listening[new] += tuple(each for each in listening.pop(old) if each.plugin.key not in known)
    return listening


def _observer(hook: HookCaller, implementation: HookImpl, plugins: dict[str, Plugin]) -> Observer:
    return Observer(
        plugin=plugins[implementation.plugin_name],
        hook=hook.name,
        function=implementation.function,
        arguments=arguments_for(hook, implementation),
    )


def _import(target: str) -> Any:
    name, _, attribute = target.partition(":")
    if not name or not all(part.isidentifier() for part in name.split(".")):
        raise _Unfit(f"its entry point names no module: {target!r}")
    try:
        module: Any = import_module(name)
    except ModuleNotFoundError as error:
        if error.name is not None and (name == error.name or name.startswith(f"{error.name}.")):
            raise _Unfit(f"its entry point leads nowhere: there is no module {error.name!r}") from None
        raise
    for part in filter(None, attribute.split(".")):
        if not hasattr(module, part):
            raise _Unfit(f"its entry point leads nowhere: {name!r} has no {attribute!r}")
        module = getattr(module, part)
    return module


def _register(manager: PluginManager, plugin: Plugin, module: Any) -> tuple[Offer, ...]:
    try:
        if manager.register(module, name=plugin.key) is None:
            raise _Unfit(f"its entry point {plugin.name!r} names None")
    except PluginValidationError as error:
        raise _Unfit(_without_first_line(str(error))) from None
    except ValueError:
        raise _Unfit("its module is the entry point of another plugin, or of the same one twice") from None
    try:
        _check_hooks(manager, module)
        manager.check_pending()
        return _offers(manager, module)
    except BaseException:
        manager.unregister(name=plugin.key)
        raise


def _check_hooks(manager: PluginManager, module: Any) -> None:
    known = sorted(name for name, hook in vars(manager.hook).items() if hook.has_spec())
    _check_marks(module, known)
    attached = manager.get_hookcallers(module) or []
    if not attached:
        raise _Unfit("it attaches to nothing: no function of its module is marked with @hookimpl")
    for hook in attached:
        for implementation in hook.get_hookimpls():
            if implementation.plugin is not module:
                continue
            if not hook.has_spec() and not implementation.optionalhook:
                raise _Unfit(_unknown_hook(hook.name, known))
            if implementation.wrapper or implementation.hookwrapper:
                raise _Unfit(f"{hook.name} is a wrapper; hooks of Troupe are plain functions")
            if iscoroutinefunction(implementation.function) or isasyncgenfunction(implementation.function):
                raise _Unfit(f"{hook.name} is async; hooks of Troupe are plain functions")


def _check_marks(module: Any, known: list[str]) -> None:
    """A hook that lacks its mark would be passed over, and nobody would know why."""
    for name in known:
        function = getattr(module, "__dict__", {}).get(name)
        if isfunction(function) and not hasattr(function, "troupe_impl"):
            raise _Unfit(f"{name} lacks its mark: write @hookimpl above it")


def _unknown_hook(name: str, known: list[str]) -> str:
    near = nearest(name, known)
    return f"there is no hook {name!r}" + (
        f", did you mean {near!r}?" if near else f"; the hooks are {', '.join(known)}"
    )


def _offers(manager: PluginManager, module: Any) -> tuple[Offer, ...]:
    offers: list[Offer] = []
    for hook_name, kind in kinds(manager).items():
        hook: HookCaller = getattr(manager.hook, hook_name)
        for implementation in hook.get_hookimpls():
            if implementation.plugin is module:
                values = [argument(None) for argument in arguments_for(hook, implementation)]
                offers += _components(hook_name, kind, partial(implementation.function, *values))
    return tuple(sorted(offers, key=lambda each: (each.kind, each.component.name)))


def _observed(manager: PluginManager, module: Any) -> tuple[str, ...]:
    returning = kinds(manager)
    return tuple(sorted(hook.name for hook in manager.get_hookcallers(module) or () if hook.name not in returning))


def _components(hook_name: str, kind: str, function: Callable[[], Any]) -> list[Offer]:
    try:
        returned = function()
    except (Exception, SystemExit) as error:
        raise _Unfit(f"{hook_name} failed: {in_words(error)}") from error
    if not isinstance(returned, list | tuple) or not all(isinstance(each, Component) for each in returned):
        raise _Unfit(f"{hook_name} returned {_short(returned)}, expected a list of Components")
    if len(returned) > _MOST_COMPONENTS:
        raise _Unfit(f"{hook_name} offers {len(returned):,} components, at most {_MOST_COMPONENTS:,} are taken")
    seen: set[str] = set()
    for each in returned:
        if each.name in seen:
            raise _Unfit(f"{hook_name} offers two components of the name {each.name!r} ({kind_in_words(kind)})")
        seen.add(each.name)
    return [Offer(kind=kind, component=each) for each in returned]


def _short(value: object) -> str:
    if isinstance(value, list | tuple) and len(value) > _MOST_SHOWN:
        others = next((each for each in value if not isinstance(each, Component)), None)
        return f"{len(value):,} things, among them {_short(others)}"
    if iscoroutine(value):
        value.close()
        return "a coroutine"
    try:
        text = repr(value)
    except Exception:
        return f"something of type {type(value).__name__}"
    return text if len(text) <= 100 else f"{text[:100]}…"


def _without_first_line(text: str) -> str:
    """pluggy begins by naming the plugin, which we do in our own way."""
    return " ".join(text.partition("\n")[2].split()) or text
