"""A persona in words: the part of message 0 that says who the agent is.

One line a field, one section a table, nothing twice: a person of seven kilobytes of JSON is told in six.
"""

from collections.abc import Iterator, Mapping

from attrs import fields

from troupe_core.values.json import JSON
from troupe_core.values.persona import Persona
from troupe_core.values.prose import label, phrase, phrases

__all__ = ["persona_text"]

_NOT_A_LINE = {"name", "facts", "extra"}


def persona_text(persona: Persona) -> str:
    """Every field of the persona but `name` and `extra`, in their fixed order: texts and lists first, then tables."""
    told = {each.name: getattr(persona, each.name) for each in fields(Persona) if each.name not in _NOT_A_LINE}
    told.update(persona.facts)
    told = {name: value for name, value in told.items() if value not in (None, "", [], {}, ())}
    plain = [f"{label(name)}: {phrase(value)}" for name, value in told.items() if not isinstance(value, Mapping)]
    tables = [line for name, value in told.items() if isinstance(value, Mapping) for line in _section(name, value)]
    return "\n".join(plain + tables)


def _section(name: str, table: Mapping[str, JSON]) -> Iterator[str]:
    yield f"# {label(name)}"
    yield from (f"{entry}: {told}" for entry, told in phrases(table))
