"""A turn's thinking, packed so that it can be done anywhere."""

from attrs import field, frozen

from troupe_core.values.chat import ChatRequest, ChatResponse
from troupe_core.values.ids import AgentId, Rank
from troupe_core.values.json import JSONObject

__all__ = ["Attempt", "Decision", "TurnResult", "TurnWork"]


@frozen(kw_only=True)
class TurnWork:
    """What an executor needs to decide one turn: no reference to the simulation, nothing but data."""

    agent: AgentId
    step: int
    rank: Rank
    llm: str
    """Name of the model's table: ``llm`` or ``llms.NAME``."""
    request: ChatRequest


@frozen(kw_only=True)
class Attempt:
    """One call to the model within a turn: an answer or an error, and what was wrong with it."""

    request: ChatRequest
    response: ChatResponse | None
    problem: str | None
    """None for a valid answer; else what the agent's model is told to mend, or why it gave no answer."""


@frozen(kw_only=True)
class Decision:
    """The model's answer for one turn: a short list of actions, and what faculties asked along."""

    actions: tuple[JSONObject, ...] = ()
    """Each with ``action`` (its name) and its arguments beside it."""
    told: JSONObject = field(factory=dict)
    because: str | None = None
    """Why there are no actions, where the model's answers could not be used."""


@frozen(kw_only=True)
class TurnResult:
    """A decided turn: every call that was made for it, and the decision."""

    attempts: tuple[Attempt, ...]
    decision: Decision
