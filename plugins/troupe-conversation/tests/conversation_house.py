# mypy: allow-untyped-defs, allow-incomplete-defs, allow-untyped-calls
"""A world of rooms without an engine, as plain as can be: to try everything that people can do."""

import asyncio
from copy import deepcopy
from types import SimpleNamespace
from typing import Any

from attrs import define, field
from troupe_conversation.config import RoomConfig, RoomsConfig
from troupe_conversation.rooms import Rooms

from troupe_core.plugin import ActionCall, AgentId, Refusal, Stimulus


@define(eq=False)
class PlainView:
    """All state in one table."""

    state: dict[str, Any]
    present: tuple[AgentId, ...]
    step: int
    last_look: tuple[int, int] = (0, -1)

    def is_new(self, stimulus):
        return stimulus.stamp[:2] >= self.last_look

    def get(self, key):
        return self.state.get(key)

    def scan(self, prefix):
        return [(key, value) for key, value in sorted(self.state.items()) if key.startswith(prefix)]

    def set(self, key, value):
        self.state[key] = value

    def shared(self, name, make):
        return make()


@define(eq=False)
class PlainWorld:
    """Rooms, who is where at first, and what has been done since."""

    rooms: Rooms
    people: tuple[AgentId, ...]
    state: dict[str, Any] = field(factory=dict)
    step: int = 0

    @classmethod
    def of(cls, doors, starts):
        names = [f"room {number}" for number in range(len(doors))]
        config = RoomsConfig(
            rooms=tuple(
                RoomConfig(name=names[number], doors=tuple(names[other] for other in others))
                for number, others in enumerate(doors)
            ),
            people={person: names[number] for person, number in starts.items()},
        )
        return cls(Rooms(config), tuple(AgentId(person) for person in starts))

    def after(self, agent, turns):
        """Another world, in which this agent has had these turns, one a step."""
        world = PlainWorld(self.rooms, self.people, deepcopy(self.state), self.step)
        for deeds in turns:
            world.do(agent, deeds)
            world.step += 1
        return world

    def do(self, agent, deeds):
        """What comes of the deeds of one turn."""
        view = PlainView(self.state, self.people, self.step)
        stamps = iter(range(10))

        def emit(text, *, kind, to=None):
            stamp = (self.step, 0, self.people.index(agent), next(stamps))
            return Stimulus(text=text, kind=kind, source=agent, to=to, stamp=stamp)

        turn: Any = SimpleNamespace(agent=agent, step=self.step, present=self.people, emit=emit)
        return [self._outcome(view, turn, action, arguments) for action, arguments in deeds]

    def seen_by(self, agent, last_look):
        """What this agent would be told in its next turn."""
        view: Any = PlainView(self.state, self.people, self.step, last_look)
        heard = [(said.source, said.text, said.stamp) for said in self.rooms.observe(view, agent)]
        return self.rooms.scene(view, agent), heard

    def turns_of(self, agent, partners):
        """All turns that this agent could have, of at most one step and one word before and after it."""
        room = self.state.get(f"at:{agent}", {}).get("room") or self.start(agent)
        talks = [("talk", {"to": to, "text": "Hm."}) for to in ("all", *partners)]
        goes = [("go", {"room": beyond}) for beyond in self.house.doors[room]]
        yield from ([], *([talk] for talk in talks), *([go] for go in goes))
        yield from ([go, talk] for go in goes for talk in talks)
        yield from ([talk, go] for go in goes for talk in talks)

    def start(self, agent):
        return self.rooms._config.people[agent]

    @property
    def house(self):
        return self.rooms._house

    def _outcome(self, view, turn, action, arguments):
        try:
            return asyncio.run(self.rooms.apply(view, ActionCall(turn.agent, action, arguments), turn))
        except Refusal as refusal:
            return str(refusal)
