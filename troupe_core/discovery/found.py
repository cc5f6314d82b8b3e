"""What discovery knows of each plugin, and of each component."""

from pathlib import Path
from typing import Literal

from attrs import field, frozen

from troupe_core.component import Component
from troupe_core.discovery.entry_points import CORE

__all__ = ["Found", "Note", "Offer", "Plugin", "State", "kind_in_words"]

State = Literal["active", "disabled", "broken", "incompatible"]
"""``active``: loaded, its components can be used. ``disabled``: left out by the study, by ``--plugins`` or by
``TROUPE_PLUGINS``; not imported. ``broken``: it cannot be loaded, or does not keep to the hook specifications.
``incompatible``: loaded, but made for another version of troupe-core (only `Plugins.in_range` looks that up)."""


@frozen(kw_only=True)
class Offer:
    """A component, with the kind that the hook gives it."""

    kind: str
    component: Component


@frozen
class Note:
    """Something that is not right about a plugin that works."""

    text: str
    remedy: str | None = None


@frozen(kw_only=True)
class Plugin:
    """One entry point of one installed distribution."""

    name: str
    """The name of the entry point."""
    distribution: str
    version: str
    module: str
    """What the entry point names."""
    file: str | None
    """The file of that module, where it could be found."""
    metadata: Path | None
    """The folder with the distribution's metadata."""
    state: State
    problem: str | None = None
    """Why it is not active; None where it is."""
    offers: tuple[Offer, ...] = ()
    """Its components, by kind and name."""
    observes: tuple[str, ...] = ()
    """The observer hooks that it has."""
    notes: tuple[Note, ...] = ()
    """What its authors should know, though it can be used."""
    seconds: float = field(default=0.0, eq=False)
    """What loading it took."""

    @property
    def key(self) -> str:
        """Names it among all plugins: ``distribution:entry point``."""
        return f"{self.distribution}:{self.name}"

    @property
    def title(self) -> str:
        """For messages: distribution and version."""
        return f"{self.distribution} {self.version}"

    @property
    def place(self) -> str:
        """For messages: distribution, version and file."""
        return f"{self.title} ({self.file or self.module})"

    @property
    def remedy(self) -> str:
        """What can be done about a plugin that fails."""
        if self.distribution == CORE:
            return f"Reinstall it: python -m pip install --force-reinstall {CORE}"
        return (
            f"Update it (python -m pip install --upgrade {self.distribution}), tell its authors, "
            f'or do without it: [plugins] disable = ["{self.distribution}"]'
        )


@frozen(kw_only=True)
class Found:
    """A component of an active plugin."""

    kind: str
    component: Component
    plugin: Plugin

    @property
    def full_name(self) -> str:
        """Names it among all components of its kind: ``distribution:name``."""
        return f"{self.plugin.distribution}:{self.component.name}"


def kind_in_words(kind: str) -> str:
    """``memory_backend`` → ``memory backend``."""
    return kind.replace("_", " ")
