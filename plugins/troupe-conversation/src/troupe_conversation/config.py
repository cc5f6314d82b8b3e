"""What can be set of the environments."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal, TypeAlias

from attrs import field, frozen, validators

from troupe_conversation.house import House
from troupe_core.plugin import nearest

__all__ = ["FocusGroupConfig", "InterviewConfig", "RoomConfig", "RoomsConfig", "Speaking"]

Speaking: TypeAlias = Literal["in turn", "at once"]

_SOME_TEXT: Any = validators.min_len(1)
_SOME_TEXTS: Any = validators.deep_iterable(_SOME_TEXT, validators.min_len(1))
_NAMED: Any = validators.optional(validators.min_len(1))


@frozen(kw_only=True)
class FocusGroupConfig:
    """Settings of the environment `focus-group`."""

    questions: tuple[str, ...] = field(validator=_SOME_TEXTS)
    """The questions, in the order in which they are put; the words are the same in every run."""

    moderator: str | None = field(default=None, validator=_NAMED)
    """Which of the agents moderates: puts the questions, and may follow them up. Without one, a voice puts them."""

    voice: str = field(default="Moderator", validator=validators.min_len(1))
    """How the voice is called that puts the questions where no agent moderates."""

    rounds: int = field(default=1, validator=validators.ge(1))
    """How often everybody answers each question: a step each."""

    discussion: int = field(default=2, validator=validators.ge(0))
    """For how many steps each question is open for discussion after that."""

    speaking: Speaking = "in turn"
    """`in turn`: one after the other, each hears those before; another one begins each step. `at once`: everybody
    answers before having heard the others' answers of the same step."""

    place: str = "a meeting room"
    """Where it is, as people would say it."""

    topic: str | None = None
    """What people have come together for, in a few words."""


@frozen(kw_only=True)
class InterviewConfig:
    """Settings of the environment `interview`."""

    questions: tuple[str, ...] = field(default=(), validator=validators.deep_iterable(_SOME_TEXT))
    """The questions that everybody is asked, in this order and in these words."""

    interviewer: str | None = field(default=None, validator=_NAMED)
    """Which of the agents asks. Without one, a voice asks the `questions`."""

    voice: str = field(default="Interviewer", validator=validators.min_len(1))
    """How the voice is called that asks where no agent does."""

    interviewees: tuple[str, ...] | None = field(default=None, validator=validators.optional(_SOME_TEXTS))
    """Who is interviewed, one after the other in this order; everybody but the interviewer where it is left out."""

    follow_ups: int = field(default=0, validator=validators.ge(0))
    """How many questions of its own the interviewer may ask after each of the `questions`; where there are none, how
    many it asks in all."""

    at_once: bool = False
    """Whether all are asked in the same steps, each alone with the voice, instead of one after the other."""

    place: str = "a quiet room"
    """Where it is, as people would say it."""

    topic: str | None = None
    """What the interview is about, in a few words."""

    def __attrs_post_init__(self) -> None:
        if not self.questions and not (self.interviewer and self.follow_ups):
            raise ValueError(
                "there is nothing to ask: set questions, or an interviewer with follow_ups, "
                "the number of questions of its own"
            )
        if self.follow_ups and not self.interviewer:
            raise ValueError("follow_ups: only an interviewer asks questions of its own; set one, or leave it out")
        if self.at_once and self.interviewer:
            raise ValueError("at_once: an interviewer talks to one person at a time; leave out one of them")
        if self.interviewer and self.interviewer in (self.interviewees or ()):
            raise ValueError(f'interviewees: "{self.interviewer}" is the interviewer; take the name out of one of them')
        _check_unique("interviewees", self.interviewees or ())


@frozen(kw_only=True)
class RoomConfig:
    """One room."""

    name: str = field(validator=validators.min_len(1))
    """As people would say it: `"the kitchen"`."""

    doors: tuple[str, ...] = ()
    """The rooms that its doors lead to. Every door leads both ways; it is enough to name it on one side."""

    about: str | None = None
    """What there is to be seen in it, in a sentence."""


@frozen(kw_only=True)
class RoomsConfig:
    """Settings of the environment `rooms`."""

    rooms: tuple[RoomConfig, ...] = field(validator=validators.min_len(1))
    """The rooms, each with a `name`, and with `doors` and `about` where there is something to say."""

    start: str | None = None
    """Where people are at first; the first room where it is left out."""

    people: Mapping[str, str] = field(factory=dict)
    """Who is somewhere else at first: the name of a person, and of a room."""

    topic: str | None = None
    """What people have come together for, in a few words."""

    def __attrs_post_init__(self) -> None:
        names = [room.name for room in self.rooms]
        _check_unique("rooms", names)
        for room in self.rooms:
            for door in room.doors:
                _check_room(f'a door of "{room.name}" leads to "{door}"', door, names)
                if door == room.name:
                    raise ValueError(f'rooms: a door of "{room.name}" leads back into the same room')
        if self.start is not None:
            _check_room(f'start is "{self.start}"', self.start, names)
        for person, room_name in self.people.items():
            _check_room(f'{person} starts in "{room_name}"', room_name, names)
        self._check_reached()

    @property
    def first_room(self) -> str:
        """Where everybody is at first of whom nothing else is said."""
        return self.rooms[0].name if self.start is None else self.start

    def house(self) -> House:
        """The rooms, joined by their doors."""
        return House.of({room.name: room.doors for room in self.rooms})

    def _check_reached(self) -> None:
        house, starts = self.house(), dict.fromkeys([self.first_room, *self.people.values()])
        for room in self.rooms:
            if all(house.distance(start, room.name) is None for start in starts):
                raise ValueError(
                    f'rooms: nobody can reach "{room.name}": no doors lead there from where people start '
                    f'({", ".join(starts)}); give it one: doors = ["{self.first_room}"]'
                )


def _check_unique(key: str, names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise ValueError(f'{key}: "{name}" is there twice; each name once')
        seen.add(name)


def _check_room(what: str, name: str, names: list[str]) -> None:
    if name not in names:
        close = nearest(name, names)
        hint = f"did you mean {close}?" if close else f"there are: {', '.join(names)}"
        raise ValueError(f"rooms: {what}, and there is no such room; {hint}")
