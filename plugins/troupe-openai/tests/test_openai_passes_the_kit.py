# mypy: allow-untyped-defs, allow-incomplete-defs, allow-untyped-calls
"""The model `openai` keeps what every model promises, against a real server of our own on loopback."""

import json
from contextlib import contextmanager
from typing import ClassVar

import pytest
from attrs import evolve
from speaking_server import Reply, SpeakingServer, completion, error

from troupe_core.testing import LLMConformance

TROUBLES = {
    "too many requests": error(429, "slow down", headers={"retry-after": "7"}),
    "no money left": error(429, "quota", code="insufficient_quota"),
    "overloaded": error(503, "busy"),
    "broken inside": error(500, "oh no"),
    "a wrong key": error(401, "who are you?"),
    "not allowed": error(403, "not you"),
    "a prompt too long": error(400, "too long", code="context_length_exceeded"),
    "a filter": error(400, "no", code="content_filter"),
    "not understood": error(422, "what?"),
    "no such model": error(404, "no such model", code="model_not_found"),
    "a page instead of an answer": Reply(body=b"<html>Welcome to the hotel</html>", media_type="text/html"),
    "no JSON": Reply(body=b"{"),
    "an answer without choices": Reply(body={"id": "1", "object": "chat.completion", "choices": []}),
    "half an answer": evolve(completion(), sent=20),
    "silence": Reply(silent=True),
}


def fitting(schema):
    """The simplest value of a schema."""
    if "enum" in schema:
        return schema["enum"][0]
    if "const" in schema:
        return schema["const"]
    if "anyOf" in schema:
        return fitting(schema["anyOf"][-1])
    if schema["type"] == "object":
        return {name: fitting(each) for name, each in schema["properties"].items()}
    return {"string": "word", "integer": 1, "number": 0.5, "boolean": True, "array": [], "null": None}[schema["type"]]


def well_behaved(asked):
    """What a provider answers that holds answers to schemas and samples with a seed."""
    form = asked.body.get("response_format")
    said = f"Seed {asked.body['seed']}." if form is None else json.dumps(fitting(form["json_schema"]["schema"]))
    return completion(said)


@pytest.fixture(autouse=True)
def _provider(request, server):
    """The server is there before the kit makes a model that asks it."""
    server.answers = well_behaved
    request.cls.server = server


class TestOpenAI(LLMConformance):
    component = "openai"

    server: ClassVar[SpeakingServer]

    def table(self):
        return {"model": "gpt-test", "base_url": self.server.address, "context_tokens": 100_000}

    def sent(self):
        return len(self.server.chats)

    def troubles(self):
        return {name: lambda reply=reply: self.answering(lambda _: reply) for name, reply in TROUBLES.items()}

    def slow(self):
        return self.answering(lambda asked: evolve(well_behaved(asked), delay=60))

    @contextmanager
    def answering(self, answers):
        self.server.answers = answers
        yield
        self.server.answers = well_behaved
