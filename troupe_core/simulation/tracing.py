"""Which plugin did what, and how long: the parts of a traced run get a class of their own whose methods are timed.

A run that is not traced knows nothing of this.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Generator, Iterator
from functools import wraps
from inspect import isawaitable, iscoroutinefunction, isfunction
from time import perf_counter
from types import new_class
from typing import Any

from attrs import define, evolve, field

from troupe_core.contracts.action_provider import ActionProvider
from troupe_core.contracts.part import Part
from troupe_core.discovery.found import Found
from troupe_core.discovery.parts import contract_of
from troupe_core.discovery.spent import Entry, Ledger, Spent

__all__ = ["Trace"]

_CONTRACTS = "troupe_core.contracts."


@define(eq=False)
class Trace:
    """Times the methods that plugins wrote themselves: what they inherit from a contract is the core's doing."""

    ledger: Ledger = field(factory=Ledger)

    def follow(self, part: Part, found: Found, place: str) -> None:
        """Time what this part does. It stays what it is, under the name it has; one that cannot be is left alone."""
        entry = Entry(
            distribution=found.plugin.distribution,
            version=found.plugin.version,
            kind=found.kind,
            component=found.component.name,
            place=place,
            call="",
        )
        own = _own_methods(type(part), contract_of(found.kind))
        methods = {name: _timed(method, self.ledger.of(evolve(entry, call=name))) for name, method in own.items()}
        try:
            object.__setattr__(part, "__class__", _subclass(type(part), methods))
        except Exception:
            # A class may forbid to be derived from.
            self.ledger.of(evolve(entry, call="(cannot be traced)")).add(0.0)


def _own_methods(cls: type[Part], contract: type[Part]) -> dict[str, Callable[..., Any]]:
    """The methods of the contract that the class has of its own, and its actions."""
    names = {name for name in dir(contract) if not name.startswith("_")}
    if issubclass(cls, ActionProvider):
        names |= {declared.method for declared in cls.declared_actions.values()}
    found: dict[str, Callable[..., Any]] = {}
    for name in sorted(names):
        owner = next((each for each in cls.__mro__ if name in vars(each)), object)
        method = vars(owner).get(name)
        if isfunction(method) and not owner.__module__.startswith(_CONTRACTS):
            found[name] = method
    return found


def _subclass(cls: type[Part], methods: dict[str, Callable[..., Any]]) -> type[Part]:
    named = {name: getattr(cls, name) for name in ("__module__", "__qualname__", "__doc__")}
    body = {"__slots__": (), **named, **methods}
    return new_class(cls.__name__, (cls,), exec_body=lambda namespace: namespace.update(body))


def _timed(method: Callable[..., Any], spent: Spent) -> Callable[..., Any]:
    if iscoroutinefunction(method):

        @wraps(method)
        async def timed_later(*arguments: Any, **more: Any) -> Any:
            started = perf_counter()
            try:
                return await method(*arguments, **more)
            finally:
                spent.add(perf_counter() - started)

        return timed_later

    @wraps(method)
    def timed(*arguments: Any, **more: Any) -> Any:
        started = perf_counter()
        try:
            returned = method(*arguments, **more)
        finally:
            spent.add(perf_counter() - started)
        return _followed(returned, spent)

    return timed


def _followed(returned: Any, spent: Spent) -> Any:
    """What a method returned, with the time that it still takes: to wait for it, or to draw it item by item."""
    if isinstance(returned, Generator):
        return _items(returned, spent)
    if isinstance(returned, AsyncIterator):
        return _items_later(returned, spent)
    return _awaited(returned, spent) if isawaitable(returned) else returned


def _items(items: Iterator[Any], spent: Spent) -> Iterator[Any]:
    clock = _Clock(spent)
    while True:
        with clock:
            try:
                item = next(items)
            except StopIteration:
                return
        yield item


async def _items_later(items: AsyncIterator[Any], spent: Spent) -> AsyncIterator[Any]:
    clock = _Clock(spent)
    try:
        while True:
            with clock:
                try:
                    item = await anext(items)
                except StopAsyncIteration:
                    return
            yield item
    finally:
        close = getattr(items, "aclose", None)
        if close is not None:
            await close()


async def _awaited(later: Awaitable[Any], spent: Spent) -> Any:
    with _Clock(spent):
        return await later


@define(eq=False)
class _Clock:
    """Adds to a call that has been counted."""

    spent: Spent
    so_far: float = 0.0
    started: float = 0.0

    def __enter__(self) -> None:
        self.started = perf_counter()

    def __exit__(self, *_: object) -> None:
        seconds = perf_counter() - self.started
        self.so_far += seconds
        self.spent.total += seconds
        self.spent.longest = max(self.spent.longest, self.so_far)
