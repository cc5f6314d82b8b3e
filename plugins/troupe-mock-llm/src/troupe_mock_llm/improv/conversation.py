"""What was said and what happened, as far as the prompt shows it."""

import re
from collections.abc import Iterator, Sequence

from attrs import frozen

from troupe_core.plugin import PromptParts

__all__ = ["Conversation", "Said"]

_CLOCK = re.compile(r"(?:\d{4}-\d\d-\d\d )?\d\d:\d\d ")
_SPEECH = re.compile(r"(?P<who>[^\W\d_][^:\n⟦→]{0,59}?) to (?P<to>[^:\n]{1,60}): (?P<text>.+)", re.DOTALL)
_QUESTION = re.compile(r"[^:\n]{1,80} \(question\) to you: (.+)", re.DOTALL)
_OUTSIDE = re.compile(r"\(from outside[^)]*\) ⟦(.*)⟧", re.DOTALL)
_NEXT_SENTENCE = re.compile(r"(?<=[^\W\d_]{2})(?<!Dr)(?<!Mr)(?<!Mrs)(?<!Ms)(?<!St)(?<!Prof)\. ")
"""A full stop behind more than an initial or a title."""
_PRESENT = re.compile(
    r"(?:\bwith|\bpresent|\bhere|\btogether with|\bthere)(?: are| is)?:? "
    r"((?:[A-Z][\w'’.-]*(?: [A-Z][\w'’.-]*)*(?:, | and |, and )?)+)"
)


@frozen(eq=False)
class Said:
    """Something that somebody said aloud."""

    who: str
    to: str
    text: str
    fresh: bool
    """Heard since the last turn."""


@frozen(eq=False)
class Conversation:
    """Oldest first."""

    said: Sequence[Said]
    own: Sequence[str]
    """What the agent itself said."""
    thought: Sequence[str]
    events: Sequence[str]
    """What happened before."""
    news: Sequence[str]
    """What happened just now."""
    scene: Sequence[str]
    present: Sequence[str]
    """Everybody else, as far as known."""
    asked: Sequence[str] = ()
    """What interviewers asked, outside the world."""

    @classmethod
    def of(cls, parts: PromptParts) -> "Conversation":
        """The conversation in a prompt."""
        said: list[Said] = []
        own: list[str] = []
        thought: list[str] = []
        asked: list[str] = []
        events: list[str] = []
        news: list[str] = []
        for line, fresh in _lines(parts):
            speech = _SPEECH.match(line)
            if line.startswith("You thought: "):
                thought.append(line.removeprefix("You thought: "))
            elif line.startswith("You answered: "):
                own.append(line.removeprefix("You answered: "))
            elif question := _QUESTION.match(line):
                asked.append(question[1])
            elif speech and speech["who"] in ("You", parts.name):
                own.append(speech["text"])
            elif speech and len(speech["who"].split()) <= 5:
                said.append(Said(speech["who"], speech["to"], " ".join(speech["text"].split()), fresh))
            elif not line.startswith(("→", "You ")) and line.strip():
                (news if fresh else events).append(line)
        scene = parts.scene[1:] if parts.scene and parts.scene[0].startswith("It is ") else parts.scene
        names = dict.fromkeys([*_named(scene), *(each.who for each in said)])
        present = [name for name in names if name != parts.name]
        return cls(said, own, thought, events, news, scene, present, asked)


def _lines(parts: PromptParts) -> Iterator[tuple[str, bool]]:
    for line in parts.memories:
        yield _plain(_CLOCK.sub("", line, count=1)), False
    for line in parts.percepts:
        yield _plain(line), True


def _plain(line: str) -> str:
    outside = _OUTSIDE.search(line)
    return outside[1] if outside else line


def _named(scene: Sequence[str]) -> Iterator[str]:
    for line in scene:
        for found in _PRESENT.finditer(line):
            told = _NEXT_SENTENCE.split(found[1])[0]
            yield from (name.strip(" .") for name in re.split(r", and |, | and ", told) if name.strip(" ."))
