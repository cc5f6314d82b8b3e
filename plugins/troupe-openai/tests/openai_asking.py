# mypy: allow-untyped-defs, allow-incomplete-defs, allow-untyped-calls
"""A model that is opened, asked and closed, without a study around it."""

import asyncio
from contextlib import asynccontextmanager
from typing import Any

from troupe_openai.config import Config
from troupe_openai.model import OpenAILLM


class Lent:
    """The context of a part, with blobs from a table."""

    def __init__(self, **blobs):
        self.blobs = blobs

    async def get_blob(self, ref):
        return self.blobs[ref]


@asynccontextmanager
async def opened(server, context=None, **settings):
    """A model that asks this server."""
    model = OpenAILLM(Config(**{"model": "gpt-test", "base_url": server.address, **settings}))
    lent: Any = context or Lent()
    await model.open(lent)
    try:
        yield model
    finally:
        await model.close()


def asked_at_once(server, *requests, context=None, **settings):
    """The answers and errors to all these requests, asked at the same time, and what is known in the end."""

    async def together():
        async with opened(server, context, **settings) as model:
            return await asyncio.gather(*map(model.complete, requests), return_exceptions=True), model.info

    return asyncio.run(together())
