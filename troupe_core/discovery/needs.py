"""What installed plugins need that is not there: their requirements, and those of their extras."""

import os
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distributions, version
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from troupe_core.discovery.entry_points import normal

if TYPE_CHECKING:
    from packaging.requirements import Requirement

__all__ = ["Unmet", "copies_of", "missing_extras", "needed_by", "unmet_requirements"]

_FOR_AUTHORS = ("dev", "docs", "lint", "test", "testing", "tests", "types", "typing")
"""Extras that nobody misses who only uses a plugin."""


@frozen(kw_only=True)
class Unmet:
    """A requirement that the environment does not meet."""

    text: str
    """As its distribution states it: ``httpx>=0.28``."""
    installed: str | None
    """The version that is there instead."""

    @property
    def in_words(self) -> str:
        """For messages."""
        there = "which is not installed" if self.installed is None else f"installed is {self.installed}"
        return f"{self.text}, {there}"


def unmet_requirements(metadata: Path) -> list[Unmet]:
    """What the distribution with this metadata folder needs in any case, and does not find."""
    return [each for need in _needs(Distribution.at(metadata)) if (each := _unmet(need)) is not None]


def missing_extras(metadata: Path) -> Iterator[tuple[str, list[Unmet]]]:
    """Each extra of use to users that is not installed, with what it lacks."""
    distribution = Distribution.at(metadata)
    always = {str(need) for need in _needs(distribution)}
    for extra in distribution.metadata.get_all("Provides-Extra") or ():
        if normal(extra) in _FOR_AUTHORS:
            continue
        own = [need for need in _needs(distribution, extra) if str(need) not in always]
        lacking = [each for need in own if (each := _unmet(need)) is not None]
        if lacking:
            yield str(extra), lacking


def copies_of(distribution: str) -> list[tuple[str, str]]:
    """Version and folder of every copy of a distribution on the path; the first counts."""
    found: dict[str, tuple[str, str]] = {}
    for each in distributions(name=distribution):
        folder = str(each.locate_file(""))
        # Some environments have one folder by two names.
        found.setdefault(os.path.realpath(folder) + each.version, (each.version, folder))
    return list(found.values())


def needed_by(name: str) -> list[str]:
    """The installed distributions that need this one (its normal name) in any case."""
    needing = {each.name for each in distributions() for need in _needs(each) if normal(need.name) == name}
    return sorted(needing)


def _needs(distribution: Distribution, extra: str = "") -> Iterator["Requirement"]:
    from packaging.requirements import InvalidRequirement, Requirement

    for text in distribution.requires or ():
        try:
            need = Requirement(text)
        except InvalidRequirement:
            continue  # no installer could have taken it either
        if need.marker is None or need.marker.evaluate({"extra": extra}):
            yield need


def _unmet(need: "Requirement") -> Unmet | None:
    try:
        there: str | None = version(need.name)
    except PackageNotFoundError:
        there = None
    if there is not None and need.specifier.contains(there, prereleases=True):
        return None
    extras = f"[{','.join(sorted(need.extras))}]" if need.extras else ""
    return Unmet(text=f"{need.name}{extras}{need.specifier}", installed=there)
