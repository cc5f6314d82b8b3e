"""A model provider."""

from abc import abstractmethod

from troupe_core.contracts.part import Part
from troupe_core.values.chat import ChatRequest, ChatResponse, LLMInfo

__all__ = ["LLM"]


class LLM(Part):
    """A model behind a provider. No retry and no cache of its own: the core has them."""

    info: LLMInfo = LLMInfo()
    """What the model can do; final after `open`."""

    @abstractmethod
    async def complete(self, request: ChatRequest) -> ChatResponse:
        """One answer. Raises `RateLimited`, `Overloaded`, `ContextTooLong`, `Refused`, `AuthFailed`, `BadRequest`
        and nothing else.
        """
