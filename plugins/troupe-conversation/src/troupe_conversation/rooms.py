"""Rooms with doors: only those in the same room hear each other. All state is in the view; every key has one writer.

``at:NAME`` says where somebody is, where from, and since when; ``said:N:NAME`` what somebody said lately in room N.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from attrs import evolve, frozen

from troupe_conversation.config import RoomsConfig
from troupe_conversation.names import check_known, listed, means_all, meant
from troupe_core.plugin import (
    ActionSpec,
    AgentId,
    Frontier,
    Opening,
    Outcome,
    Refusal,
    Stimulus,
    Turn,
    VersionedEnvironment,
    View,
    action,
)

__all__ = ["Rooms"]


@frozen
class _Whereabouts:
    """Where somebody is."""

    room: str
    before: str | None = None
    """The room that it was in before."""
    since: tuple[int, ...] = ()
    """The stamp of coming in; empty for who was there from the start."""


class Rooms(VersionedEnvironment):
    """A person goes through one door a turn: that is how fast anything spreads."""

    def __init__(self, config: RoomsConfig) -> None:
        self._config = config
        self._house = config.house()
        self._about = {room.name: room.about for room in config.rooms}
        specs = (declared.spec for declared in self.declared_actions.values())
        self._actions = tuple(_with_rooms(spec, self._house.rooms) for spec in specs)

    def begin(self, opening: Opening) -> None:
        check_known("people", tuple(self._config.people), opening.people)

    def actions(self, agent: AgentId) -> Sequence[ActionSpec]:
        return self._actions

    # ── What people sense ────────────────────────────────────────────────────────────────────────────────────

    def scene(self, view: View, agent: AgentId) -> str:
        here = self._whereabouts(view, agent).room
        everybody = view.shared("rooms", lambda: self._by_room(view))
        others = [name for name in everybody.get(here, ()) if name != agent]
        doors = listed(self._house.doors[here], "nowhere")
        seen = f" {self._about[here]}" if self._about[here] else ""
        topic = self._config.topic
        about = f" You have come together for this: {topic.strip().rstrip('.')}." if topic else ""
        return f"You are in {here} with {listed(others)}.{about}{seen} From here one can go to {doors}."

    def observe(self, view: View, agent: AgentId) -> Iterator[Stimulus]:
        """First what was said to this agent, then what else was said where it was, the latest first."""
        where = self._whereabouts(view, agent)
        said = view.shared("said", lambda: self._said_by_room(view))
        here = [each for each in said.get(where.room, ()) if _stamp(each) > where.since]
        there = [each for each in said.get(where.before or "", ()) if _stamp(each) < where.since]
        heard = [each for each in (*here, *there) if each.source != agent and view.is_new(each)]
        heard.sort(key=_stamp, reverse=True)
        yield from (each for each in heard if each.to and agent in each.to)
        yield from (each for each in heard if not (each.to and agent in each.to))

    # ── What people do ───────────────────────────────────────────────────────────────────────────────────────

    @action
    def talk(self, view: View, turn: Turn, to: str, text: str) -> Outcome:
        """Say something aloud: those in the same room hear it.

        Args:
            to: the name of somebody in the same room, or "all"
        """
        here = self._whereabouts(view, turn.agent).room
        addressee = None if means_all(to) else meant(to, self._others(view, turn.agent, here))
        if not text.strip():
            raise Refusal("You opened your mouth, but there was nothing to say.")
        said = turn.emit(text, kind="talk", to=None if addressee is None else (addressee,))
        key = f"said:{self._house.rooms.index(here)}:{turn.agent}"
        kept: Any = [each for each in _list(view.get(key)) if each["stamp"][0] >= turn.step - 1]
        view.set(key, [*kept, said.to_json()])
        return Outcome(remembered=f"You to {addressee or 'all'}: {said.text}")

    @action
    def go(self, view: View, turn: Turn, room: str) -> Outcome:
        """Go to another room; where it is farther than one door, go through the first door on the way."""
        where = self._whereabouts(view, turn.agent)
        if room == where.room:
            raise Refusal(f"You are in {room} already.")
        if where.since and where.since[0] == turn.step:
            raise Refusal(f"You have just come to {where.room}: one door at a time.")
        towards = self._house.towards(where.room, room)
        if towards is None:
            raise Refusal(f"No doors lead from here to {room}. From here one can go to: {self._doors(where.room)}.")
        left = turn.emit(f"goes from {where.room} to {towards}", kind="move")
        view.set(f"at:{turn.agent}", {"room": towards, "before": where.room, "since": list(_stamp(left))})
        return Outcome(remembered=f"You went from {where.room} to {towards}.")

    @action(effect="internal")
    def think(self, view: View, turn: Turn, text: str) -> Outcome:
        """Think to yourself."""
        return Outcome(remembered=f"You thought: {' '.join(text.split())}")

    @action(effect="internal")
    def wait(self, view: View, turn: Turn) -> Outcome:
        """Do nothing for now."""
        return Outcome(remembered="")

    # ── How far anything spreads ─────────────────────────────────────────────────────────────────────────────

    def may_reach(self, frontier: Frontier, agent: AgentId, within: int) -> Iterable[AgentId]:
        """Who is at most `within` doors away, and one more, since the agent itself may go through one before it
        looks who is there.
        """
        if within < 1:
            return ()
        here = self._room_in(frontier.get(f"at:{agent}"), agent)
        others = (AgentId(name) for name, _ in frontier.committed() if name != agent)
        return tuple(name for name in others if self._is_near(here, frontier, name, within + 1))

    def _is_near(self, here: str, frontier: Frontier, name: AgentId, doors: int) -> bool:
        distance = self._house.distance(here, self._room_in(frontier.get(f"at:{name}"), name))
        return distance is not None and distance <= doors

    # ── Where people are ─────────────────────────────────────────────────────────────────────────────────────

    def _whereabouts(self, view: View, agent: AgentId) -> _Whereabouts:
        at: Any = view.get(f"at:{agent}")
        if at is None:
            return _Whereabouts(self._start(agent))
        return _Whereabouts(at["room"], at["before"], tuple(at["since"]))

    def _room_in(self, at: Any, agent: AgentId) -> str:
        return self._start(agent) if at is None else str(at["room"])

    def _start(self, agent: AgentId) -> str:
        return self._config.people.get(agent, self._config.first_room)

    def _others(self, view: View, agent: AgentId, room: str) -> list[AgentId]:
        return [name for name in view.present if name != agent and self._whereabouts(view, name).room == room]

    def _by_room(self, view: View) -> Mapping[str, list[AgentId]]:
        found: dict[str, list[AgentId]] = {}
        for name in view.present:
            found.setdefault(self._whereabouts(view, name).room, []).append(name)
        return found

    def _said_by_room(self, view: View) -> Mapping[str, list[Stimulus]]:
        found: dict[str, list[Stimulus]] = {}
        for key, kept in view.scan("said:"):
            room = self._house.rooms[int(key.split(":", 2)[1])]
            found.setdefault(room, []).extend(Stimulus.from_json(each) for each in _list(kept))
        return found

    def _doors(self, room: str) -> str:
        return ", ".join(self._house.doors[room]) or "nowhere"


def _list(kept: Any) -> list[Any]:
    return kept or []


def _stamp(said: Stimulus) -> tuple[int, ...]:
    return said.stamp or ()


def _with_rooms(spec: ActionSpec, rooms: Sequence[str]) -> ActionSpec:
    """The same action, with the names of the rooms where one is asked for."""
    properties: Any = spec.parameters["properties"]
    if "room" not in properties:
        return spec
    return evolve(spec, parameters={**spec.parameters, "properties": {**properties, "room": {"enum": list(rooms)}}})
