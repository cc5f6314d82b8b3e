"""The folder in which a plugin is written: its tests and its README are there, and not in what is installed."""

import json
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from troupe_core.discovery.entry_points import normal
from troupe_core.discovery.found import Plugin
from troupe_core.errors import InputError

__all__ = ["file_named", "named_project", "project_of", "pyproject"]


def project_of(plugin: Plugin) -> Path | None:
    """Where an installation that follows its folder says that it is; None for any other."""
    return _editable(plugin) or _above(plugin)


def named_project(folder: Path, distribution: str) -> Path:
    """The folder that somebody named. Raises `InputError` where it holds something else."""
    about = pyproject(folder)
    if about is None:
        raise InputError(
            "there is no pyproject.toml that can be read",
            where=str(folder),
            remedy=f"Name the folder in which {distribution} is written: --project DIR",
        )
    name = str(about.get("name", ""))
    if normal(name) != distribution:
        raise InputError(
            f"expected the project of {distribution}, this is the one of {name or 'something without a name'}",
            where=str(folder / "pyproject.toml"),
            remedy=f"Name the folder in which {distribution} is written.",
        )
    return folder.resolve()


def pyproject(folder: Path) -> dict[str, Any] | None:
    """The table ``[project]`` of a folder; None without one."""
    try:
        table = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8")).get("project")
    except (OSError, ValueError):
        return None
    return table if isinstance(table, dict) else None


def file_named(folder: Path, *names: str) -> Path | None:
    """The first file whose name begins so, whatever its case and its ending."""
    try:
        files = sorted(each for each in folder.iterdir() if each.is_file())
    except OSError:
        return None
    return next((each for each in files if each.name.lower().startswith(names)), None)


def _editable(plugin: Plugin) -> Path | None:
    if plugin.metadata is None:
        return None
    try:
        record = json.loads((plugin.metadata / "direct_url.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    url = urlsplit(str(record.get("url", "")))
    if url.scheme != "file" or not record.get("dir_info", {}).get("editable"):
        return None
    folder = Path(url2pathname(url.path))
    return folder if pyproject(folder) is not None else None


def _above(plugin: Plugin) -> Path | None:
    """Above the module, where it lies in a project of that name: an installation may leave no other trace."""
    if plugin.file is None:
        return None
    for folder in list(Path(plugin.file).resolve().parents)[:4]:
        about = pyproject(folder)
        if about is not None:
            return folder if normal(str(about.get("name", ""))) == plugin.distribution else None
    return None
