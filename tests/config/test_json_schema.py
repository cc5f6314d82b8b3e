"""A setting as JSON Schema: what `structured` takes the schema takes, what it refuses the schema refuses."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from enum import Enum
from pathlib import Path, PurePath
from typing import Annotated, Any, Literal, NewType

import pytest
from attrs import field, frozen, make_class, validators
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from troupe_core.config.duration import written_duration
from troupe_core.config.json_schema import schema_of, schema_of_class
from troupe_core.config.structuring import structured
from troupe_core.errors import ConfigError
from troupe_core.values.json import JSON, is_json


class Colour(Enum):
    RED = "red"
    BLUE = "blue"


@frozen
class Point:
    x: int
    y: int = 0


Dollars = NewType("Dollars", float)

CASES: list[tuple[Any, Any, list[Any], list[Any]]] = [
    (str, None, ["", "a"], [1, True, ["a"]]),
    (bool, None, [True, False], ["true", 1]),
    (int, None, [0, -3], ["1", 1.5, True]),
    (float, None, [0, 1.5], ["1.5", True]),
    (Dollars, None, [0.5], ["1"]),
    (Annotated[int, "how many"], None, [1], ["1"]),
    (int | None, None, [1], ["1"]),
    (int | str, None, [1, "a"], [1.5, [1]]),
    (datetime, None, [datetime(2026, 3, 2, 9)], ["soon", 1]),  # noqa: DTZ001 - simulated time has no zone
    (date, None, [date(2026, 3, 2)], ["monday", 1]),
    (time, None, [time(9, 0)], ["nine", 9]),
    (timedelta, None, [600, 0.5, "10min", "1h 30min", " 2d "], ["5 mi", "", "min", True, []]),
    (timedelta, validators.gt(timedelta(0)), [1], [0, -5]),
    (Path, None, ["a/b"], [1]),
    (Literal["a", "b"], None, ["a"], ["c", 1]),
    (Colour, None, ["red"], ["green", 1]),
    (JSON, None, [1, "a", {"a": [None]}], []),
    (Any, None, [1, "a", {"a": []}], []),
    (None, validators.instance_of(str), ["a"], [1]),
    (str, validators.min_len(1), ["a"], [""]),
    (str, validators.max_len(2), ["ab"], ["abc"]),
    (str, validators.matches_re(r"[a-z]+|x1"), ["abc", "x1"], ["A", "x12", "1abc"]),
    (str, validators.matches_re(r"[a-z]+", re.IGNORECASE), ["ABC"], []),
    (str, validators.matches_re(r"b", func=re.search), ["abc"], []),
    (str, validators.matches_re(r"(?P<first>a)b"), ["ab"], []),
    (str, validators.in_(["a", "b"]), ["a"], ["c"]),
    (str, validators.not_(validators.in_(["a"])), ["b"], ["a"]),
    (int, validators.ge(1), [1, 5], [0]),
    (int, [validators.gt(1), validators.lt(4)], [2, 3], [1, 4]),
    (float, validators.optional(validators.le(0.5)), [0.5], [0.6]),
    (int, validators.or_(validators.ge(10), validators.lt(0)), [10, -1], [5]),
    (tuple[str, ...], None, [[], ["a"]], ["a", [1]]),
    (list[int], validators.deep_iterable(validators.ge(1), validators.min_len(1)), [[1]], [[], [0]]),
    (Sequence[Point], None, [[{"x": 1}]], [[{}], [{"x": 1, "z": 2}]]),
    (Mapping[str, float], None, [{}, {"a": 1}], [{"a": "1"}, []]),
    (dict[str, Any], validators.min_len(1), [{"a": 1}], [{}]),
    (Point, None, [{"x": 1}, {"x": 1, "y": 2}], [{}, {"x": "1"}, {"x": 1, "z": 1}, 5]),
    (Point | None, None, [{"x": 1}], [{}]),
]


def as_json(value: Any) -> Any:
    """As an editor hands it to a validator: dates are text."""
    return json.loads(json.dumps(value, default=lambda each: each.isoformat()))


def accepts(schema: Any, value: Any) -> bool:
    Draft7Validator.check_schema(schema)
    return bool(Draft7Validator(schema).is_valid(as_json(value)))


def loads(type_: Any, validator: Any, value: Any) -> bool:
    config = make_class("Config", {"key": field(type=type_, validator=validator)})
    try:
        structured(config, {"key": value}, file="f", place=("s",), folder=Path())
    except ConfigError:
        return False
    return True


@pytest.mark.parametrize(("type_", "validator", "good", "bad"), CASES)
def test_the_schema_takes_what_the_loader_takes(type_: Any, validator: Any, good: list[Any], bad: list[Any]) -> None:
    schema = schema_of(type_, validator)

    assert [value for value in good if not accepts(schema, value)] == []
    assert [value for value in good if not loads(type_, validator, value)] == []


@pytest.mark.parametrize(("type_", "validator", "good", "bad"), CASES)
def test_the_schema_refuses_what_the_loader_does(type_: Any, validator: Any, good: list[Any], bad: list[Any]) -> None:
    schema = schema_of(type_, validator)

    assert [value for value in bad if accepts(schema, value)] == []
    assert [value for value in bad if loads(type_, validator, value)] == []


VALUES = st.recursive(
    st.booleans() | st.integers(-20, 20) | st.floats(-3, 3).filter(lambda each: each % 1 != 0) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["x", "y", "z"]), inner, max_size=3),
    max_leaves=5,
)


@given(case=st.sampled_from([case for case in CASES if case[0] not in (datetime, date, time)]), value=VALUES)
def test_of_any_value_the_schema_takes_at_least_what_the_loader_takes(case: Any, value: Any) -> None:
    type_, validator, *_ = case

    if loads(type_, validator, value):
        assert accepts(schema_of(type_, validator), value)


@given(st.timedeltas(min_value=timedelta(0)))
def test_every_duration_that_we_write_fits(duration: timedelta) -> None:
    assert accepts(schema_of(timedelta), written_duration(duration))


def test_a_class_becomes_a_table_with_its_documentation_and_defaults() -> None:
    @frozen(kw_only=True)
    class Config:
        """Settings of a dice."""

        sides: int = field(default=6, validator=validators.ge(2))
        """How many faces it has."""
        colour: str
        pause: timedelta = timedelta(minutes=1)
        big: float = float("inf")
        _weight: int = 1
        hidden: int = field(default=0, init=False)

    schema = schema_of_class(Config)

    assert (schema["description"], schema["required"]) == ("Settings of a dice.", ["colour"])
    assert schema["additionalProperties"] is False
    assert schema["properties"]["sides"] == {
        "description": "How many faces it has. Expected: a whole number ≥ 2.",
        "type": "integer",
        "minimum": 2,
        "default": 6,
    }
    assert schema["properties"]["pause"]["default"] == "60s"
    assert "default" not in schema["properties"]["big"]
    assert list(schema["properties"]) == ["sides", "colour", "pause", "big", "weight"]


def test_a_list_of_exactly_so_many_has_a_schema_for_each() -> None:
    schema = schema_of(tuple[int, str])

    assert accepts(schema, [1, "a"])
    assert not any(accepts(schema, value) for value in ([1], [1, 2], [1, "a", "b"]))


def test_what_json_schema_has_no_words_for_is_left_open() -> None:
    assert schema_of(complex) == {}
    assert schema_of(int | complex) == {}
    assert schema_of(PurePath) == {}


def test_a_private_field_is_set_without_its_underscore() -> None:
    @frozen
    class Config:
        _weight: int = 1

    made: Any = structured(Config, {"weight": 3}, file="f", place=("s",), folder=Path())

    assert made == Config(3)


def test_what_json_can_say_is_known_again_once_its_own_name_is_resolved() -> None:
    @frozen
    class Config:
        anything: JSON = None

    schema = schema_of_class(Config)  # resolves the types of the class

    assert schema["properties"]["anything"] == {"description": "Expected: any value."}
    assert is_json(JSON)
    assert not is_json(int | str)
