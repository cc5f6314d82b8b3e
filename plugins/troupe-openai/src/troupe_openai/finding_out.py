"""What a provider takes, found out with the first answers and remembered: nothing is refused twice."""

import asyncio
import json
from collections.abc import Awaitable, Callable

from attrs import define, field

from troupe_core.plugin import AuthFailed, BadRequest, ChatResponse, JSONObject, LLMError, Overloaded, RateLimited
from troupe_openai.request_body import Form

__all__ = ["FindingOut", "Knowledge"]

_FOR_ALL = (AuthFailed, BadRequest, Overloaded, RateLimited)
"""What would befall everybody who waits too."""

_FORMS: tuple[Form, ...] = ("strict", "json", "none")
"""From what helps most to what helps least."""


@define(kw_only=True)
class Knowledge:
    """What is known of a provider so far."""

    form: Form = "strict"
    form_known: bool = False
    form_told: bool = False
    """The study says it: nothing else is tried."""
    seed: bool = True
    seed_known: bool = False
    _below: dict[str, Form] = field(factory=dict)
    """Schemas, as text, that are refused in a form in which others are taken: the form for them."""

    def covers(self, with_schema: bool) -> bool:
        """Whether such a request holds nothing untried."""
        return self.seed_known and (self.form_known or not with_schema)

    def form_for(self, schema: JSONObject | None) -> Form:
        """How this schema is put."""
        own = self._below.get(_text(schema)) if self._below else None
        return self.form if own is None or _FORMS.index(own) < _FORMS.index(self.form) else own

    def refused(self, about: str, schema: JSONObject | None, form: Form, *, with_seed: bool) -> bool:
        """Something was refused: ask for less from now on. False where there is no less to ask for."""
        if about == "seed":
            self.seed = False
            return with_seed
        if schema is None or self.form_told or form == "none":
            return False
        less = _FORMS[_FORMS.index(form) + 1]
        if about == "schema" or form != self.form:  # this one alone, or somebody else found it out meanwhile
            self._below[_text(schema)] = less
        else:
            self.form = less
        return True

    def answered(self, schema: JSONObject | None, form: Form, *, kept_to: bool) -> None:
        """An answer came: what was asked like this is taken, if not always kept to."""
        self.seed_known = True
        if schema is None or self.form_known:
            return
        if form == self.form and not kept_to:
            self.form = "none"
        self.form_known = True


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


def _text(schema: JSONObject | None) -> str:
    return json.dumps(schema, sort_keys=True)
