"""From what a provider or the way to it did wrong to the errors of the contract."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from troupe_core.plugin import (
    AuthFailed,
    BadRequest,
    ContextTooLong,
    LLMError,
    Overloaded,
    RateLimited,
    Refused,
)
from troupe_openai.said import Said

__all__ = ["Objection", "fault_of", "objection_of", "retry_after"]

_TOO_LONG = re.compile(
    r"context_length_exceeded|exceed_context_size|context (length|size|window)|maximum context|max_model_len"
    r"|prompt is too long|too many (input )?tokens|input is too long|request too large|string_above_max_length"
    r"|longer than the (model's|maximum)|model_max_prompt_tokens|reduce the length"
)
_FILTERED = re.compile(r"content_?filter|content_policy|content management policy|responsibleai|invalid_prompt")
_NO_CREDIT = re.compile(r"insufficient_quota|insufficient (credit|balance|fund)|billing|exceeded your current quota")
_FORMAT = re.compile(
    r"response[_ ]?format|json[_ ]?schema|json[_ ]object|json mode|structured[_ ]outputs?|guided|grammar"
    r"|handle the requested parameters"
)
_THIS_SCHEMA = re.compile(r"invalid schema|invalid json schema|schema (is )?(too|not)|in context=")
_NO_MODEL = re.compile(
    r"model_not_found|deploymentnotfound|(unknown|no such|invalid|find) model|not a valid model"
    r"|model\b.*(not exist|not found|not available)"
)
_NOT_FITTING = re.compile(r"json_validate_failed")


class Objection(Exception):
    """A provider objects to one thing in a request that can be asked without: `about` is ``format``, ``schema`` (this
    one, not every one), or ``seed``; `fault` is what it means where it cannot.
    """

    def __init__(self, about: str, fault: LLMError) -> None:
        super().__init__(about)
        self.about = about
        self.fault = fault


def objection_of(said: Said) -> str | None:
    """What of the request this provider does not take, where it can be left out."""
    if said.status not in (400, 404, 415, 422, 500, 501) or not said.is_json:
        return None
    words = said.words
    if _TOO_LONG.search(words) or _FILTERED.search(words) or _NOT_FITTING.search(words):
        return None
    if said.param == "seed" or re.search(r"\bseed\b", words):
        return "seed"
    if said.param.startswith("response_format") or _FORMAT.search(words):
        return "schema" if _THIS_SCHEMA.search(words) else "format"
    return None


def fault_of(said: Said, *, model: str, address: str, keys: Mapping[str, object], key_env: str) -> LLMError:
    """The error of the contract. `keys` are the study's own settings: the remedy names the one that is at fault."""
    where = f"openai, {address}, model {model}"
    words = said.words
    told = f"({said.status}) {said.message}"
    if _NO_CREDIT.search(words) and said.status in (400, 402, 403, 429):
        remedy = "Fill the account up, or use another key; then run the study again."
        return AuthFailed(f"the account has no credit left: {told}", where=where, remedy=remedy)
    if said.status == 402:
        return AuthFailed(f"the provider wants to be paid: {told}", where=where, remedy="Look at the account there.")
    if said.status not in (401, 429) and (_TOO_LONG.search(words) or said.status == 413):
        remedy = "Lower request_bytes of the agents, or take a model that can read more."
        return ContextTooLong(f"the request is longer than the model can read: {told}", where=where, remedy=remedy)
    if said.status in (400, 403, 422, 451) and _FILTERED.search(words):
        return Refused(f"the provider's filter declined: {told}", where=where)
    if _NOT_FITTING.search(words):
        return Refused(f"the provider could not make an answer that fits: {told}", where=where)
    if said.status == 401:
        remedy = f"Look at the environment variable {key_env}: is it the key of this provider, whole and still valid?"
        return AuthFailed(f"the provider does not accept the key: {told}", where=where, remedy=remedy)
    if said.status == 403:
        remedy = f"Use a key that may use this model (environment variable {key_env}), or another model."
        return AuthFailed(f"the key may not do this: {told}", where=where, remedy=remedy)
    if said.status == 429:
        wait = retry_after(said.headers)
        return RateLimited(f"too many requests: {told}", retry_after=wait, where=where)
    if said.status >= 500 or said.status in (408, 409, 425):
        return Overloaded(f"the provider is busy or broken: {told}", where=where)
    return _bad_request(said, told, model, where, keys)


def _bad_request(said: Said, told: str, model: str, where: str, keys: Mapping[str, object]) -> BadRequest:
    if _NO_MODEL.search(said.words):
        remedy = "Write the model's name as the provider does; its list of models has it."
        return BadRequest(f'there is no model "{model}": {told}', where=where, remedy=remedy)
    if not said.is_json or said.status in (404, 405):
        return BadRequest(
            f"expected chat completions at this address, got {told}",
            where=where,
            remedy="Look at base_url: it is what stands before /chat/completions, mostly ending in /v1.",
        )
    if objection_of(said) in ("format", "schema"):
        remedy = "Leave json_schema out to have it found out, or set it to what the provider takes."
        return BadRequest(f"the provider does not take this response_format: {told}", where=where, remedy=remedy)
    named = next((key for key in keys if key == said.param or re.search(rf"\b{re.escape(key)}\b", said.message)), None)
    remedy = f"Change {named} in the model's table, or take it out." if named else "Look at the model's table."
    return BadRequest(f"the provider does not understand the request: {told}", where=where, remedy=remedy)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """How long to wait, in seconds, if the provider says so (RFC 9110, 10.2.3, and a header in milliseconds)."""
    for name, unit in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        try:
            seconds = float(headers.get(name, "")) * unit
        except ValueError:
            continue
        if 0 <= seconds < 1e9:
            return seconds
    try:
        until = parsedate_to_datetime(headers.get("retry-after", ""))
    except ValueError:
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max((until - datetime.now(UTC)).total_seconds(), 0.0)
