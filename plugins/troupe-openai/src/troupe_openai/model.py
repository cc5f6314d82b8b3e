"""The model `openai`: one client from open to close, one request for an answer, one error for a failure."""

import asyncio
import json
from typing import Any

import openai
from attrs import evolve
from httpx2 import Response

from troupe_core.plugin import (
    LLM,
    BadRequest,
    ChatRequest,
    ChatResponse,
    Context,
    JSONObject,
    LLMInfo,
    Overloaded,
)
from troupe_openai.answer import document_of, response_of
from troupe_openai.client import address_of, checked, client_for, is_openai, key_for
from troupe_openai.config import Config
from troupe_openai.faults import Objection, fault_of, objection_of
from troupe_openai.finding_out import FindingOut, Knowledge
from troupe_openai.models_list import Told, told_of
from troupe_openai.request_body import SentAs, body_of, settings_of
from troupe_openai.said import Said, Shown, said
from troupe_openai.strict_schema import FittedSchema, fitted_schema, without_nulls

__all__ = ["OpenAILLM"]

_UNTOLD = 8192
_UNTOLD_BY_OPENAI = 128_000
_LONGEST_LOOK = 10.0
"""Seconds that the question what the model can read may take."""
_MOST_SCHEMAS = 256


class OpenAILLM(LLM):
    """Asks one model by chat completions."""

    def __init__(self, config: Config) -> None:
        self._config = checked(config)
        self._settings = settings_of(config)
        self._address = address_of(config)
        self._where = f"openai, {self._address}, model {config.model}"
        self._knowledge = Knowledge()
        if config.json_schema is not None:
            self._knowledge = Knowledge(form=config.json_schema, form_known=True, form_told=True)
        self._finding_out = FindingOut()
        self._schemas: dict[int, tuple[JSONObject, FittedSchema]] = {}
        self._shown = Shown("")
        self._client: openai.AsyncOpenAI | None = None
        self._context: Context | None = None
        self.info = LLMInfo(
            context_tokens=config.context_tokens or self._untold(),
            json_schema=self._knowledge.form,
            images=bool(config.images),
            seed=True,
        )

    async def open(self, context: Context) -> None:
        """Make the client, and ask the provider what the model can read where the study does not say.

        Raises `AuthFailed` where there is no key.
        """
        key = key_for(self._config)
        self._shown = Shown(key)
        self._client = client_for(self._config, key)
        self._context = context
        if self._config.context_tokens is None and self._tells():
            told = await self._told()
            seen = told.images if self._config.images is None else self._config.images
            self.info = evolve(self.info, context_tokens=told.context_tokens or self._untold(), images=bool(seen))

    async def close(self) -> None:
        """Close the client and its connections."""
        if self._client is not None:
            await self._client.close()
            self._client = None

    async def complete(self, request: ChatRequest) -> ChatResponse:
        """One answer."""
        with_schema = request.schema is not None
        return await self._finding_out.ask(
            lambda: self._knowledge.covers(with_schema), lambda: self._put_as_taken(request)
        )

    async def _put_as_taken(self, request: ChatRequest) -> ChatResponse:
        """Ask, and ask again with less where the provider does not take something."""
        while True:
            sent_as = self._sent_as(request)
            try:
                response = await self._ask(request, sent_as)
            except Objection as objection:
                self._learn(objection, request, sent_as)
                continue
            self._note(request, sent_as, response)
            return response

    def _sent_as(self, request: ChatRequest) -> SentAs:
        form = self._knowledge.form_for(request.schema)
        return SentAs(form=form, seed=self._knowledge.seed, images=self.info.images)

    def _learn(self, objection: Objection, request: ChatRequest, sent_as: SentAs) -> None:
        """Ask for less from now on. Raises the fault where there is no less."""
        known = self._knowledge
        if not known.refused(objection.about, request.schema, sent_as.form, with_seed=sent_as.seed):
            raise objection.fault
        self.info = evolve(self.info, json_schema=known.form, seed=known.seed)

    def _note(self, request: ChatRequest, sent_as: SentAs, response: ChatResponse) -> None:
        """An answer came. Who takes a form and does not keep to it has to be told in words."""
        unfinished = response.finish == "length" or not response.text.strip()
        kept_to = self._knowledge.form_known or unfinished or _is_json(response.text)
        self._knowledge.answered(request.schema, sent_as.form, kept_to=kept_to)
        if self.info.json_schema != self._knowledge.form:
            self.info = evolve(self.info, json_schema=self._knowledge.form)

    async def _ask(self, request: ChatRequest, sent_as: SentAs) -> ChatResponse:
        fitted = None if request.schema is None else self._fitted(request.schema)
        body = await body_of(request, sent_as, fitted=fitted, settings=self._settings, blob=self._blob)
        document = document_of(await self._sent(body), where=self._where, shown=self._shown)
        if not document.get("choices") and document.get("error"):
            raise self._refused(_said_within(document, self._shown))
        response = response_of(document, prices=self._config.prices, where=self._where, shown=self._shown)
        if fitted is not None and fitted.nullable and sent_as.form == "strict":
            response = _cleaned(response, request.schema)
        return response

    async def _sent(self, body: dict[str, Any]) -> bytes:
        """The body of the answer. Raises `Objection` and `LLMError`."""
        if self._client is None:
            raise BadRequest("the model is not open", where=self._where)
        try:
            async with asyncio.timeout(self._config.timeout):
                # As the client's method for chat completions does it, without its walk over every value of the body:
                # that would cost as much as all the rest of a call.
                reply = await self._client.post(
                    "/chat/completions",
                    cast_to=Response,
                    body={"model": self._config.model, **body, **self._config.extra_body},
                    options={"headers": dict(self._config.extra_headers)},
                )
        except openai.APIStatusError as fault:
            refusal = fault.response
            raise self._refused(said(refusal.status_code, refusal.text, refusal.headers, self._shown)) from None
        except (TimeoutError, openai.APITimeoutError):
            words = f"no answer within {self._config.timeout:g} seconds (timeout)"
            raise Overloaded(words, where=self._where) from None
        except openai.APIConnectionError as fault:
            raise Overloaded(_broken(fault, self._shown), where=self._where) from None
        except openai.OpenAIError as fault:
            raise BadRequest(self._shown(fault), where=self._where) from None
        return reply.content

    def _refused(self, words: Said) -> Exception:
        keys = {**self._settings, **self._config.extra_body}
        fault = fault_of(
            words, model=self._config.model, address=self._address, keys=keys, key_env=self._config.key_env
        )
        about = objection_of(words)
        return fault if about is None else Objection(about, fault)

    def _fitted(self, schema: JSONObject) -> FittedSchema:
        known = self._schemas.get(id(schema))
        if known is None or known[0] is not schema:
            if len(self._schemas) >= _MOST_SCHEMAS:
                self._schemas.clear()
            known = self._schemas[id(schema)] = (schema, fitted_schema(schema))
        return known[1]

    async def _blob(self, ref: str) -> bytes:
        if self._context is None:
            raise BadRequest("the model is not open", where=self._where)
        return await self._context.get_blob(ref)

    def _tells(self) -> bool:
        """OpenAI and Azure say nothing of what a model can read: they need not be asked."""
        return self._config.azure_endpoint is None and not is_openai(self._address)

    def _untold(self) -> int:
        return _UNTOLD if self._tells() else _UNTOLD_BY_OPENAI

    async def _told(self) -> Told:
        """What the list of models says; nothing where there is none, or it does not come soon."""
        if self._client is None:
            return Told()
        try:
            async with asyncio.timeout(min(self._config.timeout, _LONGEST_LOOK)):
                raw = await self._client.models.with_raw_response.list(extra_headers=self._config.extra_headers or None)
            return told_of(json.loads(raw.http_response.content), self._config.model)
        except (openai.OpenAIError, TimeoutError, ValueError, RecursionError):
            return Told()


def _said_within(document: Any, shown: Shown) -> Said:
    """Some relays answer 200, and say inside that there is no answer."""
    error = document["error"]
    code = error.get("code") if isinstance(error, dict) else None
    status = code if isinstance(code, int) and 400 <= code < 600 else 400
    return said(status, json.dumps(document), {}, shown)


def _cleaned(response: ChatResponse, schema: JSONObject | None) -> ChatResponse:
    try:
        answer = json.loads(response.text)
    except (ValueError, RecursionError):
        return response
    return evolve(response, text=json.dumps(without_nulls(answer, schema), ensure_ascii=False))


def _broken(fault: openai.APIConnectionError, shown: Shown) -> str:
    cause = fault.__cause__
    why = shown(cause or fault, 160) or type(cause).__name__
    return f"cannot be reached, or the connection broke: {why.rstrip('.')}. Is it running, and is base_url right?"


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
