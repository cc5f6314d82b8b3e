"""Which components and plugins somebody means by a name."""

from collections.abc import Sequence

from troupe_core.discovery.catalogue import catalogue_of
from troupe_core.discovery.entry_points import normal
from troupe_core.discovery.found import Found, Plugin
from troupe_core.discovery.plugins import Plugins
from troupe_core.errors import PluginError, nearest
from troupe_core.hookspecs import KIND_OF_HOOK

__all__ = ["components_named", "distribution_named", "no_such_name", "plugins_named"]


def components_named(name: str, plugins: Plugins) -> list[Found]:
    """All components that may be meant, of whatever kind; of those of a plugin, where a plugin is named."""
    within, _, bare = name.rpartition(":")
    named = [
        found
        for found in plugins.components()
        if found.component.name == bare and within in ("", found.kind, found.kind.replace("_", "-"))
    ]
    of_plugin = [
        found
        for found in plugins.components()
        if found.component.name == bare and normal(within) == found.plugin.distribution
    ]
    whole = [found for found in plugins.components() if found.plugin in plugins_named(name, plugins)]
    return named or of_plugin or whole


def plugins_named(name: str, plugins: Plugins) -> list[Plugin]:
    """All plugins that may be meant."""
    return [each for each in plugins.installed if name in (each.name, each.key) or normal(name) == each.distribution]


def distribution_named(name: str, plugins: Plugins) -> str:
    """The one that a plugin, a distribution or a component belongs to. Raises `PluginError`: none, or several."""
    meant = [plugin.distribution for plugin in plugins_named(name, plugins)]
    meant = meant or [found.plugin.distribution for found in components_named(name, plugins)]
    distributions = list(dict.fromkeys(meant))
    if not distributions:
        raise no_such_name(name, plugins)
    if len(distributions) > 1:
        raise PluginError(
            f"{name!r} is in {' and in '.join(distributions)}",
            remedy=f"Say which one you mean: {' or '.join(distributions)}.",
        )
    return distributions[0]


def no_such_name(name: str, plugins: Plugins) -> PluginError:
    """Nobody is called so: who is, who nearly is, and what to install."""
    bare = name.rpartition(":")[2]
    names = sorted({found.component.name for found in plugins.components()})
    near = nearest(bare, [*names, *(plugin.name for plugin in plugins.installed)])
    advice = [f"Did you mean {near!r}?"] if near else []
    advice += _to_install(bare, plugins.installed)
    advice.append("See what is installed: troupe plugins list")
    return PluginError(
        f"there is no component or plugin {name!r}; installed: {', '.join(names) or 'none'}", remedy="\n".join(advice)
    )


def _to_install(name: str, installed: Sequence[Plugin]) -> list[str]:
    packages = {catalogue_of(kind).get(name) for kind in KIND_OF_HOOK.values()} - {None}
    missing = sorted(str(each) for each in packages if all(plugin.distribution != each for plugin in installed))
    return [f"Install the plugin that offers it: python -m pip install {each}" for each in missing]
