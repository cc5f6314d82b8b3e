# mypy: allow-untyped-defs, allow-incomplete-defs, allow-untyped-calls
"""Prompts as an agent's turn has them, laid out by hand, and one call of the model."""

import asyncio
import json
from typing import Any

from troupe_mock_llm.config import Config
from troupe_mock_llm.model import MockLLM

from troupe_core.plugin import AgentId, ChatRequest, Message

CAN = """\
talk(to, text): Say something aloud. to: a name, or "all".
think(text): Think to yourself.
wait(): Do nothing for now."""


def action(name, **properties):
    fields = {"action": {"const": name}, **properties}
    return {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}


TEXT = {"type": "string"}
ACTIONS = [action("talk", to=TEXT, text=TEXT), action("think", text=TEXT), action("wait")]


def answer_schema(*more_actions, **fields):
    """What an agent's answer has to fit."""
    items = {"anyOf": [*ACTIONS, *more_actions]}
    actions = {"type": "array", "minItems": 1, "maxItems": 3, "items": items}
    properties = {**fields, "actions": actions}
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


SCHEMA = answer_schema()


def turn(name="Ada", persona=(), *, scene=(), memories=(), percepts=(), seed=1, step=0, schema=SCHEMA, purpose="turn"):
    """The request of one turn."""
    introduction = "\n".join([f"You are {name}.", *persona]) + f"\n\n# How you act\nBe brief.\n\n# You can\n{CAN}"
    now = ["\n".join(["It is Monday, 2 March 2026, 09:10.", *scene])]
    now += ["\n".join(["# You remember", *memories])] if memories else []
    now += ["\n".join(["# Just now", *percepts])] if percepts else []
    messages = (Message("system", introduction), Message("user", "\n\n".join([*now, "What do you do?"])))
    return ChatRequest(messages=messages, schema=schema, seed=seed, purpose=purpose, agent=AgentId(name), step=step)


def ask(model, request):
    """The text of the answer."""
    return asyncio.run(model.complete(request)).text


def actions(request, model=None):
    """What an improvising agent does."""
    return json.loads(ask(model or MockLLM(Config()), request))["actions"]


class Stage:
    """A context that lends one wrapped model."""

    def __init__(self, wrapped=None):
        self.wrapped = wrapped
        self.asked_for = None

    async def build(self, kind, table):
        self.asked_for = (kind, table)
        return self.wrapped


def opened(stage=None, **config):
    """A model of this mode, ready to answer."""
    model = MockLLM(Config(**config))
    context: Any = stage or Stage()
    asyncio.run(model.open(context))
    return model
