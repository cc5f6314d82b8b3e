# mypy: allow-untyped-defs, allow-incomplete-defs, allow-untyped-calls
"""A small real HTTP server that speaks chat completions as it is told to, and counts."""

import asyncio
import json
from collections.abc import Callable, Mapping
from threading import Event, Thread
from typing import Any

from attrs import field, frozen

ACTIONS = {"actions": [{"action": "talk", "to": "all", "text": "Good morning!"}]}


@frozen(kw_only=True)
class Asked:
    """A request that came."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: Any


@frozen(kw_only=True)
class Reply:
    """What is sent back."""

    body: Any = b""
    """Bytes as they are, or something that becomes JSON."""
    status: int = 200
    headers: Mapping[str, str] = field(factory=dict)
    media_type: str = "application/json"
    delay: float = 0.0
    sent: int | None = None
    """So many bytes of the body, then the connection breaks; None for all."""
    closes: bool = False
    """The connection is closed after the answer."""
    silent: bool = False
    """The connection breaks before a word is said."""


def completion(text=None, *, finish="stop", usage=None, model="gpt-test-1", **message):
    """An answer as a provider writes it."""
    content = json.dumps(ACTIONS) if text is None else text
    return Reply(
        body={
            "id": "chatcmpl-1",
            "object": "chat.completion",
            "created": 1,
            "model": model,
            "choices": [
                {"index": 0, "finish_reason": finish, "message": {"role": "assistant", "content": content, **message}}
            ],
            "usage": {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120} if usage is None else usage,
        }
    )


def error(status, message, *, headers=None, **fields):
    """A refusal as a provider writes it."""
    return Reply(status=status, body={"error": {"message": message, **fields}}, headers=headers or {})


def nothing_else(asked):
    """What a server that knows no models list says."""
    return error(404, f"no {asked.path} here")


class SpeakingServer:
    """Runs in a thread until it is left. `answers` and `models` make a `Reply` of an `Asked`; they may be replaced."""

    def __init__(self):
        self.connections = 0
        self.asked: list[Asked] = []
        self.answers: Callable[[Asked], Reply] = lambda _: completion()
        self.models: Callable[[Asked], Reply] = nothing_else
        self.address = ""
        self._ready = Event()
        self._writers: set[asyncio.StreamWriter] = set()

    def replies(self, *replies):
        """Answer with these, one after the other; the last one for ever."""
        left = list(replies)
        self.answers = lambda _: left.pop(0) if len(left) > 1 else left[0]

    @property
    def chats(self):
        """The bodies of what was asked for as an answer."""
        return [each.body for each in self.asked if each.path.partition("?")[0].endswith("/chat/completions")]

    @property
    def looked(self):
        """How often somebody wanted the list of models."""
        return sum(each.path.endswith("/models") for each in self.asked)

    def __enter__(self):
        self._thread = Thread(target=lambda: asyncio.run(self._serve()), daemon=True)
        self._thread.start()
        self._ready.wait()
        return self

    def __exit__(self, *_):
        self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join()

    async def _serve(self):
        self._loop, self._end = asyncio.get_running_loop(), asyncio.Event()
        server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        host, port = server.sockets[0].getsockname()
        self.address = f"http://{host}:{port}/v1"
        self._ready.set()
        await self._end.wait()
        server.close()
        for writer in list(self._writers):
            writer.transport.abort()

    async def _accept(self, reader, writer):
        self.connections += 1
        self._writers.add(writer)
        try:
            while await self._answer_one(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            self._writers.discard(writer)
            writer.transport.abort()

    async def _answer_one(self, reader, writer):
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        method, path, _ = head[0].split(" ")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)}
        raw = await reader.readexactly(int(headers.get("content-length", 0)))
        asked = Asked(method=method, path=path, headers=headers, body=json.loads(raw) if raw else None)
        self.asked.append(asked)
        reply = (self.models if path.endswith("/models") else self.answers)(asked)
        await asyncio.sleep(reply.delay)
        return not reply.silent and await self._send(reply, writer)

    async def _send(self, reply, writer):
        body = reply.body if isinstance(reply.body, bytes) else json.dumps(reply.body).encode()
        headers = {"content-type": reply.media_type, "content-length": str(len(body)), **reply.headers}
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        writer.write(f"HTTP/1.1 {reply.status} Said\r\n{head}\r\n".encode("latin-1") + body[: reply.sent])
        await writer.drain()
        last = reply.closes or reply.sent is not None
        if last:
            writer.close()
            await writer.wait_closed()
        return not last
