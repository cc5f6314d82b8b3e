"""Choosing words: nobody says what was just said, and people in one room do not say the same."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from math import gcd
from random import Random

from attrs import field, frozen

__all__ = ["LONGEST_LINE", "Phrasing"]

LONGEST_LINE = 160

_SLOT = re.compile(r"{\w+}")
_WORD = re.compile(r"[\w'’]+")
_SENTENCE = re.compile(r"(?<=[.!?:]) ")
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
    rank: int
    """One's place among those present; each place has words of its own to try first."""
    size: int
    step: int
    forgetful: bool
    """Whether less of one's own lines is in sight than one has probably said."""
    slots: Mapping[str, str] = field(factory=dict)

    @classmethod
    def of(
        cls,
        random: Random,
        heard: Sequence[str],
        *,
        place: tuple[int, int],
        step: int,
        forgetful: bool,
        slots: Mapping[str, str],
    ) -> "Phrasing":
        """What must not be said again; `place`: one's rank, and among how many."""
        starts = frozenset(each for line in heard for each in starts_in(line))
        return cls(random, "\n".join(heard), starts, place[0], place[1], step, forgetful, slots)

    def pick(self, options: Iterable[str], **slots: str) -> str | None:
        """One that nobody in sight has said, and whose slots can all be filled."""
        return next(self.order(options, **slots), None)

    def order(self, options: Iterable[str], **slots: str) -> Iterator[str]:
        """All such, best first."""
        listed = list(options)
        places = self._places(len(listed))
        known = {**self.slots, **slots}
        for at in places:
            if all(slot[1:-1] in known for slot in _SLOT.findall(listed[at])):
                said = listed[at].format_map(known)
                said = said[:1].upper() + said[1:]
                if not self.is_stale(said):
                    yield said

    def _places(self, count: int) -> list[int]:
        """One's own place of this step first, which is nobody else's; the others by lot, or in turn.

        In turn, where the prompt shows too little of what one has said to know what would be said twice.
        """
        if not count:
            return []
        first = (self.rank + self.step * _stride(self.size, count)) % count
        if not self.forgetful:
            rest = [at for at in range(count) if at != first]
            self.random.shuffle(rest)
            return [first, *rest]
        return [(first + more) % count for more in range(count)]

    def is_stale(self, said: str) -> bool:
        """Whether somebody in sight has said this, or something that begins like it."""
        return said in self.heard or starts_in(said)[0] in self.starts

    def joined(self, *parts: str | None) -> str:
        """As many of the parts as fit on a line, in order; at least the first."""
        line = ""
        for part in filter(None, parts):
            longer = f"{line} {part}" if line else part
            if line and len(longer) > LONGEST_LINE:
                break
            line = longer
        return line


@lru_cache(maxsize=8192)
def starts_in(line: str) -> tuple[str, ...]:
    """The first words of each sentence, names left out: ``Fair enough, Jonas!`` sounds like ``Fair enough, Priya!``."""
    return tuple(_start(each) for each in _SENTENCE.split(line))


def _start(sentence: str) -> str:
    first, *rest = _WORD.findall(sentence) or [""]
    return " ".join([first, *(word for word in rest if word.islower())][:_START]).lower()


def _stride(size: int, count: int) -> int:
    """A step as wide as the room, or a little wider, that visits every place."""
    return next(stride for stride in range(size, size + count + 1) if gcd(stride, count) == 1)
