"""The prompt of a turn: who the agent is, once and for all, and what is now, within bounds."""

from collections.abc import Sequence
from datetime import datetime

from attrs import field, frozen

from troupe_core.actions.offer import Offer
from troupe_core.agent.persona_text import persona_text
from troupe_core.agent.prompt_layout import ALSO, CAN, MEMORIES, PERCEPTS, QUESTION, RULES, YOU_ARE, message
from troupe_core.guard.untrusted import END_OF_QUOTE, clipped
from troupe_core.values.calendar import day_and_time
from troupe_core.values.canonical import canonical
from troupe_core.values.chat import Message
from troupe_core.values.persona import Persona
from troupe_core.values.stimulus import Stimulus

__all__ = ["LEAST_ROOM", "Introduction", "Situation", "compose", "compose_question"]

LEAST_ROOM = 480
"""Bytes that what is now may take however long the persona is."""

_SHORTEST_PERCEPT = 60
_LONGEST_MEMORY = 1000
"""Bytes that one memory may take: a long one leaves room for others."""

_FRAME = 160
"""Bytes of headings and JSON around the texts of a request."""

_RULES = (
    "Be this person, never an assistant.\n"
    'Answer with JSON only, one to three brief deeds in order: {"actions": [{"action": NAME, …arguments}]}.'
)


_RULES_OF_INTERVIEW = (
    "Be this person, never an assistant.",
    "Answer what you are asked in your own words, briefly, as this person would.",
)
_IN_FORM = 'Answer with JSON of the form described and nothing else: {"answer": …}.'


@frozen(eq=False)
class Introduction:
    """Message 0 of all of an agent's turns, made at its first."""

    message: Message
    offer: Offer
    """What it could do when it was introduced."""
    size: int
    """In bytes, as JSON."""

    @classmethod
    def of(cls, persona: Persona, offer: Offer) -> "Introduction":
        """Who the agent is, how it answers, and what it can do."""
        rules = _RULES.split("\n") if offer.actions else ()
        introduction = message("system", {"": _described(persona), RULES: rules, CAN: offer.lines()})
        return cls(introduction, offer, _bytes(introduction.text))


@frozen(kw_only=True)
class Situation:
    """What is now for one agent, before it is known how much of it there is room for."""

    now: datetime
    scene: str | None = None
    asides: Sequence[str] = ()
    """What faculties add."""
    memories: Sequence[tuple[datetime, str]] = ()
    """Best first."""
    percepts: Sequence[str] = ()
    """As they came about."""
    offer: Offer = field(factory=lambda: Offer({}))


def compose(introduction: Introduction, situation: Situation, room: int) -> tuple[Message, Message]:
    """The two messages of a turn, in at most `room` bytes as JSON where that leaves at least `LEAST_ROOM`.

    Message 0 is never cut. First come time, scene, changed actions and asides, as far as they leave room for a
    percept; then percepts: all of them are told, shortened alike, before any is left out; then as many memories as
    fit, best first, told in the order of time.
    """
    time = _time(situation.now)
    left = max(room - introduction.size - _FRAME, LEAST_ROOM) - _bytes(time)
    kept = _SHORTEST_PERCEPT if situation.percepts else 0
    scene = _within(list(filter(None, [situation.scene])), left - kept)
    left -= _size(scene)
    changes = _within(situation.offer.lines_beside(introduction.offer), left - kept)
    left -= _size(changes)
    asides = _within(situation.asides, left - kept)
    left -= _size(asides)
    percepts = _shortened(situation.percepts, left)
    memories = _fitting(situation, left - _size(percepts))
    now = {"": [time, *scene, *asides], ALSO: changes, MEMORIES: memories, PERCEPTS: percepts}
    return introduction.message, message("user", now, QUESTION)


def compose_question(
    persona: Persona,
    asked: Stimulus,
    *,
    now: datetime,
    asides: Sequence[str],
    memories: Sequence[tuple[datetime, str]],
    in_form: bool,
    room: int,
) -> tuple[Message, Message]:
    """The two messages of a question from outside: who the person is; then what it remembers, and what it is asked.

    The question is told whole; memories take what room it leaves, best first.
    """
    introduction = message("system", {"": _described(persona), RULES: _RULES_OF_INTERVIEW})
    question = f"{asked.source} asks you: {asked.text}" if asked.source else asked.text
    question = f"{question}\n\n{_IN_FORM}" if in_form else question
    time = _time(now)
    left = max(room - _bytes(introduction.text) - _FRAME - _bytes(question), LEAST_ROOM) - _bytes(time)
    told = _within(asides, left)
    recalled = _fitting(Situation(now=now, memories=memories), left - _size(told))
    return introduction, message("user", {"": [time, *told], MEMORIES: recalled}, question)


def _described(persona: Persona) -> list[str]:
    return f"{YOU_ARE}{persona.name}.\n{persona_text(persona)}".split("\n")


def _within(lines: Sequence[str], room: int) -> list[str]:
    """The lines one after the other, as far as there is room: what does not fit is cut, or left out."""
    kept = []
    for line in lines:
        fitting = _cut(line, room) if room >= _SHORTEST_PERCEPT else line
        if _bytes(fitting) <= room:
            room -= _bytes(fitting)
            kept.append(fitting)
    return kept


def _shortened(lines: Sequence[str], room: int) -> list[str]:
    """All lines, the long ones cut to one common length so that they fit; the last ones where even that is too much."""
    sizes = [_bytes(line) for line in lines]
    if sum(sizes) <= room:
        return list(lines)
    most = max(room // _SHORTEST_PERCEPT, 1)
    kept, sizes = lines[-most:], sizes[-most:]
    left, common = room, 0
    for waiting, size in zip(range(len(sizes), 0, -1), sorted(sizes), strict=True):
        common = left // waiting
        if size > common:
            break
        left -= size
    return [_cut(line, max(common, _SHORTEST_PERCEPT)) for line in kept]


def _cut(line: str, most: int) -> str:
    """`line` in at most `most` bytes as JSON; what was in quotes is so still."""
    closing = END_OF_QUOTE if line.endswith(END_OF_QUOTE) else ""
    while (size := _bytes(line)) > most:
        bare = line.removesuffix(closing)
        line = clipped(bare, min(len(bare) * most // size, len(bare) - 1)) + closing
    return line


def _fitting(situation: Situation, room: int) -> list[str]:
    chosen: list[tuple[datetime, int, str]] = []
    for at, text in situation.memories:
        line = f"{_clock(at, situation.now)} {text}"
        size = _bytes(line)
        if size > _LONGEST_MEMORY:
            line = _cut(line, _LONGEST_MEMORY)
            size = _bytes(line)
        room -= size
        if room < 0:
            break
        chosen.append((at, len(chosen), line))
    return [line for _, _, line in sorted(chosen, key=lambda each: (each[0], -each[1]))]


def _time(now: datetime) -> str:
    return "It is {}, {}.".format(*day_and_time(now))


def _clock(at: datetime, now: datetime) -> str:
    """The time of day, with the date where that is another; strftime would take five times as long."""
    clock = f"{at.hour:02}:{at.minute:02}"
    return clock if at.date() == now.date() else f"{at.date()} {clock}"


def _size(lines: Sequence[str]) -> int:
    return sum(_bytes(line) for line in lines)


def _bytes(text: str) -> int:
    """The bytes of an item in a JSON string, with its line break and the indentation of its further lines."""
    if "\n" in text:
        text = text.replace("\n", "\n  ")
    try:
        return len(canonical(text))
    except TypeError:  # half a character: it will not get far, but it is not this function's to say so
        return len(canonical(text.encode(errors="replace").decode()))
