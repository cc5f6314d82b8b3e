"""What a provider takes, found out with the first answers and remembered: nothing is refused twice."""

import asyncio
from collections.abc import Awaitable, Callable

from attrs import define, field

from troupe_core.plugin import AuthFailed, BadRequest, ChatResponse, LLMError, Overloaded, RateLimited
from troupe_openai.request_body import Form

__all__ = ["FindingOut", "Knowledge"]

_FOR_ALL = (AuthFailed, BadRequest, Overloaded, RateLimited)
"""What would befall everybody who waits too."""

_NEXT: dict[Form, Form] = {"strict": "json", "json": "none"}


@define(kw_only=True)
class Knowledge:
    """What is known of a provider so far."""

    form: Form = "strict"
    form_known: bool = False
    seed: bool = True
    seed_known: bool = False

    def covers(self, with_schema: bool) -> bool:
        """Whether such a request holds nothing untried."""
        return self.seed_known and (self.form_known or not with_schema)

    def less(self, form: Form) -> bool:
        """`form` was refused: take less from now on. False where there is no less."""
        if self.form == form:
            self.form = _NEXT.get(form, form)
        return self.form != form


@define(eq=False)
class FindingOut:
    """Lets one request go first while something is untried; the others wait for what comes of it."""

    _under_way: asyncio.Event | None = None
    _fault: LLMError | None = field(default=None)

    async def ask(self, known: Callable[[], bool], asking: Callable[[], Awaitable[ChatResponse]]) -> ChatResponse:
        """The answer. Raises what `asking` raises, or what the one that went first met, if it would meet all."""
        while not known():
            if self._under_way is None:
                return await self._first(asking)
            await self._under_way.wait()
            if self._fault is not None:
                raise self._fault
        return await asking()

    async def _first(self, asking: Callable[[], Awaitable[ChatResponse]]) -> ChatResponse:
        self._under_way = under_way = asyncio.Event()
        self._fault = None
        try:
            return await asking()
        except _FOR_ALL as fault:
            self._fault = fault
            raise
        finally:
            self._under_way = None
            under_way.set()
