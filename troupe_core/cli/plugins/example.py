"""How a study uses a component, in TOML."""

from collections.abc import Iterator, Sequence

from troupe_core.config.documented import Setting
from troupe_core.config.toml_value import toml_value
from troupe_core.discovery.found import Found

__all__ = ["GRANTED", "example_of"]

GRANTED = ("environment", "faculty", "tool")
"""Grants are for actions: what a model, a sense or an embedder reaches is reached because the study names it."""

_SECTION = {
    "analyzer": "[[analyzers]]",
    "embedder": "[embedder]",
    "environment": "[environment]",
    "faculty": "[faculties.{name}]",
    "llm": "[llm]",
    "memory_backend": "[memory]",
    "modality": "[modalities.{name}]",
    "tool": "[tools.{name}]",
}


def example_of(found: Found, settings: Sequence[Setting]) -> Iterator[str]:
    """The lines of the table: what is needed stands there, what has a default is commented out."""
    name = found.component.name
    if found.kind == "executor":
        yield "[execution]"
        yield f'executor = "{name}"'
        return
    if found.kind == "persona_source":
        needed = "".join(f", {setting.key} = {_sample(setting)}" for setting in settings if setting.needed)
        yield "[[agents]]"
        yield f'population = {{ use = "{name}", count = 10{needed} }}'
        return
    yield _SECTION[found.kind].format(name=name)
    yield f'use = "{name}"'
    if found.component.capabilities and found.kind in GRANTED:
        yield f"# grants = {toml_value(found.component.capabilities)}"
    for setting in settings:
        if setting.needed:
            yield f"{setting.key} = {_sample(setting)}  # needed: {setting.expected}"
        elif setting.default is not None:
            yield f"# {setting.key} = {toml_value(setting.default)}"


def _sample(setting: Setting) -> str:
    """Something to be replaced that is at least TOML."""
    words = setting.expected
    if words.startswith("one of "):
        return toml_value(words.removeprefix("one of ").partition(",")[0])
    starts = {"a whole number": "1", "a number": "1.0", "true or false": "true", "a list": "[]", "a table": "{}"}
    return next((sample for start, sample in starts.items() if words.startswith(start)), '"…"')
