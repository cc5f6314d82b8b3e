# mypy: allow-untyped-defs, allow-incomplete-defs, allow-untyped-calls
"""Whatever schema it is given, the mock answers with a value that fits: in improv, and in fixed."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker
from mock_asking import ask, opened

from troupe_core.plugin import BadRequest, ChatRequest, Message

SCHEMAS = {
    "const": {"const": 7},
    "enum of mixed types": {"enum": [None, 1, "a", [1]]},
    "enum narrowed by type": {"enum": [None, 1, "a"], "type": "string"},
    "integer between exclusive bounds": {"type": "integer", "exclusiveMinimum": 3, "exclusiveMaximum": 5},
    "multiple of": {"type": "integer", "multipleOf": 7, "minimum": 8},
    "fraction as multiple": {"type": "number", "multipleOf": 0.25, "minimum": 1, "maximum": 2},
    "narrow number": {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 0.001},
    "text of exact length": {"type": "string", "minLength": 12, "maxLength": 12},
    "long text": {"type": "string", "minLength": 400},
    "pattern": {"type": "string", "pattern": r"^[A-Z]{2}-\d{4}(-(alpha|beta))?$"},
    "pattern with classes": {"type": "string", "pattern": r"^\w+@[a-z.]+\.(com|org)$"},
    "pattern somewhere inside": {"type": "string", "pattern": "[0-9]+%", "minLength": 20},
    "date": {"type": "string", "format": "date"},
    "date-time": {"type": "string", "format": "date-time"},
    "email": {"type": "string", "format": "email"},
    "uuid": {"type": "string", "format": "uuid"},
    "ipv4": {"type": "string", "format": "ipv4"},
    "tuple": {"type": "array", "prefixItems": [{"type": "string"}, {"type": "integer"}], "items": False, "minItems": 2},
    "unique items": {"type": "array", "items": {"enum": [1, 2, 3]}, "uniqueItems": True, "minItems": 3},
    "contains": {"type": "array", "items": {"type": "integer"}, "contains": {"minimum": 100}, "minItems": 2},
    "nothing but null": {"type": "null"},
    "list of types": {"type": ["null", "integer"], "minimum": 5},
    "object of unknown names": {"type": "object", "minProperties": 2, "additionalProperties": {"type": "integer"}},
    "named by pattern": {
        "type": "object",
        "patternProperties": {"^x_[a-z]{3}$": {"type": "boolean"}},
        "additionalProperties": False,
        "minProperties": 1,
    },
    "all of": {"allOf": [{"type": "integer", "minimum": 3}, {"maximum": 4}, {"multipleOf": 2}]},
    "all of objects": {
        "allOf": [
            {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]},
            {"properties": {"a": {"maxLength": 3}, "b": {"type": "integer"}}, "required": ["b"]},
        ]
    },
    "any of with a common part": {
        "type": "object",
        "required": ["kind"],
        "anyOf": [
            {"properties": {"kind": {"const": "a"}, "n": {"type": "integer"}}, "required": ["n"]},
            {"properties": {"kind": {"const": "b"}}},
        ],
    },
    "exactly one of": {"oneOf": [{"type": "integer", "multipleOf": 2}, {"type": "integer", "multipleOf": 3}]},
    "not": {"type": "integer", "minimum": 0, "maximum": 3, "not": {"enum": [0, 1, 2]}},
    "if then else": {
        "type": "object",
        "properties": {"country": {"enum": ["NL", "DE"]}, "code": {"type": "string"}},
        "required": ["country", "code"],
        "if": {"properties": {"country": {"const": "NL"}}},
        "then": {"properties": {"code": {"pattern": "^[0-9]{4} [A-Z]{2}$"}}},
        "else": {"properties": {"code": {"pattern": "^[0-9]{5}$"}}},
    },
    "dependent": {
        "type": "object",
        "properties": {"card": {"type": "string"}, "name": {"type": "string"}},
        "required": ["card"],
        "dependentRequired": {"card": ["name"]},
    },
    "reference": {"$defs": {"age": {"type": "integer", "minimum": 0}}, "$ref": "#/$defs/age"},
    "tree": {
        "$defs": {
            "node": {
                "type": "object",
                "properties": {
                    "name": {"type": "string"},
                    "children": {"type": "array", "items": {"$ref": "#/$defs/node"}},
                },
                "required": ["name", "children"],
            }
        },
        "$ref": "#/$defs/node",
    },
    "endless but for one branch": {
        "$defs": {
            "sum": {
                "anyOf": [
                    {
                        "type": "object",
                        "properties": {"left": {"$ref": "#/$defs/sum"}, "right": {"$ref": "#/$defs/sum"}},
                        "required": ["left", "right"],
                    },
                    {"type": "integer"},
                ]
            }
        },
        "$ref": "#/$defs/sum",
    },
    "anything": {},
}


def answer(mode, schema, seed):
    return json.loads(ask(opened(mode=mode), ChatRequest(messages=(Message("user", "Go."),), schema=schema, seed=seed)))


def assert_fits(value, schema):
    Draft202012Validator(schema, format_checker=FormatChecker()).validate(value)


@pytest.mark.parametrize("mode", ["improv", "fixed"])
@pytest.mark.parametrize("schema", SCHEMAS.values(), ids=SCHEMAS.keys())
def test_an_answer_fits(mode, schema):
    for seed in range(25):
        assert_fits(answer(mode, schema, seed), schema)


LEAVES = st.one_of(
    st.just({"type": "boolean"}),
    st.just({"type": "null"}),
    st.tuples(st.integers(-99, 99), st.integers(0, 50)).map(
        lambda two: {"type": "integer", "minimum": two[0], "maximum": two[0] + two[1]}
    ),
    st.tuples(st.integers(-99, 99), st.integers(1, 50)).map(
        lambda two: {"type": "number", "exclusiveMinimum": two[0], "maximum": two[0] + two[1]}
    ),
    st.tuples(st.integers(0, 30), st.integers(0, 30)).map(
        lambda two: {"type": "string", "minLength": two[0], "maxLength": two[0] + two[1]}
    ),
    st.sampled_from(["^[a-c]+$", "^x?[0-9]{2,3}$", "(red|green) ball"]).map(lambda p: {"type": "string", "pattern": p}),
    st.lists(st.one_of(st.integers(), st.text(max_size=5), st.none()), min_size=1, max_size=4).map(
        lambda e: {"enum": e}
    ),
)
NAMES = st.sampled_from(["text", "to", "reason", "mood", "title", "price", "items", "note"])


def objects(inner):
    return st.dictionaries(NAMES, inner, min_size=1, max_size=4).flatmap(
        lambda properties: st.lists(st.sampled_from(sorted(properties)), unique=True).map(
            lambda required: {
                "type": "object",
                "properties": properties,
                "required": required,
                "additionalProperties": False,
            }
        )
    )


def arrays(inner):
    return st.tuples(inner, st.integers(0, 3), st.integers(0, 3)).map(
        lambda three: {"type": "array", "items": three[0], "minItems": three[1], "maxItems": three[1] + three[2]}
    )


def choices(inner):
    return st.lists(inner, min_size=1, max_size=3).map(lambda branches: {"anyOf": branches})


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    schema=st.recursive(LEAVES, lambda inner: st.one_of(objects(inner), arrays(inner), choices(inner)), max_leaves=8),
    seed=st.integers(0, 2**31 - 1),
)
def test_an_answer_fits_any_schema(schema, seed):
    assert_fits(answer("improv", schema, seed), schema)
    assert_fits(answer("fixed", schema, seed), schema)


def test_a_schema_that_nothing_fits_is_an_error_in_words():
    schema = {"type": "integer", "minimum": 5, "maximum": 4}

    with pytest.raises(BadRequest) as error:
        answer("improv", schema, 1)

    assert str(error.value) == "found no answer that fits the schema: there is no whole number from 5 to 4"


def test_what_is_no_schema_is_an_error_in_words():
    with pytest.raises(BadRequest, match="the answer's schema is no JSON Schema"):
        answer("improv", {"type": "colour"}, 1)


def test_names_of_fields_say_what_stands_in_them():
    schema = {
        "type": "object",
        "properties": {"recipient": {"type": "string"}, "mood": {"type": "string"}, "summary": {"type": "string"}},
        "required": ["recipient", "mood", "summary"],
    }

    value = answer("improv", schema, 3)

    assert value["recipient"] == "all"
    assert " " not in value["mood"]
    assert value["summary"].endswith(".")
