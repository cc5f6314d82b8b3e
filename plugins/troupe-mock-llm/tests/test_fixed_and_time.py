# mypy: allow-untyped-defs, allow-incomplete-defs, allow-untyped-calls
"""Fixed does the least work; time and money can be rehearsed in every mode."""

import asyncio
import json

import pytest
from mock_asking import SCHEMA, ask, opened, turn
from troupe_mock_llm import model as model_module

from troupe_core.plugin import ChatRequest, Message


def test_fixed_does_the_first_thing_that_can_be_done():
    answer = ask(opened(mode="fixed"), turn("Ada"))

    assert json.loads(answer) == {"actions": [{"action": "talk", "to": "all", "text": "Hello."}]}


def test_fixed_answers_alike_whatever_is_said():
    model = opened(mode="fixed")

    answers = {
        ask(model, turn(name, percepts=[f"Ben to all: {name}"], seed=seed)) for name, seed in (("A", 1), ("B", 2))
    }

    assert len(answers) == 1


def test_fixed_keeps_the_answer_of_a_schema():
    model = opened(mode="fixed")
    copy = json.loads(json.dumps(SCHEMA))

    first, second, third = (ask(model, turn(schema=schema)) for schema in (SCHEMA, SCHEMA, copy))

    assert first is second is third


def test_fixed_says_one_word_without_a_schema():
    assert ask(opened(mode="fixed"), turn(schema=None)) == "Understood."


def test_an_answer_costs_what_the_study_says():
    model = opened(mode="fixed", dollars_per_million_prompt_tokens=2, dollars_per_million_completion_tokens=8)
    request = ChatRequest(messages=(Message("user", "x" * 4_000),))

    usage = asyncio.run(model.complete(request)).usage

    assert (usage.prompt_tokens, usage.completion_tokens) == (1001, 3)
    assert usage.dollars == pytest.approx(1001 * 2e-6 + 3 * 8e-6)


def test_it_costs_nothing_unless_told_otherwise():
    response = asyncio.run(opened(mode="fixed", model="rehearsal").complete(turn()))

    assert (response.usage.dollars, response.model) == (0, "rehearsal")


def test_latency_and_jitter_follow_from_the_seed(monkeypatch):
    waited = []

    async def sleep(seconds):
        waited.append(seconds)

    monkeypatch.setattr(model_module, "sleep", sleep)
    model = opened(mode="fixed", latency=2, jitter=0.5)

    for seed in (1, 1, 2):
        ask(model, turn(seed=seed))

    assert waited[0] == waited[1] != waited[2]
    assert all(2 <= each <= 2.5 for each in waited)


@pytest.mark.parametrize("key", ["latency", "jitter", "dollars_per_million_prompt_tokens"])
def test_less_than_nothing_is_refused(key):
    with pytest.raises(ValueError, match=f"'{key}' must be >= 0"):
        opened(**{key: -1})


def test_it_says_what_it_can_do():
    info = opened(context_tokens=500).info

    assert (info.json_schema, info.seed, info.context_tokens) == ("strict", True, 500)
