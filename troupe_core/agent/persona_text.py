"""A persona in words: the part of message 0 that says who the agent is.

One line a field, one section a table, nothing twice: a person of seven kilobytes of JSON is told in six.
"""

from collections.abc import Iterator, Mapping, Sequence

from attrs import fields

from troupe_core.values.json import JSON
from troupe_core.values.persona import Persona

__all__ = ["persona_text"]

_NOT_A_LINE = {"name", "facts", "extra"}


def persona_text(persona: Persona) -> str:
    """Every field of the persona but `name` and `extra`, in their fixed order, `facts` last."""
    told = {each.name: getattr(persona, each.name) for each in fields(Persona) if each.name not in _NOT_A_LINE}
    told.update(persona.facts)
    return "\n".join(line for name, value in told.items() for line in _field(name, value))


def _field(name: str, value: JSON) -> Iterator[str]:
    if value is None or value == [] or value == {}:
        return
    if isinstance(value, Mapping):
        yield f"# {_label(name)}"
        yield from _table(value, ())
    else:
        yield f"{_label(name)}: {_phrase(value)}"


def _table(table: Mapping[str, JSON], above: tuple[str, ...]) -> Iterator[str]:
    for name, value in table.items():
        path = (*above, name)
        if isinstance(value, Mapping):
            yield from _table(value, path)
        elif value is not None and value != []:
            yield f"{_label(' '.join(path))}: {_phrase(value)}"


def _phrase(value: JSON) -> str:
    """A value on one line: lists as clauses, each without its full stop."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, Mapping):
        first, *others = (_phrase(each) for each in value.values() if each is not None)
        return f"{first}: {', '.join(others)}" if others else first
    if isinstance(value, Sequence):
        return "; ".join(_phrase(each).removesuffix(".") for each in value)
    return str(value)


def _label(name: str) -> str:
    words = name.replace("_", " ").strip()
    return words[:1].upper() + words[1:]
