"""The mode `improv`: from a request to an answer that fits its schema."""

import json
from functools import cached_property
from typing import Any

from attrs import evolve

from troupe_core.plugin import ChatRequest, JSONObject, PromptParts, prompt_parts
from troupe_mock_llm.answering import Answering
from troupe_mock_llm.improv.bounded import Bounded
from troupe_mock_llm.improv.character import Character, character_of
from troupe_mock_llm.improv.conversation import Conversation
from troupe_mock_llm.improv.ear import Ear
from troupe_mock_llm.improv.interview import answer_wished, question_in
from troupe_mock_llm.improv.phrasing import Phrasing
from troupe_mock_llm.improv.player import Player
from troupe_mock_llm.improv.stance import Stance, stance_of
from troupe_mock_llm.improv.telling import told
from troupe_mock_llm.improv.topic import Topic, topic_of
from troupe_mock_llm.improv.turn_taking import doings
from troupe_mock_llm.improv.vocabulary import Vocabulary
from troupe_mock_llm.improv.words_for_fields import Improvised
from troupe_mock_llm.schema.sampler import Sampler
from troupe_mock_llm.streams import stream

__all__ = ["Improviser"]

_KNOWN = ("talk", "think", "wait")
_TRIES_OTHERS = 0.4
"""How often somebody does something else than talk, think or wait, where that is possible."""


class Improviser(Answering):
    """Makes answers up from the seed and the prompt alone; what it keeps between requests only saves time."""

    def __init__(self) -> None:
        self._characters: Bounded[str, Character] = Bounded(20_000)
        self._ears: Bounded[Topic, Ear] = Bounded(64)
        self._stances: Bounded[tuple[str, Topic], Stance] = Bounded(20_000)
        self._samplers: Bounded[int, tuple[JSONObject, Sampler]] = Bounded(512)

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        return Vocabulary.read()

    async def answer(self, request: ChatRequest) -> str:
        """An answer that fits the schema, or prose where there is none."""
        parts = prompt_parts(request) or _introduced(request)
        player = self._player(request, parts) if parts else None
        if request.schema is None:
            prose = Improvised(stream(request.seed, "prose"))
            return told(player, question_in(request)) if player else prose.text((), None)
        chooser = Improvised(stream(request.seed, "fields"), player)
        wish: dict[str, Any] | None = None
        if player and request.purpose == "ask":
            wish = {"answer": answer_wished(player, _form_of_answer(request.schema))}
        elif player:
            wish = {"actions": self._wished(request, player)}
        value = self._sampler(request.schema).sample(chooser, wish)
        return json.dumps(value, ensure_ascii=False)

    def _player(self, request: ChatRequest, parts: PromptParts) -> Player:
        introduction = request.messages[0].text
        character = self._characters.get(introduction, lambda: character_of(parts, self._vocabulary))
        conversation = Conversation.of(parts)
        if request.purpose == "ask":
            conversation = evolve(conversation, asked=(*conversation.asked, question_in(request)))
        topic = topic_of(conversation)
        stance = self._stances.get((introduction, topic), lambda: stance_of(character, topic, self._vocabulary))
        ear = self._ears.get(topic, lambda: Ear(self._vocabulary, topic))
        everybody = sorted({parts.name, *conversation.present})
        random = stream(request.seed, "turn", parts.name)
        heard = [*conversation.own, *(each.text for each in conversation.said), *conversation.thought]
        phrasing = Phrasing.of(
            random,
            heard,
            place=(everybody.index(parts.name), len(everybody)),
            step=request.step,
            forgetful=len(conversation.own) < min(request.step, 3),
            slots=(topic.known if conversation.own else topic).slots,
        )
        return Player(
            character=character,
            stance=stance,
            conversation=conversation,
            vocabulary=self._vocabulary,
            ear=ear,
            phrasing=phrasing,
            random=random,
        )

    def _wished(self, request: ChatRequest, player: Player) -> list[dict[str, Any]]:
        """The actions of this turn as far as improvisation knows them; the schema fills in the rest."""
        offered = _offered(request.schema)
        others = [name for name in offered if name not in _KNOWN]
        wished: list[dict[str, Any]] = []
        for doing in doings(player, request.step):
            if doing.action in offered:
                filled = {"to": doing.to, "text": doing.text}
                wished.append({"action": doing.action, **{key: value for key, value in filled.items() if value}})
        if others and (not wished or wished[-1]["action"] == "wait" or player.random.random() < _TRIES_OTHERS):
            wished = [each for each in wished if each["action"] != "wait"]
            wished.append({"action": player.random.choice(others)})
        return wished

    def _sampler(self, schema: JSONObject) -> Sampler:
        known = self._samplers.get(id(schema), lambda: (schema, Sampler(schema)))
        if known[0] is not schema:
            known = self._samplers.put(id(schema), (schema, Sampler(schema)))
        return known[1]


def _offered(schema: Any) -> list[str]:
    """The names of the actions in an answer's schema; none where it is not laid out as one."""
    try:
        branches = schema["properties"]["actions"]["items"]["anyOf"]
        return [branch["properties"]["action"]["const"] for branch in branches]
    except (KeyError, TypeError):
        return []


def _form_of_answer(schema: Any) -> Any:
    """The form of the one thing that an interviewer asks for."""
    properties = schema.get("properties", {}) if isinstance(schema, dict) else {}
    return properties.get("answer") if isinstance(properties, dict) else None


def _introduced(request: ChatRequest) -> PromptParts | None:
    """Who speaks, where message 0 introduces a person and the rest is a question."""
    first = request.messages[0].text if request.messages else ""
    if not first.startswith("You are "):
        return None
    name, _, rest = first.removeprefix("You are ").partition(".\n")
    if not name or len(name) > 60 or "\n" in name or not rest:
        return None
    return PromptParts(name=name, persona=tuple(rest.split("\n\n")[0].split("\n")))
