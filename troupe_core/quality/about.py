"""What a distribution says of itself: in its project's ``pyproject.toml``, or in what was installed."""

from collections.abc import Mapping
from email import message_from_string
from email.message import Message
from pathlib import Path
from typing import Any

from attrs import frozen

from troupe_core.discovery.entry_points import normal
from troupe_core.quality.project import file_named, pyproject

__all__ = ["About"]


@frozen(kw_only=True)
class About:
    """The facts that an index shows."""

    where: str
    """For messages: the file that says so."""
    description: str
    licence: str
    requires_python: str
    requirements: tuple[str, ...]
    links: bool
    """Whether it has classifiers, or addresses of its home, its source, its documentation."""
    readme: str
    """Its text; empty where there is none."""
    readme_name: str = "README"
    licence_file: bool = False
    changelog_link: bool = False

    @classmethod
    def of(cls, distribution: str, project: Path | None, metadata: Path | None) -> "About | None":
        """From the project where it is known, which is newer than what was installed; None where nothing is."""
        installed = _installed(metadata) if metadata is not None else None
        table = pyproject(project) if project is not None else None
        if project is None or table is None or normal(str(table.get("name", ""))) != distribution:
            return installed
        return _written(table, project, installed)


def _written(table: Mapping[str, Any], project: Path, installed: About | None) -> About:
    """What is `dynamic` is known only of what was installed."""

    def text(key: str) -> str:
        value = table.get(key, "")
        return str(value.get("text") or value.get("file") or "") if isinstance(value, Mapping) else str(value)

    readme = _readme(table, project)
    dynamic = table.get("dynamic", ())
    fresh = About(
        where="pyproject.toml",
        description=text("description"),
        licence=text("license"),
        requires_python=text("requires-python"),
        requirements=tuple(map(str, table.get("dependencies", ()))),
        links=bool(table.get("classifiers") or table.get("urls")),
        readme=_text(readme) if readme is not None else "",
        readme_name=readme.name if readme is not None else "README",
        licence_file=file_named(project, "licen", "copying") is not None,
        changelog_link=any(_is_changelog(name) for name in table.get("urls", ())),
    )
    if installed is None or not dynamic:
        return fresh
    return About(
        where=fresh.where,
        description=fresh.description or installed.description,
        licence=fresh.licence or installed.licence,
        requires_python=fresh.requires_python or installed.requires_python,
        requirements=fresh.requirements or installed.requirements,
        links=fresh.links or installed.links,
        readme=fresh.readme or installed.readme,
        readme_name=fresh.readme_name,
        licence_file=fresh.licence_file,
        changelog_link=fresh.changelog_link or installed.changelog_link,
    )


def _installed(folder: Path) -> About | None:
    name = "METADATA" if (folder / "METADATA").is_file() else "PKG-INFO"
    if not (folder / name).is_file():
        return None
    message: Message = message_from_string(_text(folder / name))
    body = message.get_payload()
    addresses = message.get_all("Project-URL", [])
    licences = message.get_all("License-File", [])
    return About(
        where=name,
        description=message.get("Summary", ""),
        licence=message.get("License-Expression") or message.get("License") or "",
        requires_python=message.get("Requires-Python", ""),
        requirements=tuple(message.get_all("Requires-Dist", [])),
        links=bool(addresses or message.get_all("Classifier") or message.get("Home-page")),
        readme=(message.get("Description") or (body if isinstance(body, str) else "")).strip(),
        licence_file=any((folder / "licenses" / each).is_file() or (folder / each).is_file() for each in licences),
        changelog_link=any(_is_changelog(each.partition(",")[0]) for each in addresses),
    )


def _readme(table: Mapping[str, Any], project: Path) -> Path | None:
    named = table.get("readme")
    file = named.get("file") if isinstance(named, Mapping) else named
    return project / str(file) if file is not None and (project / str(file)).is_file() else None


def _is_changelog(label: str) -> bool:
    return label.strip().lower().replace(" ", "") in ("changelog", "changes", "history", "releasenotes", "whatsnew")


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8", errors="replace")
