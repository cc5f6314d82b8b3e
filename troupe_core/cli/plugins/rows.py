"""The rows of a listing of plugins."""

from collections.abc import Callable, Iterator

from attrs import frozen

from troupe_core.discovery.found import Plugin
from troupe_core.discovery.plugins import Plugins
from troupe_core.errors import InputError, nearest
from troupe_core.hookspecs import KIND_OF_HOOK

__all__ = ["Row", "rows_of", "wanted_hook"]


@frozen(kw_only=True)
class Row:
    """One component; or one plugin of which no component is known, or that has none."""

    name: str
    """Of the component, or of the plugin's entry point."""
    kind: str | None
    distribution: str
    version: str
    state: str
    summary: str
    """What the component is for, or why it cannot be used."""


def rows_of(plugins: Plugins, hook: str | None = None) -> list[Row]:
    """All rows, or those of one hook: components first, by kind and name, then plugins without any."""
    rows = {row: None for plugin in plugins.in_range() for row in _rows_of_plugin(plugin, hook)}
    return sorted(rows, key=lambda row: (row.kind is None, row.kind or "", row.name, row.distribution))


def wanted_hook(text: str, plugins: Plugins) -> str:
    """The hook that is meant by ``troupe_tools``, ``tools`` or ``tool``. Raises `InputError`."""
    hooks = {name for name, hook in vars(plugins.hook).items() if hook.has_spec()}
    spellings = {name: name for name in hooks} | {name.removeprefix("troupe_"): name for name in hooks}
    spellings |= {kind: name for name, kind in KIND_OF_HOOK.items()}
    wanted = text.replace("-", "_")
    if wanted not in spellings:
        near = nearest(wanted, spellings)
        guess = f"Did you mean {near!r}?\n" if near else ""
        raise InputError(
            f"there is no hook {text!r}", where="--hook", remedy=f"{guess}The hooks are {', '.join(sorted(hooks))}."
        )
    return spellings[wanted]


def _rows_of_plugin(plugin: Plugin, hook: str | None) -> Iterator[Row]:
    row = _row_maker(plugin)
    offers = [offer for offer in plugin.offers if hook is None or KIND_OF_HOOK.get(hook) == offer.kind]
    for offer in offers:
        yield row(offer.component.name, offer.kind, plugin.problem or offer.component.summary)
    if hook in plugin.observes or (hook is None and not offers):
        observing = f"Listens to {', '.join(plugin.observes)}." if plugin.observes else "Offers nothing."
        yield row(plugin.name, None, plugin.problem or observing)


def _row_maker(plugin: Plugin) -> Callable[[str, str | None, str], Row]:
    def row(name: str, kind: str | None, summary: str) -> Row:
        return Row(
            name=name,
            kind=kind,
            distribution=plugin.distribution,
            version=plugin.version,
            state=plugin.state,
            summary=summary,
        )

    return row
