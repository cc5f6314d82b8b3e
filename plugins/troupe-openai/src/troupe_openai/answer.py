"""From the body of a provider's answer to a response: every field may be missing, or something else."""

import json
from collections.abc import Mapping
from typing import Any

from troupe_core.plugin import BadRequest, ChatResponse, LLMError, Overloaded, Refused, Usage
from troupe_openai.config import Prices
from troupe_openai.said import Shown

__all__ = ["document_of", "response_of"]

_HINT = "Look at base_url: it is what stands before /chat/completions, mostly ending in /v1."


def document_of(body: bytes, *, where: str, shown: Shown) -> Mapping[str, Any]:
    """The JSON object in the body. Raises `Overloaded` where it breaks off, `BadRequest` where it is something else."""
    text = body.decode("utf-8-sig", errors="replace")
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        if not text.strip() or text.lstrip().startswith("{"):
            got = shown(text, 80) or "nothing"
            raise Overloaded(f"the answer broke off or is garbled; it begins with: {got}", where=where) from None
        raise _something_else(text, where, shown) from None
    if not isinstance(document, Mapping) or not ("choices" in document or "error" in document):
        raise _something_else(text, where, shown)
    return document


def response_of(document: Mapping[str, Any], *, prices: Prices | None, where: str, shown: Shown) -> ChatResponse:
    """The first choice. Raises `Refused`, `Overloaded` or `BadRequest`."""
    choices = document.get("choices")
    choice = choices[0] if isinstance(choices, list) and choices else None
    message = choice.get("message") if isinstance(choice, Mapping) else None
    if not isinstance(choice, Mapping) or not isinstance(message, Mapping):
        raise _something_else(json.dumps(document, ensure_ascii=False), where, shown)
    fault = _fault_in(choice, message, where, shown)
    if fault is not None:
        raise fault
    return ChatResponse(
        text=shown.without_key(_text(message.get("content")).encode(errors="replace").decode()),
        finish="length" if choice.get("finish_reason") == "length" else "stop",
        usage=_usage(document.get("usage"), prices),
        model=str(document.get("model") or "").encode(errors="replace").decode(),
    )


def _fault_in(choice: Mapping[str, Any], message: Mapping[str, Any], where: str, shown: Shown) -> LLMError | None:
    if message.get("refusal"):
        return Refused(f"the model refused: {shown(message['refusal'])}", where=where)
    if choice.get("finish_reason") == "content_filter":
        return Refused("the provider's filter cut the answer off", where=where)
    if choice.get("finish_reason") == "error" or choice.get("error"):
        said = shown(choice.get("error") or "no reason given")
        return Overloaded(f"the provider broke off while it answered: {said}", where=where)
    return None


def _text(content: Any) -> str:
    """What was said; some providers send it in parts, with what the model thought before."""
    if isinstance(content, str):
        return content
    parts = content if isinstance(content, list) else ()
    return "".join(str(each.get("text") or "") for each in parts if isinstance(each, Mapping))


def _usage(usage: Any, prices: Prices | None) -> Usage:
    said = usage if isinstance(usage, Mapping) else {}
    prompt, completion = _count(said.get("prompt_tokens")), _count(said.get("completion_tokens"))
    details = said.get("prompt_tokens_details")
    cached = min(_count(details.get("cached_tokens")), prompt) if isinstance(details, Mapping) else 0
    cost = said.get("cost")
    if isinstance(cost, int | float) and not isinstance(cost, bool) and 0 <= cost < float("inf"):
        dollars = float(cost)
    elif prices is not None:
        price_of_cached = prices.prompt if prices.cached_prompt is None else prices.cached_prompt
        dollars = ((prompt - cached) * prices.prompt + cached * price_of_cached + completion * prices.completion) / 1e6
    else:
        dollars = 0.0
    return Usage(prompt_tokens=prompt, completion_tokens=completion, dollars=dollars)


def _count(value: Any) -> int:
    return int(value) if isinstance(value, int | float) and 0 <= value < 2**53 else 0


def _something_else(text: str, where: str, shown: Shown) -> BadRequest:
    return BadRequest(f"expected chat completions, got: {shown(text, 120)}", where=where, remedy=_HINT)
