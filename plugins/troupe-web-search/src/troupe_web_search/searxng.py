"""Searching with a SearXNG of one's own, by its JSON."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from troupe_core.plugin import ConfigError, Refusal, WebAddress, web_address
from troupe_web_search.config import Config
from troupe_web_search.fetching import Fetched
from troupe_web_search.provider import Found, NotReadable, ProviderDown
from troupe_web_search.results import found_in
from troupe_web_search.web_pages import WebProvider

__all__ = ["SearXNG"]

_SAFE = {"off": 0, "moderate": 1, "strict": 2}


class SearXNG(WebProvider):
    """Asks ``/search?format=json``. Where it is, the study says: it may be on this machine."""

    def __init__(self, config: Config) -> None:
        super().__init__(config)
        self._base = _base(config)

    async def search(self, query: str, most: int) -> Sequence[Found]:
        asked = {
            "q": query,
            "format": "json",
            "language": self.config.language,
            "safesearch": _SAFE[self.config.safe_search],
        }
        address = self._base._replace(target=f"{self._base.target.rstrip('/')}/search?{urlencode(asked)}")
        try:
            fetched = await self.fetcher.get(address, accept="application/json", allow_private=True, detours=0)
        except NotReadable as problem:
            raise self._down(f"it {problem.what}") from None
        except Refusal as problem:
            raise self._down(problem.what) from None
        return found_in(self._results(fetched), most, address="url", title="title", excerpt="content")

    def _results(self, fetched: Fetched) -> Sequence[Mapping[str, Any]]:
        if fetched.status == 403:
            raise self._down(
                "it answers with status 403, as SearXNG does where it may not answer in JSON",
                'In its settings.yml, list json: "search: { formats: [html, json] }".',
            )
        if fetched.status != 200:
            raise self._down(f"it answers with status {fetched.status}")
        try:
            answer = json.loads(fetched.data)
        except (ValueError, RecursionError):
            raise self._down("what it answers is no JSON") from None
        results = answer.get("results") if isinstance(answer, dict) else None
        if not isinstance(results, list) or not all(isinstance(each, dict) for each in results):
            raise self._down('what it answers has no list of "results"')
        return results

    def _down(self, what: str, remedy: str = "See whether it runs there, and look at base_url.") -> ProviderDown:
        return ProviderDown(what, where=f"SearXNG at {self._base}", remedy=remedy)


def _base(config: Config) -> WebAddress:
    if config.base_url is None:
        raise ConfigError(
            'provider = "searxng" needs to know where it is',
            where="web-search",
            remedy='Write base_url = "http://127.0.0.1:8888", or where yours is.',
        )
    try:
        base = web_address(config.base_url)
    except Refusal as refused:
        raise ConfigError(f"base_url: {refused.what}", where="web-search", remedy=refused.remedy) from None
    if "?" in base.target:
        remedy = "Write only where it is, such as http://127.0.0.1:8888."
        raise ConfigError("base_url: there is a question in it", where="web-search", remedy=remedy)
    return base
