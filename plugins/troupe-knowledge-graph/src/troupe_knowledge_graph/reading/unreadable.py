"""What is wrong with a graph file."""

from pathlib import Path

from troupe_core.plugin import ConfigError

__all__ = ["too_many", "unreadable"]


def unreadable(file: Path, what: str, remedy: str, line: int | None = None) -> ConfigError:
    """The error that says so."""
    where = str(file) if line is None else f"{file}, line {line}"
    return ConfigError(what, where=where, remedy=remedy)


def too_many(file: Path, most: int) -> ConfigError:
    """The error for a file that is too big."""
    return unreadable(file, f"it has more than {most} facts", "Raise max_facts, if there is memory for more.")
