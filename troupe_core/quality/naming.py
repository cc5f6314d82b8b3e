"""How a plugin calls what it offers, and what it says of it in a line."""

import re
from collections.abc import Iterator

from troupe_core.component import Component
from troupe_core.quality.rule import Seen, kept, unless
from troupe_core.quality.subject import Subject

__all__ = ["names_are_plain", "summaries_are_short"]

_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
LONGEST = 100


def names_are_plain(subject: Subject) -> Seen:
    """The distribution, its entry points and its components: lower case, digits, single dashes."""
    names = [("the distribution", subject.distribution)]
    names += [("the entry point", plugin.name) for plugin in subject.plugins]
    names += [("the component", found.component.name) for found in subject.found]
    return unless(f"{what} {name!r} is not a plain name" for what, name in names if _NAME.fullmatch(name) is None)


def summaries_are_short(subject: Subject) -> Seen:
    """One line of every component."""
    if not subject.found:
        return kept("it offers no components")
    return unless(fault for found in subject.found for fault in _faults(found.component))


def _faults(component: Component) -> Iterator[str]:
    summary, of = component.summary, f"the summary of {component.name!r}"
    if len(summary.splitlines()) > 1:
        yield f"{of} has more than one line"
    if len(summary) > LONGEST:
        yield f"{of} has {len(summary)} characters, at most {LONGEST} are shown whole"
    if summary != summary.strip() or summary.endswith(("…", "..", "!", ",", ";", ":")):
        yield f"{of} ends with {summary[-1]!r}; a full stop is enough"
    words = summary.strip(" .").lower().replace("_", "-")
    if words in (component.name, component.name.replace("-", " ")):
        yield f"{of} says no more than its name"
