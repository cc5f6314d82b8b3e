"""The mode `fixed`: the least work that gives a valid answer, always the same for the same schema."""

import json

from troupe_core.plugin import BadRequest, ChatRequest, JSONObject
from troupe_mock_llm.answering import Answering
from troupe_mock_llm.schema.chooser import Drawn
from troupe_mock_llm.schema.least import Least
from troupe_mock_llm.schema.sampler import Sampler
from troupe_mock_llm.streams import stream

__all__ = ["Fixed"]

_MOST_KEPT = 1024


class Fixed(Answering):
    """Knows a schema again by the object, then by its contents; keeps a bounded number of answers."""

    def __init__(self) -> None:
        self._by_object: dict[int, tuple[JSONObject, str]] = {}
        self._by_contents: dict[str, str] = {}

    async def answer(self, request: ChatRequest) -> str:
        """The least that fits the schema; one word where there is none."""
        schema = request.schema
        if schema is None:
            return "Understood."
        known = self._by_object.get(id(schema))
        if known is not None and known[0] is schema:
            return known[1]
        text = self._of_contents(schema)
        if len(self._by_object) >= _MOST_KEPT:
            self._by_object.clear()
        self._by_object[id(schema)] = (schema, text)
        return text

    def _of_contents(self, schema: JSONObject) -> str:
        contents = json.dumps(schema, sort_keys=True)
        if contents not in self._by_contents:
            if len(self._by_contents) >= _MOST_KEPT:
                self._by_contents.clear()
            sampler = Sampler(schema)
            try:
                least = sampler.sample(Least())
            except BadRequest:
                least = sampler.sample(Drawn(stream("fixed")))
            self._by_contents[contents] = json.dumps(least, ensure_ascii=False, separators=(",", ":"))
        return self._by_contents[contents]
