"""Searching the live web with the package `ddgs`, which asks several search engines."""

from asyncio import timeout
from collections.abc import Sequence
from importlib.util import find_spec
from math import ceil
from typing import Any

from troupe_core.plugin import ConfigError, in_thread
from troupe_web_search.config import Config
from troupe_web_search.provider import Found, ProviderDown
from troupe_web_search.results import found_in
from troupe_web_search.web_pages import WebProvider

__all__ = ["LiveWeb"]

_SAFE = {"off": "off", "moderate": "moderate", "strict": "on"}
_NOTHING = "No results found"
_REMEDY = 'Try again later, or use another provider: "corpus" needs no network, "searxng" is your own.'


class LiveWeb(WebProvider):
    """Asks whichever engines `ddgs` chooses: two searches for the same need not find the same."""

    def __init__(self, config: Config) -> None:
        super().__init__(config)
        if find_spec("ddgs") is None:
            raise ConfigError(
                'provider = "ddgs" needs the package ddgs, which is not installed',
                where="web-search",
                remedy="Install it: python -m pip install 'troupe-web-search[ddgs]'",
            )

    async def search(self, query: str, most: int) -> Sequence[Found]:
        from ddgs.exceptions import DDGSException

        try:
            async with timeout(self.config.timeout):
                results = await in_thread(self._asked, query, most)
        except DDGSException as problem:
            if str(problem).startswith(_NOTHING):
                return ()
            raise ProviderDown(f"{type(problem).__name__}: {problem}", where="ddgs", remedy=_REMEDY) from None
        except TimeoutError:
            what = f"no search engine answered within {self.config.timeout:g} seconds"
            raise ProviderDown(what, where="ddgs", remedy=_REMEDY) from None
        return found_in(results, most, address="href", title="title", excerpt="body")

    def _asked(self, query: str, most: int) -> Sequence[dict[str, Any]]:
        from ddgs import DDGS

        with DDGS(timeout=ceil(self.config.timeout)) as engines:
            return engines.text(
                query, region=self.config.region, safesearch=_SAFE[self.config.safe_search], max_results=most
            )
