"""What somebody thinks of a topic: the same in every turn, because it follows from who they are."""

import re
from collections.abc import Mapping, Sequence
from typing import Literal, TypeAlias

from attrs import frozen

from troupe_mock_llm.improv.character import Character
from troupe_mock_llm.improv.topic import Topic
from troupe_mock_llm.improv.vocabulary import Vocabulary, content_words
from troupe_mock_llm.streams import stream

__all__ = ["Side", "Stance", "stance_of"]

Side: TypeAlias = Literal["pro", "con", "torn"]

_CLEAR = 0.18


@frozen(eq=False)
class Stance:
    """Where somebody stands, and what they talk about."""

    side: Side
    firm: bool
    """Whether nobody will move them."""
    themes: Sequence[str]
    """Their own themes, dearest first."""
    sides: Mapping[str, Side]
    """On which side they are on each theme: somebody torn is for it for one reason and against it for another."""


def stance_of(character: Character, topic: Topic, vocabulary: Vocabulary) -> Stance:
    """Temperament, likes and dislikes decide; where they do not, a lot that is the person's own."""
    mood = character.temperament
    about = vocabulary.touched(topic.told)
    score = 0.3 * mood.openness + 0.1 * mood.agreeableness - 0.3 * mood.neuroticism - 0.27
    score += min(0.45, 0.15 * _shared(vocabulary.touched(character.likes), about))
    score -= min(0.6, 0.2 * _shared(vocabulary.touched(character.dislikes), about))
    words = content_words(topic.told)
    score += 0.5 * bool(words & content_words(character.likes)) - 0.7 * bool(words & content_words(character.dislikes))
    score += stream(character.name, re.split(r"\s", topic.the)[-1], "stance").uniform(-0.8, 0.8)
    side: Side = "pro" if score > _CLEAR else "con" if score < -_CLEAR else "torn"
    return Stance(
        side,
        abs(score) > 0.6 or mood.agreeableness < -0.3,
        _themes(character, about, vocabulary),
        _sides(character, side, vocabulary),
    )


def _sides(character: Character, side: Side, vocabulary: Vocabulary) -> Mapping[str, Side]:
    if side != "torn":
        return dict.fromkeys(vocabulary.themes, side)
    likes, dislikes = vocabulary.touched(character.likes), vocabulary.touched(character.dislikes)
    lot = stream(character.name, "sides")
    dearest = max(vocabulary.themes, key=lambda name: character.themes.get(name, 0))
    leaning = {name: likes.get(name, 0) - dislikes.get(name, 0) + lot.uniform(-1, 1) for name in vocabulary.themes}
    return {name: "pro" if leaning[name] > 0 and name != dearest else "con" for name in vocabulary.themes}


def _shared(mine: Mapping[str, int], about: Mapping[str, int]) -> int:
    return sum(min(mine.get(name, 0), 3) for name in about)


def _themes(character: Character, about: Mapping[str, int], vocabulary: Vocabulary) -> Sequence[str]:
    most = max(character.themes.values(), default=1)
    lot = stream(character.name, "themes")

    def dearness(name: str) -> float:
        own = character.themes.get(name, 0) / most
        return own * (1 + 0.5 * bool(about.get(name))) + 0.1 * bool(about.get(name)) + 0.2 * lot.random()

    return sorted(vocabulary.themes, key=dearness, reverse=True)[:6]
