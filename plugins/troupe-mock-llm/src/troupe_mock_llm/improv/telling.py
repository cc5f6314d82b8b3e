"""Answers in prose: to an interviewer, or to anybody who asks without a form."""

import re

from troupe_mock_llm.improv.ear import Heard
from troupe_mock_llm.improv.player import Player

__all__ = ["told"]

_STANDS = {
    "pro": ("I am for {the}, on the whole.", "{The}? Yes, I would.", "I have come to like {the}."),
    "con": ("I am against {the}, on the whole.", "{The}? No, I would not.", "I have not warmed to {the}."),
    "torn": (
        "I am of two minds about {the}.",
        "{The}? Ask me twice and I answer twice.",
        "I have not made up my mind about {the}.",
    ),
}
_ABOUT_ME = re.compile(
    r"\b(?:who are you|about yourself|introduce yourself|your (?:job|life|name|age))\b", re.IGNORECASE
)


def told(player: Player, question: str) -> str:
    """Three or four sentences in the person's own voice."""
    heard: Heard = player.ear.hear(question)
    theme = heard.theme or player.stance.themes[0]
    sentences: list[str | None] = []
    if _ABOUT_ME.search(question):
        sentences.append(f"My name is {player.character.name}.")
    if player.has_topic:
        sentences.append(player.phrasing.pick(_STANDS[player.stance.side]))
    label = player.vocabulary.themes[theme].label
    job = player.phrasing.pick(player.character.jobs, label=label)
    remark = player.phrasing.pick([each.text for each in player.character.remarks if theme in each.themes])
    known = player.vocabulary.themes[theme]
    clauses = known.con if player.stance.side == "con" else known.pro
    clause = player.phrasing.pick(clauses if player.has_topic else [each for each in clauses if "{" not in each])
    sentences += [job, clause, remark or next(player.grounds(), None) or player.phrasing.pick(player.character.asides)]
    kept = [each for each in dict.fromkeys(sentences) if each]
    return " ".join(kept[:4]) or "I would have to think about that."
