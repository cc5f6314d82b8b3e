"""Which plugins a test sees."""

from collections.abc import Sequence

from troupe_core.discovery.entry_points import CORE, EntryPoint, installed_entry_points, normal
from troupe_core.errors import PluginError, nearest
from troupe_core.version import VERSION

__all__ = ["allow_list", "installed_versions", "need_mock_llm"]

MOCK = "troupe-mock-llm"


def allow_list(names: Sequence[str]) -> str:
    """The value of TROUPE_PLUGINS that allows these plugins alone; ``my_rules.py`` is a plugin in a study's own file.

    Raises `PluginError` for one that is not there; of files, only the study can tell.
    """
    installed = [entry for entry in installed_entry_points() if entry.distribution != CORE]
    for name in names:
        if not (name.endswith(".py") or normal(name) == CORE or any(_is_meant(name, entry) for entry in installed)):
            raise _not_installed(name, installed)
    return ",".join(name.removesuffix(".py") for name in names)


def installed_versions() -> list[str]:
    """The core and every installed plugin, each with its version."""
    plugins = {entry.distribution: entry.version for entry in installed_entry_points() if entry.distribution != CORE}
    return [f"{CORE} {VERSION}", *(f"{name} {version}" for name, version in sorted(plugins.items()))]


def need_mock_llm(fixture: str) -> None:
    """Raises `PluginError` where the model that follows scripts and recordings is not installed."""
    if all(entry.distribution != MOCK for entry in installed_entry_points()):
        raise PluginError(
            f"needs the plugin {MOCK}, which is not installed",
            where=fixture,
            remedy=f"Install it: python -m pip install {MOCK}. Name it in what your tests require, too.",
        )


def _is_meant(name: str, entry: EntryPoint) -> bool:
    return name == entry.name or normal(name) == entry.distribution


def _not_installed(name: str, installed: Sequence[EntryPoint]) -> PluginError:
    known = sorted({entry.distribution for entry in installed})
    close = nearest(name, known)
    guess = f"Did you mean {close}? " if close else ""
    there = f"Installed are {', '.join(known)}." if known else "No plugin is installed beside the core."
    return PluginError(f'"{name}" is not installed', where="isolated_plugins", remedy=guess + there)
