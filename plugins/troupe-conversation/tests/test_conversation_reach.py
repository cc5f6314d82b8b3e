# mypy: allow-untyped-defs, allow-incomplete-defs, allow-untyped-calls
"""Who may reach whom in the world of rooms: exactly those who can, found by trying everything that they can do."""

from itertools import pairwise
from typing import Any

import pytest
from attrs import define
from conversation_house import PlainWorld
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from troupe_conversation.house import House

PEOPLE = ("Ann", "Bob", "Cid")


@define
class Committed:
    """Everybody is equally far."""

    world: PlainWorld

    def committed(self):
        return [(name, self.world.step - 1) for name in self.world.people]

    def get(self, key):
        return self.world.state.get(key)


@st.composite
def houses(draw, most=5):
    """The doors of connected rooms."""
    count = draw(st.integers(1, most))
    doors = [set[int]() for _ in range(count)]
    for room in range(1, count):
        doors[room].add(draw(st.integers(0, room - 1)))
    for a, b in draw(st.lists(st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)), max_size=2)):
        doors[a] |= {b} - {a}
    return [sorted(each) for each in doors]


@st.composite
def worlds(draw):
    """A house in which everybody has gone and talked for a while."""
    doors = draw(houses())
    world = PlainWorld.of(doors, {name: draw(st.integers(0, len(doors) - 1)) for name in PEOPLE})
    for _ in range(draw(st.integers(0, 2))):
        for name in world.people:
            others = [other for other in world.people if other != name]
            world.do(name, draw(st.sampled_from(list(world.turns_of(name, others)))))
        world.step += 1
    return world


def reads(world, agent):
    """All that a turn of this agent can read: what it is told, and what comes of anything it might do."""
    seen = world.seen_by(agent, (world.step - 2, 0))
    others = [name for name in world.people if name != agent]
    return seen, [world.after(agent, []).do(agent, deeds) for deeds in world.turns_of(agent, others)]


def histories(world, agent, partner, number):
    """All worlds that so many turns of this agent lead to."""
    if number == 0:
        yield world
        return
    for deeds in world.turns_of(agent, [partner]):
        yield from histories(world.after(agent, [deeds]), agent, partner, number - 1)


def reaches(world, agent, other, within):
    """Whether some turns of the other change anything that this agent reads: everything is tried."""
    idle = reads(world.after(other, [[]] * within), agent)
    return any(reads(after, agent) != idle for after in histories(world, other, agent, within))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(worlds())
def test_whoever_can_change_what_one_reads_with_one_turn_may_reach_one_and_nobody_else(world):
    for agent in world.people:
        told: Any = world.rooms.may_reach(Committed(world), agent, 1)

        can = {other for other in world.people if other != agent and reaches(world, agent, other, 1)}
        assert set(told) == can


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(worlds())
def test_so_it_is_with_two_turns(world):
    agent = world.people[0]
    told: Any = world.rooms.may_reach(Committed(world), agent, 2)

    can = {other for other in world.people[1:] if reaches(world, agent, other, 2)}
    assert set(told) == can


def test_two_turns_reach_exactly_one_door_farther():
    world = PlainWorld.of([[1], [2], [3], [4], []], {"Ann": 0, "Bob": 3, "Cid": 4})

    assert reaches(world, "Ann", "Bob", 2)
    assert not reaches(world, "Ann", "Cid", 2)
    assert world.rooms.may_reach(Committed(world), "Ann", 2) == ("Bob",)


@given(worlds(), st.integers(0, 6))
def test_more_turns_reach_at_least_as_far_and_none_reach_nobody(world, within):
    for agent in world.people:
        told = [set(world.rooms.may_reach(Committed(world), agent, number)) for number in (within, within + 1)]

        assert told[0] <= told[1]
        assert world.rooms.may_reach(Committed(world), agent, 0) == ()


def test_how_far_influence_goes_in_a_row_of_rooms():
    row = [[1], [2], [3], [4], []]
    world = PlainWorld.of(row, {"Ann": 0, "Bob": 1, "Cid": 2, "Dan": 3, "Eve": 4})

    told = [world.rooms.may_reach(Committed(world), "Ann", within) for within in range(5)]

    assert told == [
        (),
        ("Bob", "Cid"),
        ("Bob", "Cid", "Dan"),
        ("Bob", "Cid", "Dan", "Eve"),
        ("Bob", "Cid", "Dan", "Eve"),
    ]


def test_nobody_reaches_through_walls():
    world = PlainWorld.of([[1], [], []], {"Ann": 0, "Bob": 1, "Cid": 2})

    assert world.rooms.may_reach(Committed(world), "Ann", 9) == ("Bob",)
    assert world.rooms.may_reach(Committed(world), "Cid", 9) == ()


@given(houses(most=8))
def test_the_first_door_on_the_way_brings_one_nearer(doors):
    house = House.of({str(room): [str(other) for other in others] for room, others in enumerate(doors)})

    for start in house.rooms:
        for end in house.rooms:
            way = [start]
            while way[-1] != end:
                way.append(house.towards(way[-1], end) or "")
            assert len(way) - 1 == house.distance(start, end)
            assert all(b in house.doors[a] and a in house.doors[b] for a, b in pairwise(way))


@pytest.mark.parametrize(("start", "end"), [("a", "c"), ("c", "a")])
def test_where_there_is_no_way_there_is_no_door_on_it(start, end):
    house = House.of({"a": ["b"], "b": [], "c": []})

    assert house.distance(start, end) is None
    assert house.towards(start, end) is None
