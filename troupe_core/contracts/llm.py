"""A model provider."""

from abc import abstractmethod

from troupe_core.contracts.part import Part
from troupe_core.values.chat import ChatRequest, ChatResponse, LLMInfo

__all__ = ["LLM"]


class LLM(Part):
    """A model behind a provider. No retry and no cache of its own: the core has them."""

    info: LLMInfo = LLMInfo()
    """What the model can do, as far as it is known after `open`; what only answers show (whether it keeps to schemas,
    whether it takes a seed) may change later, nothing else."""

    @abstractmethod
    async def complete(self, request: ChatRequest) -> ChatResponse:
        """One answer. Raises `RateLimited`, `Overloaded`, `ContextTooLong`, `Refused`, `AuthFailed`, `BadRequest`
        and nothing else.
        """
