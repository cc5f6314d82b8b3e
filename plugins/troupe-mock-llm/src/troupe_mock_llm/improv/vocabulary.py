"""The words that lines are made of, read from the files beside: themes that people bring up, phrases by voice."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any

from attrs import frozen

__all__ = ["Question", "Theme", "Vocabulary", "content_words"]

_WORD = re.compile(r"[^\W\d_]+")


@frozen(eq=False)
class Question:
    """A question, and what people of each side answer to it."""

    text: str
    answers: Mapping[str, str]


@frozen(eq=False)
class Theme:
    """Something that people bring up about anything."""

    name: str
    label: str
    pro: Sequence[str]
    con: Sequence[str]
    conditions: Sequence[str]
    questions: Sequence[Question]


@frozen(eq=False)
class Vocabulary:
    """All words there are."""

    themes: Mapping[str, Theme]
    phrases: Mapping[str, Mapping[str, Sequence[str]]]
    """By move, then by voice."""
    answers: Mapping[str, Mapping[str, str]]
    """By question, then by side."""
    _pattern: re.Pattern[str]
    _theme_of_word: Mapping[str, Sequence[str]]

    @classmethod
    def read(cls) -> "Vocabulary":
        """The vocabulary that comes with this plugin."""
        here = files("troupe_mock_llm.improv") / "words"
        tables = tomllib.loads((here / "themes.toml").read_text(encoding="utf-8"))
        phrases = tomllib.loads((here / "phrases.toml").read_text(encoding="utf-8"))
        beginnings: dict[str, list[str]] = {}
        for name, table in tables.items():
            for word in table["words"]:
                beginnings.setdefault(word, []).append(name)
        longest_first = sorted(beginnings, key=lambda word: (-len(word), word))
        pattern = re.compile(rf"\b(?:{'|'.join(longest_first)})", re.IGNORECASE)
        themes = {name: _theme(name, table) for name, table in tables.items()}
        answers = {each.text: each.answers for theme in themes.values() for each in theme.questions}
        return cls(themes, phrases, answers, pattern, beginnings)

    def touched(self, text: str) -> dict[str, int]:
        """Which themes a text touches, and how often."""
        count: dict[str, int] = {}
        for found in self._pattern.finditer(text):
            word = found[0].lower()
            if len(word) <= 3 and text[found.end() : found.end() + 1].isalpha():
                continue
            for name in self._theme_of_word[word]:
                count[name] = count.get(name, 0) + 1
        return count


def _theme(name: str, table: Mapping[str, Any]) -> Theme:
    questions = [Question(each["q"], {side: each[side] for side in ("pro", "con")}) for each in table["ask"]]
    return Theme(name, table["label"], table["pro"], table["con"], table["if"], questions)


@lru_cache(maxsize=4096)
def content_words(text: str) -> frozenset[str]:
    """The longer words of a text, in lower case."""
    return frozenset(word for word in _WORD.findall(text.lower()) if len(word) > 3)
