"""A server of the OpenAI protocol that answers at once, always the same: ``python -m benchmarks.instant_server``.

It prints its address, and counts what reaches it: ``GET /counts``. Connections are kept open, as providers do.
"""

import asyncio
import json
from typing import Any

__all__ = ["main"]

DECISION = {"actions": [{"action": "talk", "to": "all", "text": "I would like to think about that for a moment."}]}
COMPLETION = {
    "id": "instant",
    "object": "chat.completion",
    "created": 0,
    "model": "instant",
    "choices": [
        {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": json.dumps(DECISION)}}
    ],
    "usage": {"prompt_tokens": 1500, "completion_tokens": 25, "total_tokens": 1525},
}


class Counts:
    """What reached the server."""

    def __init__(self) -> None:
        self.connections = 0
        self.requests = 0
        self.body_bytes: list[int] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, request after request."""
        counted = False
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                body = await reader.readexactly(_length(head))
                if head.startswith(b"POST") and b"/chat/completions" in head.partition(b"\r\n")[0]:
                    self.connections += not counted
                    counted = True
                    self.requests += 1
                    self.body_bytes.append(len(body))
                    writer.write(_response(200, COMPLETION))
                elif head.startswith(b"GET /counts"):
                    writer.write(_response(200, vars(self)))
                else:
                    writer.write(_response(404, {"error": {"message": "not here"}}))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    return 0


def _response(status: int, content: Any) -> bytes:
    body = json.dumps(content).encode()
    head = f"HTTP/1.1 {status} -\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
    return head.encode() + body


async def main() -> None:
    """Serve until killed."""
    server = await asyncio.start_server(Counts().serve, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
