"""Rooms and the doors between them: how far it is, and which door is the first on the way."""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from typing import Self

from attrs import field, frozen

__all__ = ["House"]


@frozen(eq=False)
class House:
    """Never changes. Every door leads both ways."""

    rooms: tuple[str, ...]
    doors: Mapping[str, tuple[str, ...]]
    """Of each room, the rooms beyond its doors, in the order of `rooms`."""
    _distances: dict[str, Mapping[str, int]] = field(factory=dict, init=False)
    """From each room asked for so far: the doors to every room within reach."""

    @classmethod
    def of(cls, doors: Mapping[str, Iterable[str]]) -> Self:
        """The house of rooms with their doors, each named on one side or on both."""
        beyond: dict[str, set[str]] = {room: set() for room in doors}
        for room, others in doors.items():
            for other in others:
                beyond[room].add(other)
                beyond[other].add(room)
        rooms = tuple(doors)
        return cls(rooms, {room: tuple(each for each in rooms if each in beyond[room]) for room in rooms})

    def distance(self, start: str, end: str) -> int | None:
        """How many doors there are on the shortest way; None where there is no way."""
        return self._from(start).get(end)

    def towards(self, start: str, end: str) -> str | None:
        """The next room on the shortest way; of several the first in the house. None where there is no way."""
        away = self._from(end)
        nearer = [room for room in self.doors[start] if room in away and away[room] == away.get(start, 0) - 1]
        return nearer[0] if nearer else None

    def _from(self, start: str) -> Mapping[str, int]:
        if start not in self._distances:
            self._distances[start] = _distances(self.doors, start)
        return self._distances[start]


def _distances(doors: Mapping[str, Sequence[str]], start: str) -> dict[str, int]:
    found, waiting = {start: 0}, deque([start])
    while waiting:
        room = waiting.popleft()
        for other in doors[room]:
            if other not in found:
                found[other] = found[room] + 1
                waiting.append(other)
    return found
