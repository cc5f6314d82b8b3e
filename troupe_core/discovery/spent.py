"""How often something of a plugin was called, and what time that took."""

from typing import Any

from attrs import define, field, frozen

__all__ = ["Entry", "Ledger", "Spent"]


@frozen(kw_only=True)
class Entry:
    """What was called."""

    distribution: str
    version: str
    kind: str | None = None
    component: str | None = None
    """The name of the component; None for what belongs to the whole plugin."""
    place: str | None = None
    """The table of the study that the part was made from: ``tools.dice``."""
    call: str
    """A method of the part, an observer hook, ``import`` (of the entry module), or ``make`` (importing and calling the
    factory)."""


@define(eq=False)
class Spent:
    """The calls of one entry; times in seconds."""

    calls: int = 0
    total: float = 0.0
    longest: float = 0.0

    def add(self, seconds: float) -> None:
        """One more call."""
        self.calls += 1
        self.total += seconds
        self.longest = max(self.longest, seconds)


@define(eq=False)
class Ledger:
    """All that was counted, by entry."""

    entries: dict[Entry, Spent] = field(factory=dict)

    def of(self, entry: Entry) -> Spent:
        """Where the calls of this entry are counted."""
        return self.entries.setdefault(entry, Spent())

    def rows(self) -> list[dict[str, Any]]:
        """What was called at all, the most expensive first; times in milliseconds."""
        called = [(entry, spent) for entry, spent in self.entries.items() if spent.calls]
        called.sort(key=lambda each: (-each[1].total, each[0].distribution, each[0].place or "", each[0].call))
        return [_row(entry, spent) for entry, spent in called]


def _row(entry: Entry, spent: Spent) -> dict[str, Any]:
    return {
        "distribution": entry.distribution,
        "version": entry.version,
        "kind": entry.kind,
        "component": entry.component,
        "place": entry.place,
        "call": entry.call,
        "calls": spent.calls,
        "total_ms": round(spent.total * 1000, 3),
        "max_ms": round(spent.longest * 1000, 3),
    }
