# mypy: allow-untyped-defs, allow-incomplete-defs, allow-untyped-calls
"""Whatever a schema leaves open: an answer that strict mode lets through fits the schema in the end."""

from typing import Any

import jsonschema_rs
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from troupe_openai.strict_schema import fitted_schema, without_nulls

NAMES = st.sampled_from(["a", "b", "c", "limit"])
SIMPLE: Any = st.sampled_from(
    [
        {"type": "string"},
        {"type": "string", "title": "Words", "minLength": 0},
        {"type": "integer", "minimum": 0, "maximum": 9},
        {"type": ["number", "null"]},
        {"enum": ["x", "y"]},
        {"const": 3},
        {"enum": ["x", None]},
        {"anyOf": [{"type": "string"}, {"type": "null"}]},
        {"oneOf": [{"type": "boolean"}, {"type": "null"}]},
    ]
)


@st.composite
def objects(draw, inner):
    properties = draw(st.dictionaries(NAMES, inner, max_size=4))
    required = [name for name in properties if draw(st.booleans())]
    schema = {"type": "object", "properties": properties, "required": required}
    closed = not properties or draw(st.booleans())  # an open table without properties is too open
    return schema | ({"additionalProperties": False} if closed else {})


@st.composite
def choices(draw, inner):
    """Actions: objects that are told apart by a constant."""
    branches = [draw(objects(inner)) for _ in range(draw(st.integers(1, 3)))]
    for number, branch in enumerate(branches):
        branch["properties"] = {"action": {"const": f"do{number}"}, **branch["properties"]}
        branch["required"] = ["action", *branch["required"]]
    return {"anyOf": branches}


def deeper(inner):
    return st.one_of(objects(inner), choices(inner), st.builds(lambda items: {"type": "array", "items": items}, inner))


SCHEMAS = objects(st.recursive(SIMPLE, deeper, max_leaves=8))


def answers(schema):
    """Anything that strict mode lets through: all properties are there."""
    if "anyOf" in schema:
        return st.one_of([answers(each) for each in schema["anyOf"]])
    if "const" in schema:
        return st.just(schema["const"])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    kinds = [schema["type"]] if isinstance(schema["type"], str) else schema["type"]
    return st.one_of([_of_kind(kind, schema) for kind in kinds])


def _of_kind(kind, schema):
    if kind == "object":
        return st.fixed_dictionaries({name: answers(each) for name, each in schema["properties"].items()})
    if kind == "array":
        return st.lists(answers(schema["items"]), max_size=3)
    return {
        "string": st.text(max_size=5),
        "integer": st.integers(0, 9),
        "number": st.integers(-5, 5),
        "boolean": st.booleans(),
        "null": st.none(),
    }[kind]


def keywords_of(schema):
    """All schemas within a schema."""
    yield schema
    items = [schema["items"]] if "items" in schema else []
    for each in [*schema.get("properties", {}).values(), *schema.get("anyOf", ()), *items]:
        yield from keywords_of(each)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_what_strict_mode_lets_through_fits_the_schema_in_the_end(data):
    schema = data.draw(SCHEMAS)
    fitted = fitted_schema(schema)
    answer = data.draw(answers(fitted.schema))

    assert fitted.strict
    assert jsonschema_rs.is_valid(dict(fitted.schema), answer)
    assert jsonschema_rs.is_valid(schema, without_nulls(answer, schema))
    assert fitted.nullable or without_nulls(answer, schema) == answer


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SCHEMAS)
def test_every_object_is_closed_with_all_properties_required_and_everything_has_a_type(schema):
    for each in keywords_of(fitted_schema(schema).schema):
        assert "type" in each or "anyOf" in each
        assert not {"oneOf", "title", "minLength"} & each.keys()
        if each.get("type") == "object":
            assert each["additionalProperties"] is False
            assert each["required"] == list(each["properties"])


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SCHEMAS)
def test_a_fitted_schema_needs_no_more_fitting(schema):
    once = fitted_schema(schema).schema

    assert fitted_schema(once).schema == once
