"""What a plugin's distribution says of itself, to an index and to those who install it."""

import re
from collections.abc import Iterator

from troupe_core.discovery.api_range import api_range_in
from troupe_core.discovery.entry_points import CORE
from troupe_core.quality.about import About
from troupe_core.quality.project import file_named
from troupe_core.quality.rule import Seen, kept, unless, unseen
from troupe_core.quality.subject import Subject

__all__ = [
    "changes_are_told",
    "metadata_is_complete",
    "range_is_declared",
    "there_is_a_licence",
]

_UPPER = re.compile(r"<|==|~=")
_NO_DISTRIBUTION = "it is no distribution: nothing says what it is"


def range_is_declared(subject: Subject) -> Seen:
    """For which versions of the core it is made: not for all that are to come."""
    if subject.is_core:
        return kept("it is the core itself")
    if subject.about is None:
        return unseen(_NO_DISTRIBUTION)
    stated = api_range_in(subject.about.requirements)
    if stated is None:
        return unless([f"{subject.about.where} does not name {CORE} among the dependencies"])
    if _UPPER.search(stated.text) is None:
        return unless([f"{stated.text or 'any version'} of {CORE} has no end"])
    return unless([] if stated.fits else [f"it is made for {CORE} {stated.text}, and another is installed"])


def metadata_is_complete(subject: Subject) -> Seen:
    """What an index shows of it."""
    if subject.about is None:
        return unseen(_NO_DISTRIBUTION)
    return unless(_lacking(subject.about))


def there_is_a_licence(subject: Subject) -> Seen:
    """The text itself, not its name alone."""
    if subject.about is None:
        return unseen(_NO_DISTRIBUTION)
    return unless([] if subject.about.licence_file else ["there is no file LICENSE"])


def changes_are_told(subject: Subject) -> Seen:
    """A changelog: in its folder, in the repository above it, or behind an address."""
    if subject.about is not None and subject.about.changelog_link:
        return kept()
    if subject.project is None:
        return unseen(subject.where_not)
    names = ("changelog", "changes", "history", "news")
    folders = [subject.project]
    if not (subject.project / ".git").exists():
        above = list(subject.project.parents)[:3]
        repository = next((number for number, folder in enumerate(above) if (folder / ".git").exists()), None)
        folders += above[: repository + 1] if repository is not None else []
    found = any(file_named(folder, *names) for folder in folders)
    return unless([] if found else ["there is no file CHANGELOG.md"])


def _lacking(about: About) -> Iterator[str]:
    for text, what in (
        (about.description, "a description"),
        (about.licence, "a licence"),
        (about.requires_python, "requires-python"),
        (about.readme, "a readme"),
    ):
        if not text.strip() or text.strip() == "UNKNOWN":
            yield f"{about.where} lacks {what}"
    if not about.links:
        yield f"{about.where} lacks classifiers or urls"
