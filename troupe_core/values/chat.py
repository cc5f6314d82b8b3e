"""A conversation with a model: one request, one response."""

from typing import Literal, TypeAlias

from attrs import field, frozen

from troupe_core.values.ids import AgentId
from troupe_core.values.json import JSON, JSONObject
from troupe_core.values.stimulus import Media

__all__ = ["ChatRequest", "ChatResponse", "LLMInfo", "Message", "Role", "Usage"]

Role: TypeAlias = Literal["system", "user", "assistant"]


@frozen
class Message:
    """One message of a request."""

    role: Role
    text: str
    media: tuple[Media, ...] = ()
    """Pictures for a model that takes them, after the text."""


@frozen(kw_only=True)
class ChatRequest:
    """What a model is asked. Message 0 of an agent's turns is the same in all of them."""

    messages: tuple[Message, ...]
    schema: JSONObject | None = None
    """The JSON Schema that the answer has to fit; None for free text."""
    seed: int = 0
    """For providers that sample with a seed: derived from the run's seed, agent, step and purpose; 0 to 2³¹−1."""
    purpose: str = "turn"
    """What it is for: ``turn``, ``repair``, ``ask``, … Not sent to a provider."""
    agent: AgentId | None = None
    """On whose behalf. Not sent to a provider."""
    step: int = 0
    """In which step. Not sent to a provider."""

    def asked(self) -> JSON:
        """What a provider gets to see, as JSON: what is hashed to know the request again."""
        messages: list[JSON] = [
            {"role": m.role, "text": m.text, "media": [x.ref for x in m.media]}
            if m.media
            else {"role": m.role, "text": m.text}
            for m in self.messages
        ]
        return {"messages": messages, "schema": self.schema, "seed": self.seed}


@frozen(kw_only=True)
class Usage:
    """What an answer cost."""

    prompt_tokens: int = 0
    completion_tokens: int = 0
    dollars: float = 0.0


@frozen(kw_only=True)
class ChatResponse:
    """What a model answered."""

    text: str
    finish: Literal["stop", "length"] = "stop"
    """Why it ended: of itself, or cut at the provider's limit."""
    usage: Usage = field(factory=Usage)
    model: str = ""
    """Which model answered, as its provider names it."""


@frozen(kw_only=True)
class LLMInfo:
    """What a provider's model can do."""

    context_tokens: int = 8192
    json_schema: Literal["strict", "json", "none"] = "none"
    """Whether answers are held to a schema, to being JSON at all, or to nothing."""
    images: bool = False
    seed: bool = False
