"""What somebody is asked outside the world, and what their answer is in the form that is asked for."""

import re
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

from troupe_core.plugin import ChatRequest
from troupe_mock_llm.improv.player import Player
from troupe_mock_llm.improv.stance import Side

__all__ = ["answer_wished", "question_in"]

_ASKED = re.compile(r"\A.* asks you: ", re.DOTALL)
_FORM = "\n\nAnswer with JSON"
_MOST = 3
"""So many items has a list, unless its form says otherwise."""
_SOUNDS: Mapping[Side, re.Pattern[str]] = {
    "torn": re.compile(r"\b(?:maybe|perhaps|know|undecided|unsure|depends|neither|neutral|medium|same|sometimes)\b"),
    "con": re.compile(r"\b(?:no|not|never|against|disagree|dislike|bad|low|worse|less|rarely|unlikely)\b"),
    "pro": re.compile(r"\b(?:yes|for|agree|like|good|high|better|more|always|often|likely|very)\b"),
}


def question_in(request: ChatRequest) -> str:
    """The question alone, without what is now and what is remembered."""
    text = request.messages[-1].text if request.messages else ""
    return _ASKED.sub("", text).partition(_FORM)[0].strip()


def answer_wished(player: Player, schema: Any) -> object:
    """The answer that suits this person, as far as its form is a plain one; None otherwise."""
    if not isinstance(schema, Mapping):
        return None
    side = player.stance.side if player.has_topic else "torn"
    if schema.get("type") == "boolean":
        return None if side == "torn" else side == "pro"
    if isinstance(schema.get("enum"), list):
        return _sounding(side, schema["enum"])
    items = schema.get("items")
    if schema.get("type") == "array" and items == {"type": "string"}:
        return _sentences(player, int(schema.get("maxItems", _MOST)))
    return None


def _sounding(side: Side, words: Sequence[object]) -> object:
    """The first of the words that sounds like this side: ``I do not know`` is neither for nor against."""
    for word in words:
        sides = [name for name, sounds in _SOUNDS.items() if sounds.search(str(word).lower())]
        if sides[:1] == [side]:
            return word
    return None


def _sentences(player: Player, most: int) -> list[str]:
    said = player.grounds() if not player.has_topic else player.arguments()
    return list(islice(said, min(most, _MOST)))
