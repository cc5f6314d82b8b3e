"""Who somebody is."""

import re
from collections.abc import Mapping
from typing import TypeAlias

from attrs import Attribute, field, fields, frozen, validators

from troupe_core.values.json import JSON

__all__ = ["Persona", "Prose"]

_UNSPEAKABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

Prose: TypeAlias = JSON
"""Text, a list of texts, or a table of either: people are described in words, not in records."""


def _speakable(_: "Persona", __: "Attribute[str]", name: str) -> None:
    """A name stands in prompts, lines and reports: nothing in it breaks a line or steers a terminal."""
    if _UNSPEAKABLE.search(name):
        raise ValueError(f"a name has no control characters: {name!r}")


@frozen(kw_only=True, repr=False)
class Persona:
    """Who somebody is: data, not yet alive in any simulation.

    Every field except `extra` reaches the prompt, in this order.
    """

    name: str = field(validator=[validators.instance_of(str), _speakable, validators.matches_re(r"\S(.*\S)?")])
    """What everybody calls them; unique in a simulation."""
    age: int | None = field(default=None, validator=validators.optional([validators.ge(0), validators.le(150)]))
    """In years."""
    gender: str | None = None
    nationality: str | None = None
    residence: str | None = None
    education: Prose = None
    occupation: Prose = None
    style: Prose = None
    """How they speak."""
    personality: Prose = None
    preferences: Prose = None
    skills: Prose = None
    beliefs: Prose = None
    long_term_goals: Prose = None
    behaviors: Prose = None
    health: Prose = None
    relationships: Prose = None
    other_facts: Prose = None
    facts: Mapping[str, JSON] = field(factory=dict)
    """What has no field of its own; told to the model under its own name."""
    extra: Mapping[str, JSON] = field(factory=dict)
    """Never told to the model: weights, sources, keys of a panel, for plugins and analyses."""

    def __repr__(self) -> str:
        """What is said of them, without what is not."""
        told = ((each.name, getattr(self, each.name)) for each in fields(type(self)))
        return f"Persona({', '.join(f'{name}={value!r}' for name, value in told if value not in (None, {}))})"

    def _repr_html_(self) -> str:
        from troupe_core.values.persona_card import persona_card

        return persona_card(self)
