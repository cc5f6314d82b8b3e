"""From a request to the JSON that is sent."""

import json
from base64 import b64encode
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Literal, TypeAlias

from attrs import frozen

from troupe_core.plugin import ChatRequest, JSONObject, Media, Message
from troupe_openai.config import Config
from troupe_openai.strict_schema import FittedSchema

__all__ = ["Form", "SentAs", "body_of", "settings_of"]

Form: TypeAlias = Literal["strict", "json", "none"]
GetBlob: TypeAlias = Callable[[str], Awaitable[bytes]]

_SENT_AS_SET = (
    *("temperature", "top_p", "max_tokens", "max_completion_tokens"),
    *("frequency_penalty", "presence_penalty", "reasoning_effort"),
)


@frozen(kw_only=True)
class SentAs:
    """How this request is put, as far as it is known what the provider takes."""

    form: Form
    seed: bool
    images: bool


def settings_of(config: Config) -> Mapping[str, Any]:
    """What the study set, as the fields of every request."""
    return {name: value for name in _SENT_AS_SET if (value := getattr(config, name)) is not None}


async def body_of(
    request: ChatRequest, sent_as: SentAs, *, fitted: FittedSchema | None, settings: Mapping[str, Any], blob: GetBlob
) -> dict[str, Any]:
    """The fields of the request."""
    messages = request.messages
    fields: dict[str, Any] = dict(settings)
    if request.schema is not None and fitted is not None:
        if sent_as.form == "strict":
            form = {"name": "answer", "schema": fitted.schema, "strict": fitted.strict}
            fields["response_format"] = {"type": "json_schema", "json_schema": form}
        else:
            messages = _told(messages, request.schema)
        if sent_as.form == "json":
            fields["response_format"] = {"type": "json_object"}
    if sent_as.seed:
        fields["seed"] = request.seed
    fields["messages"] = [await _message(each, sent_as.images, blob) for each in messages]
    return fields


def _told(messages: tuple[Message, ...], schema: JSONObject) -> tuple[Message, ...]:
    """The schema in words, at the end of the first message.

    There it stays in the provider's prefix cache as a message of its own would, and models whose template knows one
    system message only take it too.
    """
    words = f"Answer with one JSON object and nothing else. It fits this JSON Schema:\n{_compact(schema)}"
    if messages and messages[0].role == "system":
        first = messages[0]
        return (Message("system", f"{first.text}\n\n{words}", first.media), *messages[1:])
    return (Message("system", words), *messages)


def _compact(schema: JSONObject) -> str:
    return json.dumps(schema, ensure_ascii=False, separators=(",", ":"))


def _sendable(text: str) -> str:
    """The text without half characters: no request can hold them."""
    return text.encode(errors="replace").decode()


async def _message(message: Message, images: bool, blob: GetBlob) -> dict[str, Any]:
    text = _sendable(message.text)
    if not message.media:
        return {"role": message.role, "content": text}
    parts = [{"type": "text", "text": text}] if text else []
    content: list[dict[str, Any]] = list(parts)
    for media in message.media:
        content += await _seen(media, images, blob)
    if all(part["type"] == "text" for part in content):
        return {"role": message.role, "content": "\n".join(part["text"] for part in content)}
    return {"role": message.role, "content": content}


async def _seen(media: Media, images: bool, blob: GetBlob) -> list[dict[str, Any]]:
    caption = [{"type": "text", "text": _sendable(media.caption)}] if media.caption else []
    if not images or not media.media_type.startswith("image/"):
        return [*caption]
    data = b64encode(await blob(media.ref)).decode("ascii")
    return [*caption, {"type": "image_url", "image_url": {"url": f"data:{media.media_type};base64,{data}"}}]
