"""What an agent can do, does, and what comes of it."""

from collections.abc import Mapping
from typing import Literal, TypeAlias

from attrs import field, frozen, validators

from troupe_core.errors import words_of
from troupe_core.values.ids import AgentId
from troupe_core.values.json import JSONObject

__all__ = ["ActionCall", "ActionSpec", "EffectKind", "Outcome", "Status"]

EffectKind: TypeAlias = Literal["read", "world", "internal", "external"]
"""What an action touches.

``read`` changes nothing, and its result is kept in the run; ``world`` changes the simulated world;
``internal`` only the agent itself; ``external`` something outside the simulation.
"""

Status: TypeAlias = Literal["done", "refused", "failed", "unknown"]
"""``done``; ``refused`` by a rule; ``failed`` through a defect; ``unknown``: it may or may not have happened."""


def _is_a_table_of_parameters(spec: "ActionSpec", _: object, parameters: object) -> None:
    if not isinstance(parameters, Mapping) or parameters.get("type") != "object":
        raise ValueError(f"{spec.name}: parameters must be a JSON Schema of type object")
    properties = parameters.get("properties", {})
    if not isinstance(properties, Mapping) or "action" in properties:
        raise ValueError(f'{spec.name}: properties must be a table without "action", which names the action itself')


_TEXT = validators.optional(validators.instance_of(str))


@frozen(kw_only=True, eq=False)
class ActionSpec:
    """One thing an agent can do, as the model is told and as its answer is checked.

    Specs compare by identity: hand out the same objects as long as nothing has changed.
    """

    name: str = field(validator=validators.matches_re(r"[a-z][a-z0-9_.]*"))
    summary: str
    """One sentence: what it does, said to the agent."""
    parameters: JSONObject = field(validator=_is_a_table_of_parameters)
    """A JSON Schema of type ``object`` (draft 2020-12). Stay in the subset that providers enforce:
    ``type``, ``enum``, ``const``, ``anyOf``, ``properties`` (all required), ``items``."""
    effect: EffectKind = "world"
    capability: str | None = None
    """What must be granted before it may be done: ``network``, ``email.send``, …"""
    idempotent: bool = False
    """Whether doing it twice with the same key is doing it once."""


@frozen
class ActionCall:
    """One action of a decision, valid under its spec."""

    agent: AgentId
    action: str
    arguments: JSONObject


@frozen(kw_only=True)
class Outcome:
    """What came of an action."""

    status: Status = field(default="done", validator=validators.in_(("done", "refused", "failed", "unknown")))
    text: str | None = field(default=None, validator=_TEXT)
    """What the agent perceives of it in its next turn; None where there is nothing to tell."""
    trusted: bool = True
    """False where `text` was brought in from outside."""
    remembered: str | None = field(default=None, validator=_TEXT)
    """How the agent remembers what it did: ``You to Lila: Shall we begin?``. None: the action and its arguments."""
    problem: str | None = field(default=None, validator=_TEXT)
    """What went wrong inside a component: for the journal, not told to the agent."""

    @classmethod
    def failed(cls, defect: BaseException) -> "Outcome":
        """What comes of an action whose provider broke down."""
        problem = f"{type(defect).__name__}: {words_of(defect)}"
        return cls(status="failed", text="That did not work.", problem=problem)
