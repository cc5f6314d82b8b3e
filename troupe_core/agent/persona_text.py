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
    """Every field of the persona but `name` and `extra`, in their fixed order: texts and lists first, then tables."""
    told = {each.name: getattr(persona, each.name) for each in fields(Persona) if each.name not in _NOT_A_LINE}
    told.update(persona.facts)
    told = {name: value for name, value in told.items() if value not in (None, "", [], {}, ())}
    plain = [f"{_label(name)}: {_phrase(value)}" for name, value in told.items() if not isinstance(value, Mapping)]
    tables = [line for name, value in told.items() if isinstance(value, Mapping) for line in _section(name, value)]
    return "\n".join(plain + tables)


def _section(name: str, table: Mapping[str, JSON]) -> Iterator[str]:
    yield f"# {_label(name)}"
    yield from _table(table, ())


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
        return _phrase_of_table(value)
    if isinstance(value, Sequence):
        return "; ".join(_phrase(each).removesuffix(".") for each in value)
    return str(value)


def _phrase_of_table(table: Mapping[str, JSON]) -> str:
    """``Marie: your childhood friend`` for a table that starts with a name; else every value behind its key."""
    phrases = {name: _phrase(value) for name, value in table.items() if value is not None}
    subject = next(iter(phrases), "")
    if subject.lower() in ("name", "title"):
        named = phrases.pop(subject)
        rest = phrases.values() if len(phrases) == 1 else (f"{_label(k).lower()} {v}" for k, v in phrases.items())
        return f"{named}: {', '.join(rest)}" if phrases else named
    return ", ".join(f"{_label(name)}: {phrase}" for name, phrase in phrases.items())


def _label(name: str) -> str:
    words = " ".join(name.replace("_", " ").split())
    return words[:1].upper() + words[1:]
