"""For each test of the kit for models, a model that breaks this one promise."""

import asyncio
import json
from contextlib import contextmanager
from typing import Any

from attrs import evolve
from kits.culprits import kits_of

from troupe_core.plugin import LLM, BadRequest, ChatResponse, ContextTooLong, LLMError, LLMInfo, Overloaded, Usage
from troupe_core.testing import LLMConformance

__all__ = ["BROKEN", "GOOD", "KIT"]


class Provider:
    """What a model asks: it counts, and may be in trouble or slow."""

    def __init__(self):
        self.sent, self.trouble, self.slow = 0, False, False


PROVIDER = Provider()


class KIT(LLMConformance):
    """The kit, with a provider that can be made to fail."""

    __test__ = False

    def sent(self):
        return PROVIDER.sent

    def troubles(self):
        return {"busy": lambda: _set("trouble")}

    def slow(self):
        return _set("slow")


@contextmanager
def _set(name):
    setattr(PROVIDER, name, True)
    try:
        yield
    finally:
        setattr(PROVIDER, name, False)


class Timeout(Exception):
    """What a client raises."""


class GoodLLM(LLM):
    """Answers with the simplest that fits."""

    info: Any = LLMInfo(context_tokens=30_000, json_schema="strict", seed=True)

    async def complete(self, request):
        if sum(len(each.text) for each in request.messages) > 100_000:
            raise ContextTooLong("too much to read")
        try:
            text = await self.ask(request)
        except Timeout as fault:
            raise Overloaded("busy") from fault
        return self.respond(request, text)

    async def ask(self, request):
        PROVIDER.sent += 1
        await asyncio.sleep(30 if PROVIDER.slow else 0)
        if PROVIDER.trouble:
            raise Timeout
        return json.dumps(_fitting(request.schema)) if request.schema else f"It rains: {request.seed}."

    def respond(self, request, text):
        return ChatResponse(text=text, usage=Usage(prompt_tokens=5, completion_tokens=1), model="good")


def _fitting(schema):
    if "enum" in schema:
        return schema["enum"][0]
    if "anyOf" in schema:
        return _fitting(schema["anyOf"][-1])
    kinds = {"string": "x", "integer": 1, "number": 1.5, "boolean": True, "null": None, "array": []}
    if schema.get("type") == "object":
        return {name: _fitting(each) for name, each in schema["properties"].items()}
    return schema["const"] if "const" in schema else kinds[schema["type"]]


GOOD = GoodLLM


class SaysNothingOfItself(GoodLLM):
    info = LLMInfo(context_tokens=0, json_schema="strict", seed=True)


class FindsOutLateWhatItReads(GoodLLM):
    async def complete(self, request):
        self.info = evolve(GoodLLM.info, context_tokens=1000)
        return await super().complete(request)


class AnswersWithText(GoodLLM):
    def respond(self, request, text):
        return text


class CountsBackwards(GoodLLM):
    def respond(self, request, text):
        return evolve(super().respond(request, text), usage=Usage(prompt_tokens=-1))


class TakesSchemasLightly(GoodLLM):
    async def ask(self, request):
        text = await super().ask(request)
        return text.replace('"sure": true', '"sure": "yes"')


class HasMoods(GoodLLM):
    mood = 0

    async def ask(self, request):
        self.mood += 1
        return await super().ask(request) + (f" {self.mood}" if not request.schema else "")


class MixesUp(GoodLLM):
    async def complete(self, request):
        self.request = request
        await asyncio.sleep(0)
        return await super().complete(self.request)


class ChokesOnHalfCharacters(GoodLLM):
    async def ask(self, request):
        for each in request.messages:
            each.text.encode()
        return await super().ask(request)


class WritesIntoTheSchema(GoodLLM):
    async def ask(self, request):
        if request.schema:
            request.schema["title"] = "answer"
        return await super().ask(request)


class LetsItsClientsErrorsOut(GoodLLM):
    async def complete(self, request):
        if PROVIDER.trouble:
            PROVIDER.sent += 1
            raise Timeout
        return await super().complete(request)


class RaisesNothingInParticular(GoodLLM):
    async def complete(self, request):
        try:
            return await super().complete(request)
        except Overloaded as fault:
            raise LLMError("something") from fault


class TriesAgain(GoodLLM):
    async def complete(self, request):
        try:
            return await super().complete(request)
        except Overloaded:
            return await super().complete(request)


class RemembersAnswers(GoodLLM):
    def __init__(self):
        self.known = {}

    async def complete(self, request):
        key = str(request)
        if key not in self.known:
            self.known[key] = await super().complete(request)
        return self.known[key]


class IsNeverCancelled(GoodLLM):
    async def complete(self, request):
        try:
            return await super().complete(request)
        except asyncio.CancelledError:
            raise BadRequest("cancelled") from None


BROKEN = {
    "test_it_says_what_it_can_do": SaysNothingOfItself,
    "test_what_it_said_it_can_do_stays": FindsOutLateWhatItReads,
    "test_it_gives_one_answer": AnswersWithText,
    "test_what_it_took_is_counted": CountsBackwards,
    "test_it_keeps_to_a_schema_where_it_says_so": TakesSchemasLightly,
    "test_the_same_seed_gives_the_same_answer_where_it_says_so": HasMoods,
    "test_many_requests_at_once_are_not_mixed_up": MixesUp,
    "test_long_and_strange_texts_are_answered_or_refused": ChokesOnHalfCharacters,
    "test_the_request_stays_as_it_is": WritesIntoTheSchema,
    "test_what_goes_wrong_is_one_of_the_six_errors": LetsItsClientsErrorsOut,
    "test_it_does_not_try_again": TriesAgain,
    "test_it_keeps_no_answers": RemembersAnswers,
    "test_being_cancelled_passes_through": IsNeverCancelled,
}

globals().update(kits_of(KIT, [GOOD, *BROKEN.values(), RaisesNothingInParticular], __test__=True))
