"""Reading pages of the web: what the providers that search it have in common."""

from asyncio import timeout

from troupe_core.plugin import in_thread, web_address
from troupe_web_search.config import Config
from troupe_web_search.fetching import Fetched, Fetcher
from troupe_web_search.page_text import HTML, title_and_text
from troupe_web_search.provider import NotReadable, Page, Provider

__all__ = ["WebProvider"]

_ACCEPT = f"{', '.join(HTML)}, text/*;q=0.9, */*;q=0.1"


class WebProvider(Provider):
    """A provider whose results are pages of the web."""

    def __init__(self, config: Config) -> None:
        self.config = config

    async def open(self) -> None:
        self.fetcher = Fetcher(
            seconds=self.config.timeout, most_bytes=self.config.page_bytes, user_agent=self.config.user_agent
        )

    async def close(self) -> None:
        await self.fetcher.close()

    async def read(self, address: str, *, allow_private: bool) -> Page:
        fetched = await self.fetcher.get(web_address(address), accept=_ACCEPT, allow_private=allow_private)
        _check(fetched.status)
        try:
            async with timeout(self.config.timeout):
                title, text = await in_thread(_text_of, fetched)
        except TimeoutError:
            raise NotReadable("is too tangled to be read") from None
        return Page(str(fetched.address), title, text)


def _text_of(fetched: Fetched) -> tuple[str, str]:
    return title_and_text(fetched.data, fetched.headers.get("content-type", ""))


def _check(status: int) -> None:
    if status in (404, 410):
        raise NotReadable("does not exist (any more)")
    if status in (401, 402, 403, 407, 451):
        raise NotReadable("is not for everybody to read")
    if status in (429, 503):
        raise NotReadable("is too busy to be read just now")
    if status >= 400 or status < 200:
        raise NotReadable(f"is not given: the server answers with status {status}")
