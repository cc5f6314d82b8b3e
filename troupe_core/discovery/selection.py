"""Which plugins are wanted: the table ``[plugins]``, the option ``--plugins`` and ``TROUPE_PLUGINS``."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal

from attrs import frozen

from troupe_core.discovery.entry_points import CORE, LOCAL, EntryPoint, normal
from troupe_core.discovery.local import local_entry_points
from troupe_core.discovery.plugins_table import KEYS, names_in, place_in
from troupe_core.discovery.scopes import Scope, scopes_of
from troupe_core.errors import ConfigError, nearest

__all__ = ["Selection", "mentions"]


@frozen(kw_only=True)
class Selection:
    """Which plugins are wanted. Each name is that of a distribution or of its entry point."""

    disable: tuple[str, ...] = ()
    """Installed, but not to be loaded."""
    only: tuple[str, ...] | None = None
    """If given, nothing else is loaded but the core's own plugin, which is always there."""
    only_from: Literal["--plugins", "TROUPE_PLUGINS"] = "--plugins"
    """Who said `only`, for errors."""
    require: tuple[str, ...] = ()
    """What must be installed, as for pip: ``troupe-chroma>=0.3``."""
    paths: tuple[str, ...] = ()
    """Python files that are plugins of this study, relative to it: ``./my_rules.py``."""
    where: str | None = None
    """The file that holds the table, for errors."""
    local: tuple[EntryPoint, ...] = ()
    """The files of `paths`, as what they are."""
    scopes: tuple[Scope, ...] = ()
    """What is disabled for the project and for the user."""

    @classmethod
    def read(
        cls,
        table: Mapping[str, Any] | None,
        *,
        where: str | None,
        environ: Mapping[str, str],
        option: str | None,
        folder: Path | None = None,
    ) -> "Selection":
        """From the raw table ``[plugins]`` of the file `where`, the environment, and the command line's option.

        The option wins over the environment; an empty list of either allows the core's own plugin only. What is
        disabled for the project of the working directory, or for the user, is left out too. `folder` is what paths
        are relative to: that of the file, unless given. Raises `ConfigError`.
        """
        table = {} if table is None else table
        if not isinstance(table, Mapping):
            raise ConfigError(f"expected a table, got {table!r}", where=place_in(where))
        for key in table:
            if key not in KEYS:
                raise _unknown_key(key, where)
        paths = names_in(table, "paths", where)
        folder = folder if folder is not None else Path(where or "").parent
        allowed = option if option is not None else environ.get("TROUPE_PLUGINS")
        return cls(
            disable=_may_be_disabled(names_in(table, "disable", where), where),
            only=None if allowed is None else tuple(name.strip() for name in allowed.split(",") if name.strip()),
            only_from="TROUPE_PLUGINS" if option is None else "--plugins",
            require=_requirements(names_in(table, "require", where), where),
            paths=paths,
            where=where,
            local=local_entry_points(paths, folder, place_in(where, "paths")) if paths else (),
            scopes=scopes_of(Path.cwd(), environ),
        )

    def disabled_in(self, entry: EntryPoint) -> tuple[Scope, ...]:
        """Where a plugin is disabled for whatever study."""
        return tuple(scope for scope in self.scopes if mentions(scope.disable, entry))

    def why_left_out(self, entry: EntryPoint) -> str | None:
        """Why this plugin is not to be loaded; None if it is."""
        if entry.distribution == CORE:
            return None
        if mentions(self.disable, entry):
            return "disabled by [plugins] disable"
        for scope in self.scopes:
            if entry.distribution != LOCAL and mentions(scope.disable, entry):
                return _by(scope)
        if self.only is not None and not mentions(self.only, entry):
            return f"not among {self.only_from}"
        return None

    def is_by_scope(self, why: str | None) -> bool:
        """Whether this is what `why_left_out` says of a plugin that is disabled for whatever study."""
        return any(why == _by(scope) for scope in self.scopes)


def mentions(names: Iterable[str], entry: EntryPoint) -> bool:
    """Whether one of these names is that of the plugin, or of its distribution."""
    return any(name == entry.name or normal(name) == entry.distribution for name in names)


def _by(scope: Scope) -> str:
    return f"disabled by {scope.title}"


def _unknown_key(key: str, where: str | None) -> ConfigError:
    near = nearest(key, KEYS)
    guess = f"Did you mean {near!r}? " if near else ""
    return ConfigError(
        f"there is no key {key!r}", where=place_in(where), remedy=f"{guess}The keys are disable, paths and require."
    )


def _may_be_disabled(names: tuple[str, ...], where: str | None) -> tuple[str, ...]:
    for name in names:
        if name == "core" or normal(name) == CORE:
            raise ConfigError(
                f"the core's own plugin cannot be disabled, got {name!r}",
                where=place_in(where, "disable"),
                remedy="Leave it out of the list: what it offers is used only where a study names it.",
            )
    return names


def _requirements(texts: tuple[str, ...], where: str | None) -> tuple[str, ...]:
    if texts:
        from packaging.requirements import InvalidRequirement, Requirement

        for text in texts:
            try:
                Requirement(text)
            except InvalidRequirement:
                raise ConfigError(
                    f"expected a distribution and its versions, got {text!r}",
                    where=place_in(where, "require"),
                    remedy='Write it as for pip: require = ["troupe-chroma>=0.3"]',
                ) from None
    return texts
