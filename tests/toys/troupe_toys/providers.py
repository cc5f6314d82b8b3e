"""Toy providers: busy, away, or both."""

from collections.abc import Mapping

from troupe_core.plugin import LLM, AuthFailed, ChatRequest, ChatResponse, Context, LLMInfo, Overloaded, RateLimited
from troupe_toys.config import BusyConfig


class Busy(LLM):
    """Turns the first callers of each person away, then does what the wrapped model says."""

    def __init__(self, config: BusyConfig) -> None:
        self._config = config
        self.info = LLMInfo(images=config.images)
        self._turned_away: dict[str | None, int] = {}

    async def open(self, context: Context) -> None:
        table: Mapping[str, str] = {"use": "mock", "mode": "fixed"}
        wrapped = await context.build("llm", table)
        assert isinstance(wrapped, LLM)
        self._wrapped = wrapped

    async def complete(self, request: ChatRequest) -> ChatResponse:
        before = self._turned_away.get(request.agent, 0)
        if before < self._config.times and request.step >= self._config.from_step:
            self._turned_away[request.agent] = before + 1
            if self._config.retry_after is None:
                raise Overloaded("nobody answers", where="the provider's address")
            raise RateLimited("too many requests", retry_after=self._config.retry_after)
        return await self._wrapped.complete(request)


class Keyless(LLM):
    """Has no key."""

    async def open(self, context: Context) -> None:
        raise AuthFailed("there is no key", remedy="Cut one.")

    async def complete(self, request: ChatRequest) -> ChatResponse:
        raise AuthFailed("there is no key")
