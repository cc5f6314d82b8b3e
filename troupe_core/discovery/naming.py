"""From the name in a study to the component that is meant, or to an error that helps."""

from collections.abc import Sequence

from troupe_core.discovery.catalogue import catalogue_of
from troupe_core.discovery.entry_points import normal
from troupe_core.discovery.found import Found, Plugin, kind_in_words
from troupe_core.errors import PluginError, nearest

__all__ = ["comes_from", "find_component"]


def find_component(
    kind: str, name: str, *, components: Sequence[Found], plugins: Sequence[Plugin], where: str | None = None
) -> Found:
    """The component of this kind that is called `name`, or ``distribution:name``. Raises `PluginError`."""
    distribution, _, bare = name.rpartition(":")
    of_kind = [found for found in components if found.kind == kind]
    meant = [
        found
        for found in of_kind
        if found.component.name == bare and (not distribution or comes_from(found, distribution))
    ]
    if len(meant) == 1:
        return meant[0]
    if meant:
        raise _ambiguous(kind, name, meant, where)
    raise _unknown(kind, name, of_kind, components, plugins, where)


def comes_from(found: Found, source: str) -> bool:
    """Whether a component is of this distribution, or of this file of the study."""
    return normal(source) in (found.plugin.distribution, normal(found.plugin.source))


def _ambiguous(kind: str, name: str, meant: Sequence[Found], where: str | None) -> PluginError:
    offering = " and ".join(found.plugin.place for found in meant)
    forms = " or ".join(f'use = "{found.full_name}"' for found in meant)
    return PluginError(
        f"{name!r} is ambiguous: {offering} both offer a {kind_in_words(kind)} of that name"
        if len(meant) == 2
        else f"{name!r} is ambiguous: {offering} all offer a {kind_in_words(kind)} of that name",
        where=where,
        remedy=f"Say which one: {forms}",
    )


def _unknown(
    kind: str,
    name: str,
    of_kind: Sequence[Found],
    components: Sequence[Found],
    plugins: Sequence[Plugin],
    where: str | None,
) -> PluginError:
    distribution, _, bare = name.rpartition(":")
    installed = sorted({found.component.name for found in of_kind})
    what = f"there is no {kind_in_words(kind)} {name!r}; installed: {', '.join(installed) or 'none'}"
    near = nearest(bare, installed)
    advice = [f"Did you mean {near!r}?"] if near else []
    if distribution:
        advice += _same_name_elsewhere(bare, of_kind)
    advice += _other_kinds(kind, bare, components)
    advice += _what_to_install(kind, bare, normal(distribution) if distribution else None, plugins)
    advice += _not_loaded(plugins)
    return PluginError(what, where=where, remedy="\n".join(advice) or "See what is installed: troupe plugins list")


def _same_name_elsewhere(bare: str, of_kind: Sequence[Found]) -> list[str]:
    return [
        f'It is offered by {found.plugin.title}: use = "{found.full_name}"'
        for found in of_kind
        if found.component.name == bare
    ]


def _other_kinds(kind: str, bare: str, components: Sequence[Found]) -> list[str]:
    kinds = sorted(
        {kind_in_words(found.kind) for found in components if found.component.name == bare and found.kind != kind}
    )
    return [f"{bare!r} is the name of another kind of component: {', '.join(kinds)}."] if kinds else []


def _what_to_install(kind: str, bare: str, distribution: str | None, plugins: Sequence[Plugin]) -> list[str]:
    """The distribution that offers it, or that offers something of nearly this name."""
    known = catalogue_of(kind)
    package = known.get(bare)
    if distribution is not None and package != distribution:
        package = distribution if all(plugin.distribution != distribution for plugin in plugins) else None
        return [f"Install the plugin: troupe plugins install {package}"] if package else []
    if package is None:
        near = nearest(bare, known)
        package = known[near] if near else None
        hint = f"{near!r} is offered by {package}: " if near else ""
    else:
        hint = "Install the plugin that offers it: "
    if package is None or any(plugin.distribution == package for plugin in plugins):
        return []
    return [f"{hint}troupe plugins install {package}"]


def _not_loaded(plugins: Sequence[Plugin]) -> list[str]:
    """Plugins that never said what they offer: any of them could be the one."""
    return [
        f"{plugin.place} is {plugin.state}, it may offer more: {plugin.problem}"
        for plugin in plugins
        if plugin.state in ("broken", "disabled")
    ]
