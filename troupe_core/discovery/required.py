"""What a study requires to be installed: checked before anything runs."""

from collections.abc import Sequence

from troupe_core.discovery.entry_points import CORE, normal
from troupe_core.discovery.found import Plugin
from troupe_core.discovery.selection import Selection
from troupe_core.errors import PluginError, nearest

__all__ = ["check_allowed", "check_required"]


def check_required(selection: Selection, plugins: Sequence[Plugin]) -> None:
    """Every requirement is met by an active plugin, and each allowed plugin is there. Raises `PluginError`."""
    check_allowed(selection, plugins)
    failures = {text: reason for text in selection.require if (reason := _failure(text, plugins)) is not None}
    if not failures:
        return
    where = " ".join(filter(None, [f"{selection.where}:" if selection.where else "", "[plugins] require"]))
    raise PluginError("; ".join(failures.values()), where=where, remedy=_remedy(list(failures), selection, plugins))


def _remedy(failures: Sequence[str], selection: Selection, plugins: Sequence[Plugin]) -> str:
    to_install = [text for text in failures if not _left_out(text, plugins)]
    left_out = [plugin for text in failures for plugin in _left_out(text, plugins)]
    by_scope = [plugin for plugin in left_out if selection.is_by_scope(plugin.problem)]
    if to_install:
        quoted = " ".join(f'"{text}"' for text in to_install)
        # Troupe does not replace itself while it runs.
        own = any(_named(text) == CORE for text in to_install)
        return f"Install what is missing: {'python -m pip' if own else 'troupe plugins'} install --upgrade {quoted}"
    if by_scope:
        return f"Enable it: troupe plugins enable {' '.join(dict.fromkeys(each.distribution for each in by_scope))}"
    return "Take it out of [plugins] disable, or out of [plugins] require."


def check_allowed(selection: Selection, plugins: Sequence[Plugin]) -> None:
    """A name on the command line that names nothing is a slip of the pen. Raises `PluginError`."""
    known = sorted({plugin.name for plugin in plugins} | {plugin.distribution for plugin in plugins})
    for name in selection.only or ():
        if name not in known and normal(name) not in known:
            near = nearest(name, known)
            raise PluginError(
                f"there is no plugin {name!r}; installed: {', '.join(sorted({each.distribution for each in plugins}))}",
                where=selection.only_from,
                remedy=f"Did you mean {near!r}?" if near else f"Install it: troupe plugins install {name}",
            )


def _failure(text: str, plugins: Sequence[Plugin]) -> str | None:
    """Why a requirement is not met."""
    from packaging.requirements import Requirement

    requirement = Requirement(text)
    there = [plugin for plugin in plugins if plugin.distribution == normal(requirement.name)]
    if not there:
        return f"{text} is not installed"
    if not requirement.specifier.contains(there[0].version, prereleases=True):
        return f"{text} is required, installed is {there[0].title}"
    for plugin in there:
        if plugin.state != "active":
            return f"{text} is required, but {plugin.place} is {plugin.state}: {plugin.problem}"
    return None


def _left_out(text: str, plugins: Sequence[Plugin]) -> list[Plugin]:
    """What is there, but not to be loaded."""
    name = _named(text)
    return [plugin for plugin in plugins if plugin.distribution == name != CORE and plugin.state == "disabled"]


def _named(text: str) -> str:
    """The distribution that a requirement is about."""
    from packaging.requirements import Requirement

    return normal(Requirement(text).name)
