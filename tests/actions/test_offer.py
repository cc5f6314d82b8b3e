"""What an agent can do: unique names, one schema, and answers that fit it or say what to mend."""

import json
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from troupe_core.actions.answer_form import AnswerForm, AnswerForms
from troupe_core.actions.answer_schema import AnswerSchemas, answer_schema
from troupe_core.actions.json_in_text import InvalidAnswer, json_in
from troupe_core.actions.offer import Offers
from troupe_core.plugin import ActionSpec, JSONObject

TYPES = {"string": st.text(max_size=5), "integer": st.integers(-9, 9), "boolean": st.booleans(), "null": st.none()}

names = st.from_regex(r"[a-z][a-z0-9_.]{0,3}", fullmatch=True)
places = st.sampled_from(
    ["environment", "tools.a-b", "tools.a_b", "tools.3d", "faculties.a_b", "tools.Émile", "tools."]
)
parameters = st.dictionaries(names.filter(lambda name: name != "action"), st.sampled_from(sorted(TYPES)), max_size=3)


@st.composite
def specs(draw):
    described = {name: {"type": kind, "description": "it"} for name, kind in draw(parameters).items()}
    schema: dict[str, Any] = {"type": "object", "properties": described, "required": list(described)}
    return ActionSpec(name=draw(names), summary="Do it.", parameters=schema)


provided = st.lists(st.tuples(places, st.lists(specs(), max_size=4)), min_size=1, max_size=4)


def calls(offer):
    """Valid calls of what is offered."""

    def call(name):
        properties = offer.actions[name].spec.parameters["properties"]
        return st.fixed_dictionaries(
            {"action": st.just(name), **{p: TYPES[schema["type"]] for p, schema in properties.items()}}
        )

    return st.sampled_from(sorted(offer.actions)).flatmap(call)


@given(provided)
def test_every_action_of_every_provider_is_offered_under_a_name_of_its_own(provided):
    offer = Offers().of(provided)

    pairs = [(provider, spec.name) for provider, specs in provided for spec in specs]
    assert [(o.provider, o.own_name) for o in offer.actions.values()] == pairs
    assert all(name == offered.spec.name for name, offered in offer.actions.items())
    assert len(offer.lines()) == len(pairs)


@given(provided.filter(lambda pairs: any(specs for _, specs in pairs)), st.data())
def test_the_schema_takes_valid_calls_and_nothing_else(provided, data):
    offer = Offers().of(provided)
    form = AnswerForm(answer_schema(offer, {"mood": {"enum": ["calm", "cross"]}}))
    actions = data.draw(st.lists(calls(offer), min_size=1, max_size=3))

    decision = form.read(json.dumps({"mood": "calm", "actions": actions}))

    assert list(decision.actions) == actions
    assert decision.told == {"mood": "calm"}

    spoilt = [*actions[1:], _spoilt(data.draw(st.sampled_from(actions)), data)]
    for answer in ({"mood": "calm", "actions": spoilt}, {"actions": actions}, {"mood": "odd", "actions": actions}):
        with pytest.raises(InvalidAnswer):
            form.read(json.dumps(answer))


def _spoilt(call, data):
    """The call with one thing wrong."""
    how = data.draw(st.sampled_from(["more", "wrong", "less"]))
    if how == "more":
        return {**call, "a surplus": 1}
    name = data.draw(st.sampled_from(sorted(call)))
    return {**call, name: {}} if how == "wrong" else {key: value for key, value in call.items() if key != name}


def test_the_same_specs_are_the_same_offer_and_the_same_schema():
    offers, schemas = Offers(), AnswerSchemas()
    spec = ActionSpec(name="wait", summary="Wait.", parameters={"type": "object"})

    first, second = (offers.of([("environment", (spec,))]) for _ in range(2))

    assert first is second
    assert schemas.of(first, {})[0] is schemas.of(second, {})[0]
    assert schemas.of(first, {"mood": {}})[0] is not schemas.of(first, {})[0]


def test_offers_and_schemas_of_ever_new_specs_do_not_pile_up():
    offers, schemas, forms = Offers(), AnswerSchemas(), AnswerForms()

    for number in range(1500):
        spec = ActionSpec(name=f"a{number}", summary="Wait.", parameters={"type": "object", "properties": {}})
        offer = offers.of([("environment", (spec,))])
        form = forms.of(schemas.of(offer, {})[0])
        assert form.read(f'{{"actions": [{{"action": "a{number}"}}]}}').actions == ({"action": f"a{number}"},)

    assert max(len(offers._made), len(schemas._made), len(forms._by_object)) <= 1024


def test_what_an_action_takes_from_elsewhere_keeps_what_may_be_left_out():
    schema: JSONObject = {
        "type": "object",
        "properties": {"path": {"type": "string"}, "depth": {"type": "integer"}},
        "required": ["path"],
    }
    offer = Offers().of([("tools.files", (ActionSpec(name="look", summary="Look.", parameters=schema),))])

    form = AnswerForm(answer_schema(offer, {}))

    assert form.read('{"actions": [{"action": "look", "path": "/"}]}').actions == ({"action": "look", "path": "/"},)
    with pytest.raises(InvalidAnswer, match='look: "path" is a required property'):
        form.read('{"actions": [{"action": "look", "depth": 1}]}')


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ([], "go: parameters must be a JSON Schema of type object"),
        ({"properties": {}}, "go: parameters must be a JSON Schema of type object"),
        ({"type": "object", "properties": []}, 'go: properties must be a table without "action"'),
        ({"type": "object", "properties": {"action": {}}}, 'go: properties must be a table without "action"'),
    ],
)
def test_a_spec_says_what_is_wrong_with_its_parameters(parameters, words):
    with pytest.raises(ValueError, match=words):
        ActionSpec(name="go", summary="Go.", parameters=parameters)


def test_descriptions_are_told_and_not_repeated_in_the_schema():
    properties = {"to": {"type": "string", "description": "a name"}, "description": {"type": "string"}}
    spec = ActionSpec(name="go", summary="Go.", parameters={"type": "object", "properties": properties})
    offer = Offers().of([("environment", (spec,))])

    schema: Any = answer_schema(offer, {})

    assert offer.lines() == ["go(to, description): Go. to: a name."]
    item = schema["properties"]["actions"]["items"]["anyOf"][0]
    assert item["properties"] == {
        "action": {"const": "go"},
        "to": {"type": "string"},
        "description": {"type": "string"},
    }
    assert jsonschema_rs.meta.is_valid(schema)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{NaN", "the answer is not JSON"),
        ('Well: {"a": NaN}', "the answer is not JSON"),
        ("{ " * 20 + '{"actions": []}', "the answer is not JSON"),
        ("  \n", "the answer is empty"),
    ],
)
def test_an_answer_in_which_no_object_is_found_says_so(text, words):
    with pytest.raises(InvalidAnswer, match=words):
        json_in(text)


@given(st.dictionaries(st.text(max_size=3), st.integers(-9, 9), max_size=3), st.text("abc .,:\n", max_size=9))
def test_the_first_object_is_found_in_prose(value, prose):
    assert json_in(f"{prose}{json.dumps(value)}{prose}") == value


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("7", "the answer is a number, expected an object with a list of actions"),
        ("null", "the answer is null, expected"),
        ("true", "the answer is a truth value, expected"),
        ('{"actions": "go"}', "actions: "),
        ('{"actions": [7]}', "action 1 is a number, expected an object with the name of an action"),
        ('{"actions": [{"action": "go"}], "more": ' + '"x"' + "}", "Additional properties"),
    ],
)
def test_what_is_wrong_with_an_answer_is_said_in_a_few_words(answer, words):
    spec = ActionSpec(name="go", summary="Go.", parameters={"type": "object"})
    form = AnswerForm(answer_schema(Offers().of([("environment", (spec,))]), {}))

    with pytest.raises(InvalidAnswer, match="^" + words):
        form.read(answer)


def test_no_more_than_four_things_are_said_and_none_at_length():
    properties = {name: {"enum": ["x" * 300]} for name in "abcdef"}
    spec = ActionSpec(
        name="go", summary="Go.", parameters={"type": "object", "properties": properties, "required": list(properties)}
    )
    form = AnswerForm(answer_schema(Offers().of([("environment", (spec,))]), {}))

    with pytest.raises(InvalidAnswer) as fault:
        form.read(json.dumps({"actions": [{"action": "go", **dict.fromkeys("abcdef", "y")}]}))

    said = str(fault.value).split("; ")
    assert len(said) == 4
    assert all(len(each) < 230 and each.endswith("…") for each in said)
