"""What is said of a person in texts, lists and tables, put into words."""

from collections.abc import Iterator, Mapping, Sequence

from troupe_core.values.json import JSON

__all__ = ["label", "phrase", "phrases"]


def label(name: str) -> str:
    """A key as people write it: ``long_term_goals`` is ``Long term goals``."""
    words = " ".join(name.replace("_", " ").split())
    return words[:1].upper() + words[1:]


def phrases(table: Mapping[str, JSON], above: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Each entry of a table, and of the tables in it: its path as a label, and its value as a phrase."""
    for name, value in table.items():
        path = (*above, name)
        if isinstance(value, Mapping):
            yield from phrases(value, path)
        elif value is not None and value != []:
            yield label(" ".join(path)), phrase(value)


def phrase(value: JSON) -> str:
    """A value on one line: lists as clauses, each without its full stop."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, Mapping):
        return _phrase_of_table(value)
    if isinstance(value, Sequence):
        return "; ".join(phrase(each).removesuffix(".") for each in value)
    return str(value)


def _phrase_of_table(table: Mapping[str, JSON]) -> str:
    """``Marie: your childhood friend`` for a table that starts with a name; else every value behind its key."""
    told = {name: phrase(value) for name, value in table.items() if value is not None}
    subject = next(iter(told), "")
    if subject.lower() in ("name", "title"):
        named = told.pop(subject)
        rest = told.values() if len(told) == 1 else (f"{label(k).lower()} {v}" for k, v in told.items())
        return f"{named}: {', '.join(rest)}" if told else named
    return ", ".join(f"{label(name)}: {each}" for name, each in told.items())
