"""What one agent can do now: the actions of everything it holds, under one name each."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from attrs import evolve, frozen

from troupe_core.values.action import ActionSpec

__all__ = ["Offer", "OfferedAction", "Offers"]


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
    """Makes offers, and hands out the same object as long as the providers hand out the same specs."""

    def __init__(self) -> None:
        self._made: dict[tuple[object, ...], Offer] = {}

    def of(self, provided: Iterable[tuple[str, Sequence[ActionSpec]]]) -> Offer:
        """The offer of these providers' actions; a name that two of them use gets its provider's name in front."""
        pairs = [(provider, spec) for provider, specs in provided for spec in specs]
        offer = self._made.get(tuple(pairs))
        if offer is None:
            offer = self._made[tuple(pairs)] = _offer(pairs)
        return offer


def _offer(pairs: Sequence[tuple[str, ActionSpec]]) -> Offer:
    used = Counter(spec.name for _, spec in pairs)
    actions: dict[str, OfferedAction] = {}
    for provider, spec in pairs:
        unique = spec.name if used[spec.name] == 1 else f"{_short(provider)}.{spec.name}"
        offered = spec if unique == spec.name else evolve(spec, name=unique)
        actions[unique] = OfferedAction(provider, offered, spec.name)
    return Offer(actions)


def _is_new(offered: OfferedAction, before: OfferedAction | None) -> bool:
    return before is None or before.spec.parameters != offered.spec.parameters


def _short(provider: str) -> str:
    return provider.rpartition(".")[2].lower().replace("-", "_")


def _line(spec: ActionSpec) -> str:
    properties = spec.parameters.get("properties")
    assert isinstance(properties, Mapping)
    line = f"{spec.name}({', '.join(properties)}): {spec.summary}"
    notes = [
        f"{name}: {schema['description']}"
        for name, schema in properties.items()
        if isinstance(schema, Mapping) and "description" in schema
    ]
    return f"{line} {'; '.join(notes)}." if notes else line
