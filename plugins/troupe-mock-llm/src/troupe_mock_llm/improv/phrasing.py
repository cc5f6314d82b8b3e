"""Choosing words: nobody says what was just said, and people in one room do not say the same."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from random import Random

from attrs import field, frozen

from troupe_mock_llm.improv.vocabulary import content_words

__all__ = ["LONGEST_LINE", "Phrasing"]

LONGEST_LINE = 160

_SLOT = re.compile(r"{\w+}")
_START = 3
"""Two lines that begin with so many equal words sound alike."""


@frozen(eq=False)
class Phrasing:
    """The choice of words in one turn."""

    random: Random
    heard: str
    """Everything in sight, in one text."""
    starts: frozenset[str]
    """How the lines in sight begin."""
    own: Sequence[frozenset[str]]
    """The words of one's own lines."""
    rank: int
    """One's place among those present; each place has words of its own to try first."""
    size: int
    slots: Mapping[str, str] = field(factory=dict)

    @classmethod
    def of(cls, random: Random, heard: Sequence[str], own: Sequence[str], rank: int, size: int, slots: Mapping[str, str]) -> "Phrasing":
        """What must not be said again."""
        sentences = [sentence for line in heard for sentence in re.split(r"(?<=[.!?:]) ", line)]
        starts = frozenset(start(sentence) for sentence in sentences)
        return cls(random, "\n".join(heard), starts, [content_words(line) for line in own], rank, max(size, 1), slots)

    def pick(self, options: Iterable[str], **slots: str) -> str | None:
        """One that nobody in sight has said, and whose slots can all be filled."""
        return next(self.order(options, **slots), None)

    def order(self, options: Iterable[str], **slots: str) -> Iterator[str]:
        """All such, best first."""
        listed = list(options)
        shift = self.random.randrange(self.size)
        places = list(range(len(listed)))
        self.random.shuffle(places)
        places.sort(key=lambda at: (at + shift) % self.size != (self.rank + shift) % self.size)
        known = {**self.slots, **slots}
        for at in places:
            if all(slot[1:-1] in known for slot in _SLOT.findall(listed[at])):
                said = listed[at].format_map(known)
                said = said[:1].upper() + said[1:]
                if not self.is_stale(said):
                    yield said

    def is_stale(self, said: str) -> bool:
        """Whether somebody in sight has said this, or something that begins like it."""
        return said in self.heard or any(start(each) in self.starts for each in re.split(r"(?<=[.!?:]) ", said)[:1])

    def joined(self, *parts: str | None) -> str:
        """As many of the parts as fit on a line, in order; at least the first."""
        line = ""
        for part in filter(None, parts):
            longer = f"{line} {part}" if line else part
            if line and len(longer) > LONGEST_LINE:
                break
            line = longer
        return line


def start(sentence: str) -> str:
    """The first words of a sentence."""
    return " ".join(re.findall(r"[\w'’]+", sentence.lower())[:_START])
