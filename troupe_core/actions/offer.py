"""What one agent can do now: the actions of everything it holds, under one name each."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain, count

from attrs import evolve, frozen

from troupe_core.values.action import ActionSpec

__all__ = ["Offer", "OfferedAction", "Offers"]

_MOST_OFFERS = 1024


@frozen(eq=False)
class OfferedAction:
    """One action under the name that this agent knows it by, and who provides it."""

    provider: str
    """The provider's place in the study: ``environment``, ``tools.email``, ``faculties.mood``."""
    spec: ActionSpec
    """As offered: its name is unique in the offer."""
    own_name: str
    """As the provider calls it."""


@frozen(eq=False)
class Offer:
    """All that one agent can do now, by offered name, in the order of its providers."""

    actions: Mapping[str, OfferedAction]

    def lines(self) -> list[str]:
        """The actions as an agent is told of them, one a line."""
        return [_line(offered.spec) for offered in self.actions.values()]

    def lines_beside(self, earlier: "Offer") -> list[str]:
        """What has changed since `earlier`, one a line; nothing where it is the same offer."""
        if earlier is self:
            return []
        added = [_line(o.spec) for name, o in self.actions.items() if _is_new(o, earlier.actions.get(name))]
        gone = [name for name in earlier.actions if name not in self.actions]
        return added + ([f"You can no longer: {', '.join(gone)}"] if gone else [])


class Offers:
    """Makes offers, and hands out the same object as long as the providers hand out the same specs. Bounded."""

    def __init__(self) -> None:
        self._made: dict[tuple[object, ...], Offer] = {}

    def of(self, provided: Iterable[tuple[str, Sequence[ActionSpec]]]) -> Offer:
        """The offer of these providers' actions; a name that two of them use gets its provider's name in front."""
        pairs = [(provider, spec) for provider, specs in provided for spec in specs]
        key = tuple(pairs)
        offer = self._made.get(key)
        if offer is None:
            if len(self._made) >= _MOST_OFFERS:
                self._made.clear()
            offer = self._made[key] = _offer(pairs)
        return offer


def _offer(pairs: Sequence[tuple[str, ActionSpec]]) -> Offer:
    used = Counter(spec.name for _, spec in pairs)
    actions: dict[str, OfferedAction] = {}
    for provider, spec in pairs:
        unique = spec.name if used[spec.name] == 1 else _free(f"{_short(provider)}.{spec.name}", {*used, *actions})
        offered = spec if unique == spec.name else evolve(spec, name=unique)
        actions[unique] = OfferedAction(provider, offered, spec.name)
    return Offer(actions)


def _is_new(offered: OfferedAction, before: OfferedAction | None) -> bool:
    if before is None:
        return True
    now, then = offered.spec, before.spec
    return now is not then and (now.summary, now.parameters) != (then.summary, then.parameters)


def _short(provider: str) -> str:
    """The provider's name as the first part of an action's: small letters, digits and underscores."""
    name = re.sub(r"[^a-z0-9_]", "_", provider.rpartition(".")[2].lower())
    return name if name[:1].isalpha() else f"its_{name}"


def _free(name: str, taken: Collection[str]) -> str:
    """The name, or where it is taken the first one with a number behind it that is not."""
    numbered = (f"{name}_{number}" for number in count(2))
    return next(each for each in chain([name], numbered) if each not in taken)


def _line(spec: ActionSpec) -> str:
    properties = spec.parameters.get("properties", {})
    assert isinstance(properties, Mapping)
    line = f"{spec.name}({', '.join(properties)}): {spec.summary}"
    notes = [
        f"{name}: {schema['description']}"
        for name, schema in properties.items()
        if isinstance(schema, Mapping) and "description" in schema
    ]
    return f"{line} {'; '.join(notes)}." if notes else line
