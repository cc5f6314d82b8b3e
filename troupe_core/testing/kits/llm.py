"""The kit for models: each sentence of `LLM`, as a test.

A provider fails when it likes. So that a kit can try it, its author says how to make it fail, and how to count what was
sent: against a small server of one's own, or a client with a transport of one's own.
"""

import asyncio
import json
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from copy import deepcopy
from math import isfinite
from typing import Any, TypeAlias

import pytest
from attrs import asdict

from troupe_core.errors import (
    AuthFailed,
    BadRequest,
    ContextTooLong,
    LLMError,
    Overloaded,
    RateLimited,
    Refused,
)
from troupe_core.testing.conformance import Conformance
from troupe_core.testing.trying.kit_versions import added_in
from troupe_core.testing.trying.llm_forms import FORMS, STRANGE, form, keeps_to, read_json
from troupe_core.testing.trying.resting import rests_on
from troupe_core.values.chat import ChatRequest, ChatResponse, LLMInfo, Message
from troupe_core.values.ids import AgentId

__all__ = ["LLMConformance", "Trouble"]

_SIX = (RateLimited, Overloaded, ContextTooLong, Refused, AuthFailed, BadRequest)

Trouble: TypeAlias = Callable[[], AbstractContextManager[Any]]
"""Makes a context in which the provider is in trouble."""


class LLMConformance(Conformance):
    """Derive a class whose name begins with ``Test``; set `component`, or `factory`, and `config`.

    A model that asks a provider says in `troubles` and `sent` how that can be made to fail, and how often it was asked;
    without them what promises speak of that is not tried.
    """

    kind = "llm"

    def troubles(self) -> Mapping[str, Trouble]:
        """What can go wrong at the provider, each a context: ``{"overloaded": lambda: answers_with(503)}``."""
        return {}

    def sent(self) -> int | None:
        """How many requests for an answer the provider has got so far; None where that cannot be counted."""
        return None

    def slow(self) -> AbstractContextManager[Any] | None:
        """A context in which no answer comes for a minute; None where an answer takes no time anyway."""
        return None

    def request(self, text: str = "It rains. What do you do?", **more: Any) -> ChatRequest:
        """A request of Ann's turn. Override it where the model answers only some requests."""
        messages = (Message("system", "You are Ann.\n\nYou can: talk(to, text), wait()"), Message("user", text))
        settings = {"seed": 11, "agent": AgentId("Ann"), **more}
        return ChatRequest(messages=messages, **settings)

    async def exercise(self, part: Any) -> None:
        await part.complete(self.request())
        await part.complete(self.request(schema=form(FORMS["actions of a turn"])))

    async def traces(self, part: Any) -> Any:
        return asdict(part.info)

    # ── What it can ──────────────────────────────────────────────────────────────────────────────────────────

    @added_in("0.1")
    def test_it_says_what_it_can_do(self) -> None:
        """`info` says what the model can do, as far as that is known after `open`."""

        async def story(llm: Any) -> Any:
            return llm.info

        info = self.tried(story)
        known = isinstance(info, LLMInfo) and info.json_schema in ("strict", "json", "none")
        self.promise(
            known and info.context_tokens > 0,
            seen=f"info = {info!r}",
            change="set `info` to an LLMInfo in __init__ or `open`: how many tokens it reads, whether it holds answers "
            "to a schema, takes pictures, samples with a seed.",
        )

    @added_in("0.1")
    @rests_on("test_it_says_what_it_can_do")
    def test_what_it_said_it_can_do_stays(self) -> None:
        """Only whether it keeps to schemas, and whether it takes a seed, may change after `open`: nothing else."""

        async def story(llm: Any) -> tuple[Any, Any]:
            before = llm.info
            await self.exercise(llm)
            return before, llm.info

        before, after = self.tried(story)
        self.promise(
            (before.context_tokens, before.images) == (after.context_tokens, after.images),
            seen=f"after opening {before!r}, after two answers {after!r}",
            change="find out in `open` how much it reads and whether it takes pictures, or leave it to a setting: "
            "people are made ready for it before the first step.",
        )

    # ── What it answers ──────────────────────────────────────────────────────────────────────────────────────

    @added_in("0.1")
    def test_it_gives_one_answer(self) -> None:
        """`complete` gives one answer: its text, whether it ended by itself, and which model gave it."""

        async def story(llm: Any) -> Any:
            return await llm.complete(self.request())

        answer: Any = self.tried(story)
        self.promise(
            isinstance(answer, ChatResponse) and _is_whole(answer),
            seen=repr(answer)[:300],
            change='return ChatResponse(text=…, finish="stop" or "length", model=…).',
        )

    @added_in("0.1")
    @rests_on("test_it_gives_one_answer")
    def test_what_it_took_is_counted(self) -> None:
        """What an answer cost is told with it: tokens and dollars, none of them negative."""

        async def story(llm: Any) -> Any:
            return (await llm.complete(self.request())).usage

        usage = self.tried(story)
        tokens = [getattr(usage, name, None) for name in ("prompt_tokens", "completion_tokens")]
        dollars = getattr(usage, "dollars", None)
        self.promise(
            all(isinstance(each, int) and each >= 0 for each in tokens)
            and isinstance(dollars, int | float)
            and isfinite(dollars)
            and dollars >= 0,
            seen=repr(usage),
            change="give Usage whole numbers of tokens and a finite number of dollars; 0 for what is not known. "
            "Budgets end runs by them.",
        )

    @added_in("0.1")
    @rests_on("test_it_gives_one_answer", "test_it_says_what_it_can_do")
    def test_it_keeps_to_a_schema_where_it_says_so(self) -> None:
        """Where ``info.json_schema`` is ``strict``, an answer fits the schema of its request; where it is ``json``,
        it is JSON.
        """

        async def story(llm: Any) -> list[tuple[str, str, str]]:
            told = []
            for name, fields in FORMS.items():
                answer = await llm.complete(self.request(schema=form(fields)))
                told.append((name, answer.text, llm.info.json_schema))
            return told

        told = self.tried(story)
        wrong = [f"{name}: {text[:200]!r}" for name, text, kept in told if not keeps_to(text, form(FORMS[name]), kept)]
        self.promise(
            not wrong,
            seen=f"info.json_schema is {told[-1][2]!r}; answers that do not fit: {'; '.join(wrong)}",
            change="hand the schema to the provider in its own words for structured output; where it does not hold "
            'answers to it, say json_schema="json" or "none": answers are then checked and mended.',
        )

    @added_in("0.1")
    @rests_on("test_it_gives_one_answer", "test_it_says_what_it_can_do")
    def test_the_same_seed_gives_the_same_answer_where_it_says_so(self) -> None:
        """Where ``info.seed`` is true, the same request with the same seed is answered the same."""

        async def story(llm: Any) -> list[str]:
            answers = [(await llm.complete(self.request(seed=seed))).text for seed in (5, 6, 5)]
            return [answers[0], answers[2]] if llm.info.seed else []

        told = self.tried(story)
        if not told:
            pytest.skip("it does not sample with a seed")
        self.promise(
            told[0] == told[1],
            seen=f"seed 5 was answered {told[0][:200]!r}, and later {told[1][:200]!r}",
            change="hand request.seed on, and draw from it alone where chance is one's own; or say seed=False.",
        )

    @added_in("0.1")
    @rests_on("test_it_gives_one_answer", "test_it_keeps_to_a_schema_where_it_says_so")
    def test_many_requests_at_once_are_not_mixed_up(self) -> None:
        """Many may be asked at the same time: each gets its own answer."""

        async def story(llm: Any) -> tuple[str, list[tuple[str, str]]]:
            requests = [self.request(f"Say {n}.", seed=n, schema=form({"number": {"enum": [n]}})) for n in range(12)]
            await llm.complete(requests[0])
            together = await asyncio.gather(*map(llm.complete, requests))
            if llm.info.json_schema == "strict":
                return "strict", [(json.dumps({"number": n}), each.text) for n, each in enumerate(together)]
            alone = [await llm.complete(each) for each in requests] if llm.info.seed else []
            return "", [(one.text, other.text) for one, other in zip(alone, together, strict=False)]

        kept, told = self.tried(story)
        if not told:
            pytest.skip("neither schema nor seed tells its answers apart")
        mixed = [pair for pair in told if (read_json(pair[0]) != read_json(pair[1]) if kept else pair[0] != pair[1])]
        self.promise(
            not mixed,
            seen=f"of {len(told)} asked at once, {len(mixed)} got another answer: {mixed[:2]!r} (wanted, got)",
            change="keep nothing of a request on `self`: everything about it stays in local names of `complete`.",
        )

    @added_in("0.1")
    @rests_on("test_it_gives_one_answer")
    def test_long_and_strange_texts_are_answered_or_refused(self) -> None:
        """Whatever stands in a request, it is answered, or one of the six errors is raised."""

        async def story(llm: Any) -> list[str]:
            told = [await _came_of(llm, name, self.request(text)) for name, text in STRANGE.items()]
            return [each for each in told if each is not None]

        told = self.tried(story)
        self.promise(
            not told,
            seen="; ".join(told),
            change="send text as UTF-8 with errors='replace', and raise ContextTooLong for what is too long, "
            "BadRequest for what cannot be sent.",
        )

    @added_in("0.1")
    def test_the_request_stays_as_it_is(self) -> None:
        """Values are frozen: neither the request nor its schema is changed by asking."""
        request = self.request(schema=form(FORMS["actions of a turn"]))
        before = deepcopy(request.asked())

        async def story(llm: Any) -> None:
            await llm.complete(request)

        self.tried(story)
        self.promise(
            request.asked() == before,
            seen=f"the request was {before!r} before it was asked, and is {request.asked()!r}"[:500],
            change="make a new table of what the provider wants: schemas are shared by all agents of a run.",
        )

    # ── What goes wrong ──────────────────────────────────────────────────────────────────────────────────────

    @added_in("0.1")
    @rests_on("test_it_gives_one_answer")
    def test_what_goes_wrong_is_one_of_the_six_errors(self) -> None:
        """`complete` raises `RateLimited`, `Overloaded`, `ContextTooLong`, `Refused`, `AuthFailed`, `BadRequest`,
        and nothing else.
        """
        troubles = self.troubles()
        if not troubles:
            pytest.skip("its kit says of no trouble: override `troubles`")

        async def story(llm: Any) -> list[str]:
            told = []
            for name, trouble in troubles.items():
                with trouble():
                    told.append(await _came_of(llm, name, self.request()))
            return [each for each in told if each is not None]

        told = self.tried(story)
        self.promise(
            not told,
            seen="; ".join(told),
            change="catch what the client raises, and raise one of the six from it: RateLimited and Overloaded are "
            "tried again, AuthFailed and BadRequest end the run, the others cost one turn.",
        )

    @added_in("0.1")
    def test_it_does_not_try_again(self) -> None:
        """A model has no retry of its own: whatever goes wrong, the provider is asked once for each `complete`."""
        troubles = self.troubles()
        if not troubles or self.sent() is None:
            pytest.skip("its kit says of no trouble, or cannot count: override `troubles` and `sent`")

        async def story(llm: Any) -> dict[str, int]:
            counted = {}
            await llm.complete(self.request())
            for name, trouble in troubles.items():
                with trouble():
                    before = self.sent() or 0
                    await asyncio.gather(llm.complete(self.request()), return_exceptions=True)
                    counted[name] = (self.sent() or 0) - before
            return counted

        often = {name: count for name, count in self.tried(story).items() if count > 1}
        self.promise(
            not often,
            seen=", ".join(f"in the case {name}, {count} requests were sent" for name, count in often.items()),
            change="switch off the retries of the client (max_retries=0): the core tries again, within budget and "
            "patience, and counts it.",
        )

    @added_in("0.1")
    def test_it_keeps_no_answers(self) -> None:
        """A model has no cache of its own: the same request is sent again."""
        if self.sent() is None:
            pytest.skip("its kit cannot count: override `sent`")

        async def story(llm: Any) -> int:
            await llm.complete(self.request())
            before = self.sent() or 0
            await llm.complete(self.request())
            await llm.complete(self.request())
            return (self.sent() or 0) - before

        count = self.tried(story)
        self.promise(
            count == 2,
            seen=f"for two calls with a request that was answered before, {count} requests were sent",
            change="send every request: the core keeps answers, and says in the run's figures where they came from.",
        )

    @added_in("0.1")
    @rests_on("test_it_gives_one_answer")
    def test_being_cancelled_passes_through(self) -> None:
        """`CancelledError` passes through `complete`, and afterwards the model answers as before."""
        slow = self.slow()

        async def story(llm: Any) -> tuple[str, Any]:
            await llm.complete(self.request())
            if slow is None:
                came = await _cancelled(llm.complete(self.request("Wait.")), 1)
            else:
                with slow:
                    came = await _cancelled(llm.complete(self.request("Wait.")), 50)
            return came, await llm.complete(self.request())

        came, answer = self.tried(story)
        self.promise(
            came in ("cancelled", "was done before") and isinstance(answer, ChatResponse),
            seen=f"a call that was cancelled {came}; asked again, it gives {answer!r}"[:400],
            change="let CancelledError through: catch Exception, never BaseException, and put what must be given back "
            "into `finally`.",
        )


def _is_whole(answer: Any) -> bool:
    return isinstance(answer.text, str) and answer.finish in ("stop", "length") and isinstance(answer.model, str)


async def _cancelled(asking: Any, passes: int) -> str:
    """What becomes of a call that is cancelled after so many passes of the event loop."""
    task = asyncio.ensure_future(asking)
    for _ in range(passes):
        await asyncio.sleep(0.001 if passes > 1 else 0)
    if task.done():
        return "was done before"
    task.cancel()
    done, _ = await asyncio.wait([task], timeout=5)
    if not done:
        return "went on all the same"
    if task.cancelled():
        return "cancelled"
    fault = task.exception()
    return f"raised {type(fault).__name__}: {fault}" if fault is not None else f"returned {task.result()!r}"


async def _came_of(llm: Any, name: str, request: ChatRequest) -> str | None:
    """None for an answer, or one of the six."""
    try:
        answer = await llm.complete(request)
    except _SIX:
        return None
    except LLMError:
        return f"in the case {name}, a bare LLMError was raised"
    except Exception as fault:
        return f"in the case {name}, {type(fault).__name__} was raised: {str(fault)[:200]}"
    return None if isinstance(answer, ChatResponse) else f"in the case {name}, {type(answer).__name__} was returned"
