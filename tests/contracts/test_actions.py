"""From a method to an action: its name, docstring and types; and what is wrong where they do not say enough."""

import asyncio
from collections.abc import Sequence
from enum import Enum
from typing import Annotated, Any, Literal, NewType

import pytest

from troupe_core.plugin import ActionCall, AgentId, Environment, Outcome, Refusal, Tool, Turn, action

Room = NewType("Room", str)


class Colour(Enum):
    RED = "red"
    BLUE = "blue"


class Kiln(Tool):
    """Fires pots."""

    @action(name="fire_pot", effect="external", capability="kiln.fire", idempotent=True)
    def fire(self, turn: Turn, pot: str, degrees: int | None, glaze: Annotated[Colour, "what it shines in"]) -> str:
        """Fire a pot
        in the kiln.

        It takes a day.

        Args:
            pot: which one
            degrees: how hot it gets
            for long pots: twice as long
            glaze: this line is not read
        """
        return f"{pot} at {degrees}"

    @action
    async def open_door(self, turn: Turn) -> None:
        """Open the door."""

    @action
    def smash(self, turn: Turn) -> Outcome:
        """Smash all pots."""
        raise Refusal("Never.")

    @action
    def crack(self, turn: Turn) -> Outcome:
        """Crack."""
        return Outcome(status="unknown", text="Something cracked.")


class QuietKiln(Kiln):
    """Overrides one action, keeps the others."""

    @action
    def open_door(self, turn: Turn, slowly: bool) -> str:  # type: ignore[override]
        """Open the door without a sound."""
        return "quiet"


def spec_of(tool, name):
    return next(spec for spec in tool.actions(AgentId("Ann")) if spec.name == name)


def acted(tool, name, **arguments):
    return asyncio.run(tool.act(ActionCall(AgentId("Ann"), name, arguments), None))


def test_name_docstring_and_types_are_the_specification():
    spec = spec_of(Kiln(), "fire_pot")

    assert spec.summary == "Fire a pot in the kiln."
    assert (spec.effect, spec.capability, spec.idempotent) == ("external", "kiln.fire", True)
    assert spec.parameters == {
        "type": "object",
        "properties": {
            "pot": {"type": "string", "description": "which one"},
            "degrees": {"type": ["integer", "null"], "description": "how hot it gets"},
            "glaze": {"enum": ["red", "blue"], "description": "what it shines in"},
        },
        "required": ["pot", "degrees", "glaze"],
        "additionalProperties": False,
    }


def test_specifications_are_the_same_objects_each_time():
    kiln = Kiln()

    assert all(a is b for a, b in zip(kiln.actions(AgentId("Ann")), kiln.actions(AgentId("Bob")), strict=True))


def test_a_method_is_called_with_its_arguments():
    kiln = Kiln()

    assert acted(kiln, "fire_pot", pot="jug", degrees=None, glaze="red") == Outcome(text="jug at None")
    assert acted(kiln, "open_door") == Outcome()
    assert acted(kiln, "crack") == Outcome(status="unknown", text="Something cracked.")
    with pytest.raises(Refusal, match=r"Never\."):
        acted(kiln, "smash")


def test_a_subclass_has_the_actions_of_its_base_and_its_own():
    quiet = QuietKiln()

    assert [spec.name for spec in quiet.actions(AgentId("Ann"))] == ["fire_pot", "open_door", "smash", "crack"]
    assert acted(quiet, "open_door", slowly=True).text == "quiet"
    assert spec_of(Kiln(), "open_door").parameters["properties"] == {}


TYPES = [
    (str, {"type": "string"}),
    (float, {"type": "number"}),
    (bool, {"type": "boolean"}),
    (Room, {"type": "string"}),
    (Literal["a", "b"], {"enum": ["a", "b"]}),
    (Colour, {"enum": ["red", "blue"]}),
    (list[int], {"type": "array", "items": {"type": "integer"}}),
    (Sequence[Colour], {"type": "array", "items": {"enum": ["red", "blue"]}}),
    (tuple[str, ...], {"type": "array", "items": {"type": "string"}}),
    (str | None, {"type": ["string", "null"]}),
    (int | str, {"type": ["integer", "string"]}),
    (list[str] | None, {"anyOf": [{"type": "array", "items": {"type": "string"}}, {"type": "null"}]}),
    (Annotated[str, "a name", 7], {"type": "string", "description": "a name"}),
]


@pytest.mark.parametrize(("annotation", "schema"), TYPES, ids=str)
def test_a_type_has_a_schema(annotation, schema):
    class Thing(Tool):
        @action
        def use(self, turn: Turn, it: annotation) -> None:  # type: ignore[valid-type]
            """Use it."""

    assert spec_of(Thing(), "use").parameters["properties"] == {"it": schema}


VALUES = [
    (str, "a", "a"),
    (Colour, "red", Colour.RED),
    (Annotated[Colour, "what it shines in"], "blue", Colour.BLUE),
    (Colour | None, None, None),
    (Colour | None, "red", Colour.RED),
    (Colour | str, "green", "green"),
    (Sequence[Colour], ["red", "blue"], [Colour.RED, Colour.BLUE]),
    (tuple[Colour, ...], ["red"], (Colour.RED,)),
    (tuple[str, ...], ["a", "b"], ("a", "b")),
    (tuple[str, ...] | str, "ab", "ab"),
    (list[list[Colour]], [["red"], []], [[Colour.RED], []]),
    (list[str] | None, ["a"], ["a"]),
    (Literal["a", "b"], "b", "b"),
]


@pytest.mark.parametrize(("annotation", "value", "meant"), VALUES, ids=str)
def test_a_method_gets_what_its_types_say(annotation, value, meant):
    got = []

    class Thing(Tool):
        @action
        def use(self, turn: Turn, it: annotation) -> None:  # type: ignore[valid-type]
            """Use it."""
            got.append(it)

    acted(Thing(), "use", it=value)

    assert got == [meant]
    assert type(got[0]) is type(meant)


@pytest.mark.parametrize(
    "annotation", [dict, dict[str, int], Any, bytes, set[str], tuple[str, int], list, Turn], ids=str
)
def test_a_type_without_a_schema_is_named_with_its_parameter(annotation):
    class Thing(Tool):
        @action
        def use(self, turn: Turn, it: annotation) -> None:  # type: ignore[valid-type]
            """Use it."""

    with pytest.raises(TypeError, match=r"Thing\.use, parameter it: .* has no JSON Schema here; use str, int, float"):
        Thing().actions(AgentId("Ann"))


def test_what_an_action_does_not_say_is_an_error_that_names_it():
    class Untyped(Tool):
        @action
        def use(self, turn: Turn, it) -> None:
            """Use it."""

    class Anything(Tool):
        @action
        def use(self, turn: Turn, *them: str) -> None:
            """Use them."""

    class Everything(Tool):
        @action
        def use(self, turn: Turn, **them: str) -> None:
            """Use them."""

    class Nameless(Tool):
        @action
        def use(self, it: str, /, turn: Turn) -> None:
            """Use it."""

    class Silent(Tool):
        @action
        def use(self, turn: Turn) -> None: ...

    class Confusing(Tool):
        @action
        def use(self, turn: Turn, action: str) -> None:
            """Use it."""

    class Shouting(Tool):
        @action(name="USE")
        def use(self, turn: Turn) -> None:
            """Use it."""

    needs = "an action's parameter needs a name and a type"
    words = {
        Untyped: (TypeError, f"Untyped.use, parameter it: {needs}"),
        Anything: (TypeError, f"Anything.use, parameter them: {needs}"),
        Everything: (TypeError, f"Everything.use, parameter them: {needs}"),
        Nameless: (TypeError, f"Nameless.use, parameter it: {needs}"),
        Silent: (TypeError, "Silent.use: an action needs a docstring, it is what the agent is told"),
        Confusing: (ValueError, 'use: properties must be a table without "action", which names the action itself'),
        Shouting: (ValueError, "'name' must match regex"),
    }
    for tool, (kind, said) in words.items():
        with pytest.raises(kind) as fault:
            tool().actions(AgentId("Ann"))
        assert said in str(fault.value)


def test_an_environment_must_say_what_is_observed():
    class Void(Environment):
        pass

    with pytest.raises(TypeError, match="observe"):
        Void()  # type: ignore[abstract]
