"""A setting's type and limits, in the words of errors, `plugins show` and the reference pages."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from enum import Enum
from pathlib import Path
from typing import Annotated, Any, Literal, NewType

import pytest
from attrs import fields, frozen, validators

from troupe_core.config.expected import described, expected


class Colour(Enum):
    RED = "red"
    BLUE = "blue"


@frozen
class Point:
    x: int
    y: int


@frozen
class Nothing:
    pass


Dollars = NewType("Dollars", float)


@pytest.mark.parametrize(
    ("type_", "words"),
    [
        (str, "a text"),
        (int, "a whole number"),
        (float, "a number"),
        (bool, "true or false"),
        (None, "any value"),
        (Any, "any value"),
        (datetime, "a date and time"),
        (date, "a date"),
        (time, "a time of day"),
        (timedelta, 'a length of time such as "10min"'),
        (Path, "a path"),
        (Dollars, "a number"),
        (Annotated[int, "how many"], "a whole number"),
        (complex, "a value of type complex"),
    ],
)
def test_a_simple_type_has_a_plain_english_name(type_: Any, words: str) -> None:
    assert described(type_) == words


@pytest.mark.parametrize(
    ("type_", "words"),
    [
        (int | None, "a whole number"),
        (Literal["a", "b"] | None, "one of a, b"),
        (int | str, "a whole number or a text"),
        (int | Literal["auto"], "a whole number or only auto"),
        (str | list[str], "a text or a list of texts"),
    ],
)
def test_a_union_names_its_members_and_leaves_none_out(type_: Any, words: str) -> None:
    assert described(type_) == words


@pytest.mark.parametrize(
    ("type_", "words"),
    [
        (Literal["strict", "json", "none"], "one of strict, json, none"),
        (Literal[1, True, ""], 'one of 1, true, ""'),
        (Colour, "one of red, blue"),
    ],
)
def test_a_choice_lists_what_may_be_written(type_: Any, words: str) -> None:
    assert described(type_) == words


@pytest.mark.parametrize(
    ("type_", "words"),
    [
        (list, "a list"),
        (list[int], "a list of whole numbers"),
        (Sequence[str], "a list of texts"),
        (tuple[str, ...], "a list of texts"),
        (frozenset[str], "a list of texts"),
        (list[list[float]], "a list of lists of numbers"),
        (list[bool], "a list of true or false values"),
        (list[Point], "a list of tables"),
        (list[Literal["a", "b"]], "a list of values out of a, b"),
        (list[int | str], "a list of whole numbers or texts"),
        (tuple[int, str], "a list of exactly 2: a whole number; a text"),
        (dict, "a table"),
        (dict[str, Any], "a table"),
        (Mapping[str, int], "a table of whole numbers"),
        (dict[str, list[str]], "a table of lists of texts"),
    ],
)
def test_a_list_or_table_names_its_members(type_: Any, words: str) -> None:
    assert described(type_) == words


def test_a_nested_class_lists_its_keys() -> None:
    assert described(Point) == "a table with the keys x, y"
    assert described(Nothing) == "an empty table"


@pytest.mark.parametrize(
    ("validator", "words"),
    [
        (validators.ge(1), "a whole number ≥ 1"),
        (validators.gt(0), "a whole number > 0"),
        (validators.le(9), "a whole number ≤ 9"),
        (validators.lt(9), "a whole number < 9"),
        (validators.and_(validators.ge(1), validators.le(9)), "a whole number from 1 to 9"),
        ([validators.gt(0), validators.lt(9)], "a whole number > 0 and < 9"),
        (validators.optional(validators.ge(1)), "a whole number ≥ 1"),
        (validators.or_(validators.ge(1), validators.lt(-1)), "a whole number ≥ 1 or < -1"),
        (validators.in_([1, 2]), "one of 1, 2"),
        (validators.not_(validators.in_([13])), "a whole number other than 13"),
        (validators.instance_of(int), "a whole number"),
        (lambda instance, attribute, value: None, "a whole number"),
    ],
)
def test_validators_narrow_a_number(validator: Any, words: str) -> None:
    assert described(int | None, validator) == words


@pytest.mark.parametrize(
    ("validator", "words"),
    [
        (validators.min_len(1), "a text that is not empty"),
        (validators.min_len(3), "a text of at least 3 characters"),
        (validators.max_len(9), "a text of at most 9 characters"),
        ([validators.min_len(3), validators.max_len(9)], "a text of 3 to 9 characters"),
        ([validators.min_len(3), validators.max_len(3)], "a text of exactly 3 characters"),
        (validators.matches_re("[a-z]+"), "a text that matches [a-z]+"),
        (validators.in_({"b", "a"}), "one of a, b"),
        (validators.in_(["fast"]), "only fast"),
        (validators.not_(validators.in_(["all", ""])), 'a text other than all, ""'),
    ],
)
def test_validators_narrow_a_text(validator: Any, words: str) -> None:
    assert described(str, validator) == words


@pytest.mark.parametrize(
    ("type_", "validator", "words"),
    [
        (list[int], validators.min_len(1), "a list of whole numbers, at least one"),
        (list[int], validators.min_len(2), "a list of at least 2 whole numbers"),
        (list, validators.min_len(1), "a list that is not empty"),
        (tuple[int, ...], validators.deep_iterable(validators.ge(1)), "a list of whole numbers ≥ 1"),
        (
            list[str],
            validators.deep_iterable(validators.in_(["a", "b"]), validators.min_len(1)),
            "a list of values out of a, b, at least one",
        ),
        (
            dict[str, float],
            validators.deep_mapping(value_validator=validators.gt(0), mapping_validator=validators.max_len(5)),
            "a table of at most 5 numbers > 0",
        ),
    ],
)
def test_validators_narrow_a_list_or_table_and_its_members(type_: Any, validator: Any, words: str) -> None:
    assert described(type_, validator) == words


def test_a_field_without_a_type_takes_that_of_its_validator() -> None:
    assert described(None, validators.instance_of((int, str))) == "a whole number or a text"


def test_a_field_of_a_class_says_type_and_limits() -> None:
    from attrs import field

    @frozen
    class Config:
        max_items: int = field(default=5, validator=validators.ge(1))

    assert expected(fields(Config).max_items) == "a whole number ≥ 1"
