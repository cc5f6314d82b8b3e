"""What the validators of an attrs field allow, read back from the validators."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from attrs import define, field

__all__ = ["Limits", "limits_of"]

_SIGNS = {">=": "≥", ">": ">", "<=": "≤", "<": "<"}


@define
class Limits:
    """What is allowed of a value, as far as validators of attrs say it."""

    bounds: list[tuple[str, Any]] = field(factory=list)
    """Sign and bound, in the order of the validators."""
    options: tuple[Any, ...] | None = None
    excluded: tuple[Any, ...] = ()
    shortest: int | None = None
    longest: int | None = None
    pattern: str | None = None
    pattern_alone: bool = True
    """Whether the whole text has to match, without flags: whether the pattern says all."""
    types: tuple[type, ...] = ()
    member: Any = None
    """The validator of each member of a list, or of each value of a table."""
    alternatives: list["Limits"] = field(factory=list)


def limits_of(validator: Any) -> Limits:
    """What a validator allows; one that is not of attrs' own adds nothing."""
    limits = Limits()
    for each in _flat(validator):
        # attrs has no public way to look into a validator; tests/config/test_expected.py notices if these change.
        note = _NOTES.get(type(each).__name__)
        if note is not None:
            note(limits, each)
    return limits


def _flat(validator: Any) -> Iterator[Any]:
    """The single validators within `and_`, `optional` and lists of them, in order."""
    if validator is None:
        return
    if isinstance(validator, list | tuple):
        for each in validator:
            yield from _flat(each)
    elif type(validator).__name__ == "_AndValidator":
        yield from _flat(validator._validators)  # noqa: SLF001 - attrs has no public name for it
    elif type(validator).__name__ == "_OptionalValidator":
        yield from _flat(validator.validator)
    else:
        yield validator


def _note_number(limits: Limits, validator: Any) -> None:
    limits.bounds.append((_SIGNS.get(validator.compare_op, validator.compare_op), validator.bound))


def _note_options(limits: Limits, validator: Any) -> None:
    original = getattr(validator, "_original_options", validator.options)
    limits.options = tuple(sorted(original, key=str) if isinstance(original, set | frozenset) else original)


def _note_shortest(limits: Limits, validator: Any) -> None:
    limits.shortest = validator.min_length


def _note_longest(limits: Limits, validator: Any) -> None:
    limits.longest = validator.max_length


def _note_pattern(limits: Limits, validator: Any) -> None:
    limits.pattern = validator.pattern.pattern
    plain = validator.pattern.flags & ~re.UNICODE == 0
    limits.pattern_alone = plain and validator.match_func.__name__ == "fullmatch"


def _note_types(limits: Limits, validator: Any) -> None:
    limits.types = validator.type if isinstance(validator.type, tuple) else (validator.type,)


def _note_members(limits: Limits, validator: Any) -> None:
    limits.member = validator.member_validator
    _add_lengths(limits, validator.iterable_validator)


def _note_values(limits: Limits, validator: Any) -> None:
    limits.member = validator.value_validator
    _add_lengths(limits, validator.mapping_validator)


def _note_alternatives(limits: Limits, validator: Any) -> None:
    limits.alternatives = [limits_of(each) for each in validator.validators]


def _note_excluded(limits: Limits, validator: Any) -> None:
    limits.excluded = limits_of(validator.validator).options or ()


def _add_lengths(limits: Limits, validator: Any) -> None:
    whole = limits_of(validator)
    limits.shortest = limits.shortest if whole.shortest is None else whole.shortest
    limits.longest = limits.longest if whole.longest is None else whole.longest


_NOTES: dict[str, Callable[[Limits, Any], None]] = {
    "_DeepIterable": _note_members,
    "_DeepMapping": _note_values,
    "_InValidator": _note_options,
    "_InstanceOfValidator": _note_types,
    "_MatchesReValidator": _note_pattern,
    "_MaxLengthValidator": _note_longest,
    "_MinLengthValidator": _note_shortest,
    "_NotValidator": _note_excluded,
    "_NumberValidator": _note_number,
    "_OrValidator": _note_alternatives,
}
