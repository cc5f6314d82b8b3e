"""Who stands in the licence."""

import subprocess
from shutil import which

from troupe_core.errors import InputError

__all__ = ["author_of"]


def author_of(given: str | None, name: str) -> str:
    """What was given, else the name that git knows, else the plugin's developers. Raises `InputError`."""
    if given is not None:
        author = " ".join(given.split())
        if not author or not author.isprintable():
            raise InputError("an author has a name", where="--author", remedy="Give it, or leave --author out.")
        return author
    known = " ".join(_known_to_git().split())
    return known if known.isprintable() and known else f"The {name} developers"


def _known_to_git() -> str:
    git = which("git")
    if git is None:
        return ""
    try:
        asked = subprocess.run(  # noqa: S603 - a question to git, with no word of anybody's
            [git, "config", "user.name"],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=10,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return asked.stdout
