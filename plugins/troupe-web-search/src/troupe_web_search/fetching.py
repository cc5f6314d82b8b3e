"""Fetching over the web: within a time and a size, and only from where the guard lets us."""

import ssl
from asyncio import timeout
from collections.abc import Mapping
from urllib.parse import urljoin

import httpx
from attrs import frozen

from troupe_core.plugin import WebAddress, web_address
from troupe_web_search.guarded_transport import ALLOW_PRIVATE, GuardedTransport, LookUp
from troupe_web_search.provider import NotReadable
from troupe_web_search.unpacking import Unpacking

__all__ = ["Fetched", "Fetcher"]

_DETOURS = frozenset({301, 302, 303, 307, 308})


@frozen
class Fetched:
    """What a server answered."""

    address: WebAddress
    status: int
    headers: Mapping[str, str]
    data: bytes
    """Unpacked; empty where the status is an error's."""


class Fetcher:
    """Fetches one thing at a time for as many as ask. It keeps no cookie and no connection, and uses no proxy."""

    def __init__(
        self,
        *,
        seconds: float,
        most_bytes: int,
        user_agent: str,
        verify: ssl.SSLContext | bool = True,
        look_up: LookUp | None = None,
    ) -> None:
        self._seconds = seconds
        self._most_bytes = most_bytes
        # The transport itself, without httpx's client: no cookies, and no opinion on where a detour leads.
        self._transport = GuardedTransport(verify=verify, look_up=look_up)
        self._headers = {"User-Agent": user_agent, "Accept-Encoding": "gzip, deflate"}
        self._patience = httpx.Timeout(seconds, connect=seconds / 2).as_dict()

    async def close(self) -> None:
        """Close what is open."""
        await self._transport.aclose()

    async def get(self, address: WebAddress, *, accept: str, allow_private: bool, detours: int = 5) -> Fetched:
        """What is at `address`, or where it leads to; each place on the way is checked.

        Raises `Refusal` for an address that may not be asked, `NotReadable` where nothing usable comes.
        """
        try:
            async with timeout(self._seconds):
                return await self._following(address, accept, allow_private, detours)
        except (TimeoutError, httpx.TimeoutException):
            raise NotReadable(f"is not there, whole, after {self._seconds:g} seconds") from None
        except (httpx.ConnectError, ssl.SSLError) as problem:
            raise NotReadable(_unreached(problem)) from None
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError):
            raise NotReadable("broke off, or does not speak HTTP") from None

    async def _following(self, address: WebAddress, accept: str, allow_private: bool, detours: int) -> Fetched:
        for _ in range(detours + 1):
            answer = await self._one(address, accept, allow_private)
            if isinstance(answer, Fetched):
                return answer
            address = answer
        raise NotReadable(
            "leads from one address to the next without an end" if detours else "leads to another address"
        )

    async def _one(self, address: WebAddress, accept: str, allow_private: bool) -> Fetched | WebAddress:
        headers = {**self._headers, "Accept": accept}
        extensions = {"timeout": self._patience, ALLOW_PRIVATE: allow_private}
        request = httpx.Request("GET", str(address), headers=headers, extensions=extensions)
        answer = await self._transport.handle_async_request(request)
        try:
            where = answer.headers.get("location")
            if answer.status_code in _DETOURS and where:
                return _joined(address, where)
            data = b"" if answer.status_code >= 400 else await self._body(answer)
            return Fetched(address, answer.status_code, answer.headers, data)
        finally:
            await answer.aclose()

    async def _body(self, answer: httpx.Response) -> bytes:
        said = answer.headers.get("content-length", "")
        if said.isdecimal() and said.isascii() and len(said) < 20 and int(said) > self._most_bytes:
            raise NotReadable(f"is larger than {self._most_bytes} bytes")
        unpacking = Unpacking(answer.headers.get("content-encoding", "").strip().lower(), self._most_bytes)
        async for piece in answer.aiter_raw():
            unpacking.add(piece)
        return bytes(unpacking.data)


def _joined(address: WebAddress, where: str) -> WebAddress:
    try:
        return web_address(urljoin(str(address), where.strip()))
    except ValueError:
        raise NotReadable("leads to an address that is none") from None


def _unreached(problem: Exception) -> str:
    if "CERTIFICATE_VERIFY_FAILED" in str(problem):
        return "does not prove that it is who it says it is: its certificate is not good"
    return "cannot be reached: nobody answers there"
