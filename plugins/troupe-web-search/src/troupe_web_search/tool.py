"""The tool `web-search`: what agents can do with it, and how they are told what came of it."""

from collections.abc import Sequence
from typing import ClassVar, Literal

from attrs import evolve

from troupe_core.plugin import (
    ActionSpec,
    AgentId,
    Context,
    Outcome,
    Refusal,
    Tool,
    Turn,
    action,
    clipped,
    plain_text,
)
from troupe_web_search.config import Config
from troupe_web_search.provider import Found, NotReadable, Provider, ProviderDown, one_line

__all__ = ["WebSearch"]

_LONGEST_QUERY = 300


class WebSearch(Tool):
    """Searches and reads. It has no state: what it brings in is kept in the run."""

    reach: ClassVar[Literal["self", "holders", "everyone"]] = "self"

    def __init__(self, config: Config) -> None:
        self._config = config
        self._provider = _provider(config)
        capability = None if config.provider == "corpus" else "network"
        self._specs = tuple(evolve(each.spec, capability=capability) for each in self.declared_actions.values())

    async def open(self, context: Context) -> None:
        self._context = context
        await self._provider.open()

    async def close(self) -> None:
        await self._provider.close()

    def actions(self, agent: AgentId) -> Sequence[ActionSpec]:
        return self._specs

    @action(effect="read")
    async def web_search(self, turn: Turn, query: str) -> Outcome:
        """Search for pages about something.

        Args:
            query: A few words.
        """
        sought = " ".join(plain_text(query).split())
        if not sought:
            raise Refusal("Search for what? Give a few words.")
        if len(sought) > _LONGEST_QUERY:
            raise Refusal(f"That is too long to search for: give a few words, at most {_LONGEST_QUERY} characters.")
        try:
            found = await self._provider.search(sought, self._config.results)
        except ProviderDown as down:
            text = "The search does not answer just now. Go on without it, or try again later."
            return Outcome(status="failed", text=text, problem=one_line(f"{type(down).__name__}: {down}", 500))
        if not found:
            return Outcome(text=f'Nothing was found for "{sought}". Try fewer or other words.')
        return Outcome(text=_told(sought, found), trusted=False)

    @action(effect="read")
    async def read_page(self, turn: Turn, address: str) -> Outcome:
        """Read a page that a search found.

        Args:
            address: The address of the page, as the search gave it.
        """
        if not address.strip():
            raise Refusal("Read which page? Give an address that a search found.")
        allow_private = self._context.granted("network.private", turn.agent)
        try:
            page = await self._provider.read(address, allow_private=allow_private)
        # Where a page leads to and why it cannot be read, a stranger's server has a say in.
        except Refusal as refusal:
            return Outcome(status="refused", text=str(refusal), trusted=False)
        except NotReadable as problem:
            text = f"{one_line(address, 200)} {problem.what}. Try another page."
            return Outcome(status="failed", text=text, trusted=False)
        head = f"{page.title} ({page.address})" if page.title else page.address
        return Outcome(text=f"{head}\n{clipped(plain_text(page.text), self._config.page_characters)}", trusted=False)


def _provider(config: Config) -> Provider:
    """The one that the study names, and no library of another."""
    if config.provider == "corpus":
        from troupe_web_search.corpus import Corpus

        return Corpus(config)
    if config.provider == "searxng":
        from troupe_web_search.searxng import SearXNG

        return SearXNG(config)
    from troupe_web_search.live_web import LiveWeb

    return LiveWeb(config)


def _told(query: str, found: Sequence[Found]) -> str:
    lines = [f"{number}. {each.title} ({each.address}): {each.excerpt}" for number, each in enumerate(found, 1)]
    return "\n".join([f'Found for "{query}":', *lines])
