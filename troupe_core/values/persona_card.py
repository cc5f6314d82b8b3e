"""A persona as a card in a notebook."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from attrs import fields

from troupe_core.values.html import Html, card, folded, rows
from troupe_core.values.json import JSON
from troupe_core.values.prose import label, phrase, phrases

if TYPE_CHECKING:
    from troupe_core.values.persona import Persona

__all__ = ["persona_card"]

_ABOVE = ("name", "age", "gender", "nationality", "residence", "facts", "extra")
_OPEN = 8
"""So many rows show at once; the others are folded."""


def persona_card(persona: "Persona") -> Html:
    """Who somebody is, in a line; below it what is said of them, longer descriptions folded."""
    told = list(_told(persona))
    more = folded(f"{len(told) - _OPEN} more", rows(told[_OPEN:])) if len(told) > _OPEN else ""
    extra = folded("Never told to the model", rows(phrases(persona.extra))) if persona.extra else ""
    return card(persona.name, _in_a_line(persona), rows(told[:_OPEN]), more, extra)


def _in_a_line(persona: "Persona") -> str:
    age = "" if persona.age is None else f"{persona.age} years old"
    trade = phrase(persona.occupation) if _is_short(persona.occupation) else ""
    home = persona.residence and f"lives in {persona.residence}"
    return " · ".join(each for each in (age, persona.gender, persona.nationality, trade, home) if each)


def _is_short(occupation: JSON) -> bool:
    return isinstance(occupation, str) and len(occupation) <= 80


def _told(persona: "Persona") -> Iterator[tuple[str, object]]:
    """Every field that is not above, in its order; a table is a row with a table of its own."""
    values = {each.name: getattr(persona, each.name) for each in fields(type(persona)) if each.name not in _ABOVE}
    for name, value in {**values, **persona.facts}.items():
        if name == "occupation" and _is_short(value):
            continue
        if value not in (None, "", [], {}, ()):
            yield label(name), rows(phrases(value)) if isinstance(value, Mapping) else phrase(value)
