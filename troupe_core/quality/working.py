"""Whether a plugin can be loaded and used, and how light that is."""

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator

from troupe_core.discovery.parts import config_class, factory_of
from troupe_core.errors import PluginError
from troupe_core.quality.rule import Seen, kept, unless, unseen
from troupe_core.quality.sources import top_of
from troupe_core.quality.subject import Subject

__all__ = ["HEAVY", "config_modules_are_light", "entry_module_is_light", "it_loads"]

HEAVY = frozenset(
    {
        "asyncio",
        "concurrent",
        "ctypes",
        "email",
        "http",
        "importlib.metadata",
        "multiprocessing",
        "smtplib",
        "socket",
        "sqlite3",
        "ssl",
        "tkinter",
        "unittest",
        "urllib.request",
        "xml",
    }
)
"""Parts of the standard library that cost too much for a listing."""

_SCRIPT = """
import json, sys
sys.path[:] = json.loads(sys.argv[1])
import troupe_core.plugin
before = set(sys.modules)
from contextlib import redirect_stdout
with redirect_stdout(sys.stderr):
    for name in sys.argv[2:]:
        __import__(name)
print(json.dumps(sorted(set(sys.modules) - before)))
"""


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
    faults = []
    for module in sorted(set(modules)):
        imported = _imported(module)
        if imported is None:
            return unseen(f"{module} cannot be imported by itself")
        heavy = _heavy(imported, subject)
        faults += [f"{module} imports {', '.join(heavy)} ({len(imported)} modules in all)"] if heavy else []
    return unless(faults)


def _imported(module: str) -> list[str] | None:
    """What comes with a module, beyond what `troupe_core.plugin` brings; None where it cannot be imported."""
    command = [sys.executable, "-c", _SCRIPT, json.dumps(sys.path), module]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if ended.returncode != 0:
        return None
    names: list[str] = json.loads(ended.stdout.splitlines()[-1])
    return names


def _heavy(imported: Iterable[str], subject: Subject) -> list[str]:
    own = {"troupe_core", *map(top_of, subject.packages)}
    tops = {name for name in imported if name in HEAVY}
    tops |= {top for name in imported if (top := top_of(name)) in HEAVY or not _is_light(top, own)}
    return sorted(tops)


def _is_light(top: str, own: set[str]) -> bool:
    # A name that begins with two underscores is what an editable installation leaves behind.
    return top in own or top in sys.stdlib_module_names or top in ("attr", "attrs", "pluggy") or top.startswith("__")
