# mypy: allow-untyped-defs, allow-incomplete-defs, allow-untyped-calls
"""Using the tool as a run does, without a run."""

import asyncio
from typing import Any

from attrs import frozen
from troupe_web_search.config import Config
from troupe_web_search.tool import WebSearch

from troupe_core.plugin import ActionCall, AgentId, Outcome, Refusal

__all__ = ["read", "search", "use"]


@frozen
class Lent:
    """What a run lends to the tool: it is granted what stands here."""

    grants: tuple[str, ...] = ()

    def granted(self, capability, agent):
        return capability in self.grants


@frozen
class OneTurn:
    """A turn of Ann's."""

    agent: str = "Ann"


def use(config, *calls, grants=("network", "network.private"), once_open=lambda: None):
    """What comes of each call, ``(action, arguments)``, one after the other."""

    async def using():
        tool = WebSearch(Config(**config))
        lent: Any = Lent(grants)
        await tool.open(lent)
        once_open()
        try:
            return [await _outcome(tool, *call) for call in calls]
        finally:
            await tool.close()

    return asyncio.run(using())


def search(config, query, **more):
    """What comes of one search."""
    return use(config, ("web_search", {"query": query}), **more)[0]


def read(config, address, **more):
    """What comes of reading one page."""
    return use(config, ("read_page", {"address": address}), **more)[0]


async def _outcome(tool, action, arguments):
    try:
        return await tool.act(ActionCall(AgentId("Ann"), action, arguments), OneTurn())
    except Refusal as refusal:
        return Outcome(status="refused", text=str(refusal))
