"""Where the repository keeps what these tests look at."""

import tomllib
from pathlib import Path
from typing import Any

__all__ = ["CORE", "DOCS", "PLUGINS", "ROOT", "packages", "project"]

ROOT = Path(__file__).parents[2]
CORE = ROOT / "troupe_core"
DOCS = ROOT / "docs"
PLUGINS = sorted(folder.parent.name for folder in (ROOT / "plugins").glob("*/pyproject.toml"))
"""The folders in ``plugins/`` that hold a plugin."""


def packages() -> list[str]:
    """The import names of all plugins."""
    return [name.replace("-", "_") for name in PLUGINS]


def project(plugin: str | None = None) -> dict[str, Any]:
    """The ``pyproject.toml`` of the root, or of a plugin."""
    folder = ROOT if plugin is None else ROOT / "plugins" / plugin
    return tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))
