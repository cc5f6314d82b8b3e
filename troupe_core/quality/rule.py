"""What a rule of quality is, and what looking at a plugin may show."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Literal

from attrs import frozen

if TYPE_CHECKING:
    from troupe_core.quality.subject import Subject

__all__ = ["Rule", "Seen", "State", "Verdict", "kept", "unless", "unseen"]

State = Literal["passed", "missing", "note", "unseen"]
"""``missing``: the check fails. ``note``: it would be better otherwise. ``unseen``: it could not be seen here."""

_SHOWN = 6
"""More faults than these are counted, not told."""


@frozen
class Seen:
    """What there was to see."""

    state: State
    lines: tuple[str, ...] = ()
    """What was found, one sentence each; with `unseen`, why not."""


@frozen(kw_only=True)
class Rule:
    """Something that holds of every good plugin, and that a program can verify."""

    id: str
    """Names it, in lower case: ``api-range``."""
    title: str
    """What holds, in one sentence."""
    why: str
    """What goes wrong without it."""
    remedy: str
    """What its authors do to keep it."""
    look: Callable[["Subject"], Seen]
    """Whether a plugin keeps it."""
    advice: bool = False
    """Whether breaking it is only noted."""


@frozen(kw_only=True)
class Verdict:
    """What one rule says of one plugin."""

    rule: Rule
    state: State
    lines: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """What was found, in one line."""
        return "; ".join(self.lines) or self.rule.title

    @property
    def remedy(self) -> str | None:
        """What to do next; None where there is nothing to do."""
        return self.rule.remedy if self.state in ("missing", "note") else None


def kept(*lines: str) -> Seen:
    """The rule is kept."""
    return Seen("passed", lines)


def unless(faults: Iterable[str]) -> Seen:
    """The rule is kept, unless there are faults; each is a sentence that says where."""
    found = list(dict.fromkeys(faults))
    if len(found) > _SHOWN:
        found[_SHOWN:] = [f"and {len(found) - _SHOWN} more"]
    return Seen("missing", tuple(found)) if found else Seen("passed")


def unseen(why: str) -> Seen:
    """Nobody can tell from here."""
    return Seen("unseen", (why,))
