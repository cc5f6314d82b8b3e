"""Others, as far as their words show: what they talk about, and on which side they are."""

import re
from collections.abc import Mapping

from attrs import frozen

from troupe_mock_llm.improv.stance import Side
from troupe_mock_llm.improv.topic import Topic
from troupe_mock_llm.improv.vocabulary import Vocabulary

__all__ = ["Ear", "Heard"]

_TELLING = 12
"""Shorter sentences, such as ``No.``, can be about anything."""
_SIDES: tuple[Side, ...] = ("pro", "con", "torn")
_SENTENCE = re.compile(r"(?<=[.!?:]) ")
_FOR = re.compile(
    r"\b(?:i (?:really )?(?:like|love|want|would take|am for|am sold|agree|support)"
    r"|yes\b|great|wonderful|good idea|in favou?r|count me)",
    re.IGNORECASE,
)
_AGAINST = re.compile(
    r"\b(?:no[,.!]|not (?:for me|convinced|sure)"
    r"|i (?:do not|don['’]t|would not|wouldn['’]t|cannot|can['’]t|doubt|worry|hate|object)"
    r"|against|problem|rather not|too (?:expensive|much|clever)|never)",
    re.IGNORECASE,
)


@frozen(eq=False)
class Heard:
    """What there is in a line."""

    theme: str | None
    side: Side | None
    asks: bool
    question: str | None
    """The question of the vocabulary that it is, if it is one."""


class Ear:
    """Understands lines about one topic: exactly those of the vocabulary, roughly all others."""

    def __init__(self, vocabulary: Vocabulary, topic: Topic) -> None:
        self._vocabulary = vocabulary
        self._known: dict[str, tuple[str, Side | None]] = {}
        self._questions: dict[str, tuple[str, str]] = {}
        self._heard: dict[str, Heard] = {}
        for spoken in (topic, topic.known):
            self._learn(spoken.slots)

    def _learn(self, slots: Mapping[str, str]) -> None:
        for theme in self._vocabulary.themes.values():
            for sentence in theme.pro:
                self._note(sentence.format_map(slots), theme.name, "pro")
            for sentence in theme.con:
                self._note(sentence.format_map(slots), theme.name, "con")
            for question in theme.questions:
                self._questions[question.text.format_map(slots).lower()] = (theme.name, question.text)
                self._note(question.answers["pro"].format_map(slots), theme.name, "pro")
                self._note(question.answers["con"].format_map(slots), theme.name, "con")
        for side in _SIDES:
            for move in ("open", "close"):
                for phrases in self._vocabulary.phrases[f"{move}_{side}"].values():
                    for phrase in phrases:
                        self._note(phrase.format_map(slots), "", side)

    def _note(self, text: str, theme: str, side: Side) -> None:
        for part in _SENTENCE.split(text):
            if len(part) >= _TELLING:
                self._known.setdefault(part.lower(), (theme, side))

    def hear(self, text: str) -> Heard:
        """What is in this line."""
        heard = self._heard.get(text)
        if heard is None:
            if len(self._heard) > 2000:
                self._heard.clear()
            heard = self._heard[text] = self._listen(text)
        return heard

    def _listen(self, text: str) -> Heard:
        asks = text.rstrip().endswith("?")
        if asks:
            lower = text.lower()
            for words, (theme, question) in self._questions.items():
                if words in lower:
                    return Heard(theme, None, asks=True, question=question)
        theme, side = "", None
        for part in _SENTENCE.split(text):
            known = self._known.get(part.lower())
            if known is not None:
                theme, side = known[0] or theme, known[1] or side
        if not theme:
            named = (each.name for each in self._vocabulary.themes.values() if each.label in text)
            touched = self._vocabulary.touched(text)
            theme = next(named, None) or max(touched, key=lambda name: touched[name], default="")
        return Heard(theme or None, side or _roughly(text), asks, None)


def _roughly(text: str) -> Side | None:
    balance = len(_FOR.findall(text)) - len(_AGAINST.findall(text))
    return "pro" if balance > 0 else "con" if balance < 0 else None
