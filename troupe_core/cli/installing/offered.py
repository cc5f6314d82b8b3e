"""What is installed for Troupe, as a process of its own sees it: nothing of it is loaded into this one."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from importlib import invalidate_caches

from attrs import field, frozen

from troupe_core.cli.plugins.rows import Row
from troupe_core.discovery.entry_points import installed_commands, normal

__all__ = ["Offered", "lines_of", "offered_now", "version_of"]

_PATIENCE = 60
"""Seconds for a listing; a plugin that hangs while it is imported hangs it."""


@frozen(kw_only=True)
class Offered:
    """What there is at one time."""

    rows: tuple[Row, ...] | None
    """As ``plugins list`` has them; None where no listing could be had."""
    commands: dict[str, str] = field(factory=dict)
    """Verbs that plugins add, each with its distribution."""

    def of(self, distributions: Iterable[str]) -> "Offered":
        """What these distributions offer."""
        wanted = set(distributions)
        rows = None if self.rows is None else tuple(row for row in self.rows if row.distribution in wanted)
        return Offered(rows=rows, commands={name: by for name, by in self.commands.items() if by in wanted})

    def beside(self, before: "Offered") -> "Offered":
        """What was not there before."""
        known = {(row.name, row.kind, row.distribution) for row in before.rows or ()}
        rows = tuple(row for row in self.rows or () if (row.name, row.kind, row.distribution) not in known)
        commands = {name: by for name, by in self.commands.items() if name not in before.commands}
        return Offered(rows=None if self.rows is None else rows, commands=commands)

    @property
    def distributions(self) -> set[str]:
        """Who offers it."""
        return {row.distribution for row in self.rows or ()} | set(self.commands.values())

    @property
    def sound(self) -> bool:
        """Whether all of it can be used, or was disabled on purpose."""
        return self.rows is not None and all(row.state in ("active", "disabled") for row in self.rows)


def offered_now() -> Offered:
    """Asked of a fresh process: this one would go on with what it has imported."""
    invalidate_caches()
    commands = {name: entry.distribution for name, entry in installed_commands().items()}
    environ = {key: value for key, value in os.environ.items() if key != "TROUPE_PLUGINS"}
    words = [sys.executable, "-P", "-m", "troupe_core", "plugins", "list", "--json"]
    try:
        done = subprocess.run(  # noqa: S603 - our own command
            words, env=environ, stdin=subprocess.DEVNULL, capture_output=True, timeout=_PATIENCE, check=True
        )
        rows = tuple(Row(**each) for each in json.loads(done.stdout))
    except (OSError, subprocess.SubprocessError, ValueError, TypeError):
        return Offered(rows=None, commands=commands)
    return Offered(rows=rows, commands=commands)


def lines_of(offered: Offered) -> list[str]:
    """One line for each component, plugin without components, and command."""
    cells = [((row.kind or "plugin").replace("_", " "), row.name, _summary(row)) for row in offered.rows or ()] + [
        ("command", f"troupe {name}", f"from {by}") for name, by in offered.commands.items()
    ]
    widths = [max((len(cell[column]) for cell in cells), default=0) for column in (0, 1)]
    return [f"  {kind:<{widths[0]}}  {name:<{widths[1]}}  {summary}".rstrip() for kind, name, summary in cells]


def version_of(distribution: str) -> str | None:
    """The version that is installed; None where it is not."""
    from importlib.metadata import PackageNotFoundError, version

    invalidate_caches()
    try:
        return version(normal(distribution))
    except PackageNotFoundError:
        return None


def _summary(row: Row) -> str:
    summary = " ".join(row.summary.split())
    return summary if row.state == "active" else f"{row.state}: {summary}"
