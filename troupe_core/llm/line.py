"""The line from everybody in a run to one model: every answer is committed before anything follows from it."""

import asyncio
from collections.abc import Callable
from time import perf_counter
from typing import Any

from attrs import define, evolve, field
from orjson import loads

from troupe_core.config.settings import Budget
from troupe_core.contracts.llm import LLM
from troupe_core.contracts.promised import promised, to_await
from troupe_core.errors import LLMError, Overloaded, RateLimited, RunStopped, TroupeError, is_stop, words_of
from troupe_core.guard.untrusted import plain_text
from troupe_core.llm.meter import Meter
from troupe_core.llm.patience import Patience
from troupe_core.values.canonical import canonical, content_hash
from troupe_core.values.chat import ChatRequest, ChatResponse
from troupe_core.values.ids import Rank
from troupe_core.values.input import Commit, Input, Ordinals
from troupe_core.values.json import JSONObject
from troupe_core.values.observed import ModelCallFinished

__all__ = ["ModelLine"]

_MOST_SCHEMAS = 1024


@define(kw_only=True, eq=False)
class ModelLine:
    """Asks one model on behalf of agents and parts, within its budget and the run's concurrency."""

    place: str
    """The model's table: ``llm``, ``llms.cheap``."""
    llm: LLM
    commit: Commit
    total: Meter
    """Of the whole run."""
    gate: asyncio.Semaphore
    """Shared by all lines of a run: calls in flight."""
    budget: Budget
    patience: float = 0.0
    """In seconds: how long a call waits for a provider that is busy or away."""
    notify: Callable[[ModelCallFinished], None] | None = None
    """None where nobody listens."""
    own: Meter = field(factory=Meter)
    defects: int = field(default=0, init=False)
    """How often the provider broke down, other than by the errors it may raise."""
    _ordinals: Ordinals = field(factory=Ordinals, init=False)
    _step: int = field(default=-1, init=False)
    _lent: dict[int, tuple[JSONObject, JSONObject]] = field(factory=dict, init=False)
    """Each schema, and the copy of it that the provider gets to see: it may change that one, and no other."""
    _away: RunStopped | None = field(default=None, init=False)
    """Why nobody need ask any more in this step."""

    async def ask(self, request: ChatRequest, *, purpose: str, rank: Rank) -> ChatResponse:
        """One answer, or the `LLMError` that stands for it in the journal.

        Raises `RunStopped` where the budget is used up, then nothing was sent; and where the provider stays away,
        then nothing is kept of it: who goes on with the run asks again.
        """
        self._begin(request.step)
        ordinal = self._ordinals.next(request.step, rank, purpose)
        for meter in (self.own, self.total):
            meter.calls += purpose != "repair"
        async with self.gate:
            response, fault, seconds = await self._complete_in_the_end(request)
            if response is not None:  # before the next one checks the budget
                for meter in (self.own, self.total):
                    meter.add_usage(response.usage)
        await self.commit(
            Input(
                step=request.step,
                rank=rank,
                purpose=purpose,
                ordinal=ordinal,
                request=content_hash(request.asked()),
                payload=_payload(response, fault),
                seconds=seconds,
            )
        )
        self._tell(request, response, fault, seconds)
        if response is None:
            raise fault or LLMError("no answer")
        return response

    async def _complete_in_the_end(self, request: ChatRequest) -> tuple[ChatResponse | None, LLMError | None, float]:
        """Ask as often as patience allows; the last answer, and the seconds that it took. Raises `RunStopped`."""
        patience = Patience(self.patience)
        while True:
            if self._away is not None:
                raise self._away
            self._check_budget()
            for meter in (self.own, self.total):
                meter.provider_calls += 1
            started = perf_counter()
            response, fault = await self._complete(request)
            seconds = perf_counter() - started
            if fault is None or not isinstance(fault, Overloaded | RateLimited):
                return response, fault, seconds
            self._tell(request, None, fault, seconds, again=True)
            if not await patience.wait_after(fault):
                raise self._given_up(fault)
            for meter in (self.own, self.total):
                meter.retries += 1

    async def _complete(self, request: ChatRequest) -> tuple[ChatResponse | None, LLMError | None]:
        try:
            asked = evolve(request, schema=self._lent_schema(request.schema))
            response = promised(await to_await(self.llm.complete(asked), "complete"), ChatResponse, "complete")
            return _sendable(response), None
        except LLMError as fault:
            return None, fault
        except BaseException as defect:
            if is_stop(defect):
                raise
            self.defects += 1
            what = defect.what if isinstance(defect, TroupeError) else words_of(defect)
            return None, LLMError(f"{type(self.llm).__name__} broke down: {type(defect).__name__}: {what}")

    def _lent_schema(self, schema: JSONObject | None) -> JSONObject | None:
        """The provider's copy of a schema, always the same one: a provider may know it again."""
        if schema is None:
            return None
        known = self._lent.get(id(schema))
        if known is None or known[0] is not schema:
            if len(self._lent) >= _MOST_SCHEMAS:
                self._lent.clear()
            known = self._lent[id(schema)] = (schema, loads(canonical(schema)))
        return known[1]

    def _tell(
        self,
        request: ChatRequest,
        response: ChatResponse | None,
        fault: LLMError | None,
        seconds: float,
        *,
        again: bool = False,
    ) -> None:
        if self.notify is not None:
            error = None if fault is None else str(fault)
            happened = ModelCallFinished(request=request, response=response, error=error, seconds=seconds, again=again)
            self.notify(happened)

    def _begin(self, step: int) -> None:
        if step != self._step:
            self._step = step
            self._away = None

    def _given_up(self, fault: LLMError) -> RunStopped:
        if self._away is None:
            self._away = RunStopped(
                f"the provider of [{self.place}] stays away: {fault.what}",
                where=fault.where,
                remedy="What was answered is kept. Try again later; [execution] patience says how long a run waits.",
            )
        return self._away

    def _check_budget(self) -> None:
        spent = {
            "dollars": self.own.dollars,
            "calls": self.own.provider_calls,
            "tokens": self.own.prompt_tokens + self.own.completion_tokens,
        }
        for name, used in spent.items():
            most = getattr(self.budget, name)
            if most is not None and used >= most:
                raise RunStopped(
                    f"the budget of [{self.place}] is used up: {name} = {most}",
                    remedy=f"What was paid for is kept. To go further, raise budget.{name} in [{self.place}].",
                )


def _sendable(response: ChatResponse) -> ChatResponse:
    """The response, its text such that JSON can hold it: some providers let half characters through."""
    text, model = (said.encode(errors="replace").decode() for said in (response.text, response.model))
    return response if (text, model) == (response.text, response.model) else evolve(response, text=text, model=model)


def _payload(response: ChatResponse | None, fault: LLMError | None) -> dict[str, Any]:
    if response is None:
        return {"failure": type(fault).__name__, **_said_by(fault)}
    usage = response.usage
    return {
        "answer": response.text,
        "finish": response.finish,
        "model": response.model,
        "usage": [usage.prompt_tokens, usage.completion_tokens, usage.dollars],
    }


def _said_by(fault: LLMError | None) -> dict[str, str]:
    """What went wrong, where, and what to do, each by itself: so that the same error can be raised again."""
    said = (
        {"what": "no answer"} if fault is None else {"what": fault.what, "where": fault.where, "remedy": fault.remedy}
    )
    return {key: plain_text(text) for key, text in said.items() if text is not None}
