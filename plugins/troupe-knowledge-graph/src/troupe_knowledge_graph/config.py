"""What can be set of the tool `knowledge-graph`."""

from pathlib import Path
from typing import Any, Literal

from attrs import field, frozen, validators

__all__ = ["Config"]


def _at_least(least: int, default: int) -> Any:
    return field(default=default, validator=validators.ge(least))


@frozen(kw_only=True)
class Config:
    """Settings of the tool `knowledge-graph`."""

    file: Path | None = None
    """The facts that everybody shares: CSV with the columns subject, predicate, object and, if wanted, source;
    GraphML; or Turtle. Without it there are only beliefs."""

    format: Literal["csv", "graphml", "turtle"] | None = None
    """What the file is, where its name does not say it (``.csv``, ``.tsv``, ``.graphml``, ``.ttl``)."""

    source: str | None = field(default=None, validator=validators.optional(validators.min_len(1)))
    """Where facts come from that name no source. Without it, the name of the file."""

    kinds: tuple[str, ...] = ("is a", "instance of", "subclass of")
    """Predicates that say of what kind a thing is: they are followed upwards."""

    listed: int = _at_least(1, 12)
    """How many facts an answer shows."""

    longest_path: int = _at_least(1, 6)
    """Over how many facts a path may go."""

    max_facts: int = _at_least(1, 1_000_000)
    """How many facts the file may have. A million take some fifteen seconds and 1 GB."""

    max_beliefs: int = _at_least(0, 200)
    """How many facts an agent may add."""

    drawn: int = _at_least(0, 40)
    """How many things the drawing shows that is left in the run's folder; with 0 there is none."""
