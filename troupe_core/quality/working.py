"""Whether a plugin can be loaded and used, and how light that is."""

from collections.abc import Iterable, Iterator

from troupe_core.discovery.parts import config_class, factory_of
from troupe_core.errors import PluginError
from troupe_core.quality.fresh_process import imported_by
from troupe_core.quality.rule import Seen, kept, unless, unseen
from troupe_core.quality.sources import top_of
from troupe_core.quality.subject import Subject

__all__ = ["config_modules_are_light", "entry_module_is_light", "it_loads"]


def it_loads(subject: Subject) -> Seen:
    """Every entry point loads, and what each component names is there."""
    left_out = [plugin.problem for plugin in subject.plugins if plugin.state == "disabled"]
    if left_out:
        return unseen(f"it is not loaded: {left_out[0]}")
    return unless(_failures(subject))


def entry_module_is_light(subject: Subject) -> Seen:
    """What the entry points name, in a fresh process."""
    return _light([plugin.module.partition(":")[0] for plugin in subject.plugins], subject)


def config_modules_are_light(subject: Subject) -> Seen:
    """What holds the settings, in a fresh process."""
    modules = [each.component.config.partition(":")[0] for each in subject.found if each.component.config is not None]
    return _light(modules, subject) if modules else kept("there is nothing to set")


def _failures(subject: Subject) -> Iterator[str]:
    for plugin in subject.plugins:
        if plugin.state != "active":
            yield f"the plugin {plugin.name!r}: {plugin.problem}"
    for found in subject.found:
        try:
            config_class(found)
            factory_of(found)
        except PluginError as error:
            yield error.what


def _light(modules: Iterable[str], subject: Subject) -> Seen:
    own = ["troupe_core", *map(top_of, subject.packages)]
    faults = []
    for module in sorted(set(modules)):
        imported = imported_by([module])
        if imported.problem is not None:
            return unseen(f"{module} cannot be imported by itself")
        heavy = sorted(imported.heavy(own), key=lambda name: (name.lstrip("_"), len(name)))
        number = len(imported.modules)
        faults += [f"{module} imports {', '.join(heavy)} ({number} modules in all)"] if heavy else []
    return unless(faults)
