"""For which versions of troupe-core a plugin is made: what its distribution requires."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from attrs import frozen

from troupe_core.discovery.entry_points import CORE, normal
from troupe_core.version import VERSION

__all__ = ["ApiRange", "api_range_in", "api_range_of", "contains"]

_NAME = re.compile(r"\s*([A-Za-z0-9][A-Za-z0-9._-]*)")
_OF_AN_EXTRA = re.compile(r";\s*extra\s*==\s*(\"[^\"]*\"|'[^']*')\s*$")
"""What only an extra needs, such as the tests: told apart here, since nearly every plugin has such a line."""

_PLAIN_CLAUSE = re.compile(r"\s*(>=|<=|>|<)\s*(\d+(?:\.\d+)*)\s*")
_PLAIN_VERSION = re.compile(r"\d+(?:\.\d+)*")


@frozen
class ApiRange:
    """The versions of troupe-core that a distribution asks for."""

    text: str
    """As written, ``>=0.1,<1``; empty where any version will do."""
    fits: bool
    """Whether the running version is one of them."""


def api_range_of(metadata: Path | None, version: str = VERSION) -> ApiRange | None:
    """What the distribution with this metadata folder requires; None where it does not require troupe-core at all."""
    return api_range_in(_requirements(metadata) if metadata is not None else (), version)


def api_range_in(requirements: Iterable[str], version: str = VERSION) -> ApiRange | None:
    """What these requirements ask of troupe-core; None where they do not name it."""
    stated = [text for text in requirements if _is_about_core(text)]
    ranges = [each for each in map(_specifiers, stated) if each is not None]
    if not ranges:
        return None
    return ApiRange(",".join(filter(None, ranges)), all(contains(each, version) for each in ranges))


def contains(specifiers: str, version: str) -> bool:
    """Whether a version is in a range. Plain cases are decided here: a listing need not import `packaging`."""
    clauses = [clause for clause in specifiers.split(",") if clause.strip()]
    plain = [_PLAIN_CLAUSE.fullmatch(clause) for clause in clauses]
    if _PLAIN_VERSION.fullmatch(version) and all(plain):
        return all(_holds(clause[1], version, clause[2]) for clause in plain if clause)
    from packaging.specifiers import InvalidSpecifier, SpecifierSet

    try:
        return SpecifierSet(specifiers).contains(version, prereleases=True)
    except InvalidSpecifier:
        return False


def _holds(sign: str, version: str, bound: str) -> bool:
    left, right = _release(version), _release(bound)
    return {">=": left >= right, "<=": left <= right, ">": left > right, "<": left < right}[sign]


def _release(version: str) -> tuple[int, ...]:
    """Comparable: 1.0 and 1.0.0 are the same version."""
    numbers = [int(part) for part in version.split(".")]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)


def _requirements(metadata: Path) -> Iterator[str]:
    for file, read in (("METADATA", _of_headers), ("PKG-INFO", _of_headers), ("requires.txt", _of_requires)):
        try:
            text = (metadata / file).read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        yield from read(text)


def _of_headers(text: str) -> list[str]:
    headers = text.partition("\n\n")[0]
    return re.findall(r"^Requires-Dist:\s*(.+?)\s*$", headers, re.MULTILINE | re.IGNORECASE)


def _of_requires(text: str) -> list[str]:
    """The lines before the first section of ``requires.txt`` of an old editable install."""
    return [line for line in text.partition("[")[0].splitlines() if line.strip()]


def _is_about_core(requirement: str) -> bool:
    named = _NAME.match(requirement)
    return named is not None and normal(named[1]) == CORE


def _specifiers(requirement: str) -> str | None:
    """The range of one requirement; None where its marker does not hold here."""
    if ";" not in requirement and "[" not in requirement:
        return _NAME.sub("", requirement, count=1).strip().strip("()").replace(" ", "")
    if _OF_AN_EXTRA.search(requirement):
        return None
    from packaging.requirements import InvalidRequirement, Requirement

    try:
        parsed = Requirement(requirement)
    except InvalidRequirement:
        return requirement
    if parsed.marker is not None and not parsed.marker.evaluate({"extra": ""}):
        return None
    return str(parsed.specifier)
