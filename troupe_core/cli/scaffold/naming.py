"""What a new plugin, its package and its class are called."""

import keyword
import re

from attrs import frozen

from troupe_core.errors import InputError

__all__ = ["Names", "names_for"]

_LONGEST = 40
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_DISTRIBUTION = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@frozen(kw_only=True)
class Names:
    """All the names of one plugin."""

    name: str
    """What a study writes behind ``use =``."""
    distribution: str
    """What is typed behind ``pip install``."""
    package: str
    """What is imported."""
    cls: str
    """The class of the part."""


def names_for(wanted: str, distribution: str | None, suffix: str, taken: frozenset[str]) -> Names:
    """From what was typed. Raises `InputError` for what can be no name.

    The class is never called as one of `taken`, which its module imports.
    """
    name = _normal(wanted).removeprefix("troupe-")
    if not _NAME.fullmatch(name):
        raise InputError(
            f"{wanted!r} can be no name of a plugin: expected lower-case letters, digits and dashes, a letter first",
            remedy=f"Give another, for example: {_nearest_name(name)}",
        )
    if keyword.iskeyword(name) or keyword.issoftkeyword(name):
        raise InputError(
            f"{name!r} is a word of Python and can be no name of a plugin", remedy=f"Give another: my-{name}"
        )
    if len(name) > _LONGEST:
        raise InputError(
            f"{name!r} has {len(name)} characters, and a name has at most {_LONGEST}", remedy="Give a shorter one."
        )
    whole = _distribution(distribution or f"troupe-{name}")
    return Names(name=name, distribution=whole, package=whole.replace("-", "_"), cls=_class(name, suffix, taken))


def _normal(text: str) -> str:
    return re.sub(r"[\s_.-]+", "-", text.strip()).strip("-").lower()


def _nearest_name(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name).strip("-0123456789") or "dice"


def _distribution(text: str) -> str:
    whole = _normal(text)
    package = whole.replace("-", "_")
    if not _DISTRIBUTION.fullmatch(whole) or not package.isidentifier() or keyword.iskeyword(package):
        raise InputError(
            f"{text!r} can be no distribution: expected lower-case letters, digits and dashes, a letter first",
            remedy="Give another with --distribution, for example: --distribution acme-dice",
        )
    if whole in ("troupe", "troupe-core"):
        raise InputError(f"{whole} is another distribution's name", remedy="Give another NAME, or --distribution.")
    if len(whole) > _LONGEST + len("troupe-"):
        raise InputError(f"{whole!r} is too long for a distribution", remedy="Give a shorter one with --distribution.")
    return whole


def _class(name: str, suffix: str, taken: frozenset[str]) -> str:
    words = "".join(word.capitalize() for word in name.split("-"))
    whole = words if words.endswith(suffix) and words != suffix else words + suffix
    return f"My{whole}" if whole in taken or whole.startswith("Test") else whole
