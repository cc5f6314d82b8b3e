"""What is looked at: one distribution with its plugins, its components, its source and its project."""

from collections.abc import Iterable
from pathlib import Path

from attrs import frozen

from troupe_core.discovery.entry_points import CORE
from troupe_core.discovery.found import Found, Plugin
from troupe_core.discovery.plugins import Plugins
from troupe_core.quality.about import About
from troupe_core.quality.project import named_project, project_of
from troupe_core.quality.sources import Source, sources_of, top_of

__all__ = ["Subject"]

BUILT_IN = "troupe_core.builtin"


@frozen(kw_only=True)
class Subject:
    """One distribution, and all that is known of it."""

    distribution: str
    plugins: tuple[Plugin, ...]
    """Its entry points."""
    found: tuple[Found, ...]
    """Its components."""
    among: Plugins
    """All that is installed."""
    packages: tuple[str, ...]
    """The packages and modules that it is made of."""
    sources: tuple[Source, ...]
    project: Path | None
    """The folder in which it is written; None where that is not known."""
    about: About | None
    """What its distribution says of itself; None where it is none."""
    runs_tests: bool = False
    """Whether all of its tests may be run; its conformance tests always are."""

    @classmethod
    def of(
        cls, distribution: str, plugins: Plugins, *, project: Path | None = None, runs_tests: bool = False
    ) -> "Subject":
        """The distribution of that name among these plugins. Raises `InputError` where `project` is another's."""
        own = tuple(plugin for plugin in plugins.in_range() if plugin.distribution == distribution)
        found = tuple(each for each in plugins.components() if each.plugin.distribution == distribution)
        known = (each for each in map(project_of, own) if each is not None)
        folder = named_project(project, distribution) if project is not None else next(known, None)
        packages = _packages(own, found)
        metadata = next((plugin.metadata for plugin in own), None)
        return cls(
            distribution=distribution,
            plugins=own,
            found=found,
            among=plugins,
            packages=packages,
            sources=sources_of(packages),
            project=folder,
            about=About.of(distribution, folder, metadata),
            runs_tests=runs_tests,
        )

    @property
    def is_core(self) -> bool:
        """Whether it is what is built in."""
        return self.distribution == CORE

    @property
    def strangers(self) -> frozenset[str]:
        """The packages of all other plugins."""
        others = (each for each in self.among.installed if each.distribution not in (self.distribution, CORE))
        return frozenset(top_of(plugin.module) for plugin in others) - set(self.packages)

    @property
    def where_not(self) -> str:
        """Why its project is not known."""
        return f"{self.distribution} is not installed from a folder; say which it is: --project DIR"


def _packages(plugins: Iterable[Plugin], found: Iterable[Found]) -> tuple[str, ...]:
    targets = [plugin.module for plugin in plugins]
    for each in found:
        targets += filter(None, [each.component.factory, each.component.config])
    tops = {BUILT_IN if each.startswith(f"{BUILT_IN}.") else top_of(each) for each in targets}
    return tuple(sorted(tops))
