"""Connections of httpx that go only where the guard lets them: checked and dialled by number, each one anew."""

import ssl
from collections.abc import Awaitable, Callable, Sequence

import httpx

from troupe_core.plugin import checked_addresses

__all__ = ["ALLOW_PRIVATE", "GuardedTransport", "LookUp"]

ALLOW_PRIVATE = "troupe.allow_private"
"""The extension of a request that opens private networks to it."""

LookUp = Callable[[str, int], Awaitable[Sequence[str]]]
"""From a host and a port to numbers."""

_PORTS = {"http": 80, "https": 443}


class GuardedTransport(httpx.AsyncBaseTransport):
    """Looks a host up, checks it, and dials the number; the server is still asked, and certified, by its name."""

    def __init__(self, *, verify: ssl.SSLContext | bool = True, look_up: LookUp | None = None) -> None:
        # No connection is kept: under one number there may be many names, each with a certificate of its own.
        alone = httpx.Limits(max_keepalive_connections=0)
        self._dialling = httpx.AsyncHTTPTransport(verify=verify, trust_env=False, limits=alone)
        self._look_up = look_up

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Raises `Refusal` for a host that may not be connected to, and what httpx raises."""
        host = request.url.raw_host.decode("ascii")
        port = request.url.port or _PORTS[request.url.scheme]
        allow_private = bool(request.extensions.get(ALLOW_PRIVATE))
        unreached: httpx.TransportError = httpx.ConnectError("there is no address")
        for number in await checked_addresses(host, port, allow_private=allow_private, resolve=self._look_up):
            try:
                return await self._dialling.handle_async_request(_by_number(request, host, number))
            except (httpx.ConnectError, httpx.ConnectTimeout) as problem:
                unreached = problem
        raise unreached

    async def aclose(self) -> None:
        await self._dialling.aclose()


def _by_number(request: httpx.Request, host: str, number: str) -> httpx.Request:
    """The same request to a number. Its header ``Host`` stands already, and TLS is told the name."""
    return httpx.Request(
        request.method,
        request.url.copy_with(host=number),
        headers=request.headers,
        stream=request.stream,
        extensions={**request.extensions, "sni_hostname": host},
    )
