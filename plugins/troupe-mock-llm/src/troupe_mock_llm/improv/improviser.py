"""The mode `improv`."""

import json

from troupe_core.plugin import ChatRequest

from troupe_mock_llm.answering import Answering
from troupe_mock_llm.schema.chooser import Drawn
from troupe_mock_llm.schema.sampler import Sampler
from troupe_mock_llm.streams import stream

__all__ = ["Improviser"]


class Improviser(Answering):
    """Makes answers up."""

    async def answer(self, request: ChatRequest) -> str:
        """An answer that fits the schema."""
        if request.schema is None:
            return "I would have to think about that."
        return json.dumps(Sampler(request.schema).sample(Drawn(stream(request.seed, "schema"))), ensure_ascii=False)
