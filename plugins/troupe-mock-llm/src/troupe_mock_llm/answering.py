"""What each mode is: a way to answer."""

from abc import ABC, abstractmethod

from troupe_core.plugin import ChatRequest, ChatResponse, Context, LLMInfo

__all__ = ["Answering"]


class Answering(ABC):
    """One mode of the model."""

    async def open(self, context: Context) -> LLMInfo | None:
        """Called once before the first answer. What the model can do, where this mode knows better."""
        return None

    async def close(self) -> None:  # noqa: B027
        """Called once after the last answer."""

    @abstractmethod
    async def answer(self, request: ChatRequest) -> ChatResponse | str:
        """A whole response, or only its text. Raises `LLMError`."""
