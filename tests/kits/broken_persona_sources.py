"""For each test of the kit for persona sources, a source that breaks this one promise."""

from datetime import timedelta
from itertools import count as counting
from random import Random
from typing import Any

from kits.culprits import kits_of

from troupe_core.plugin import Persona, PersonaSource
from troupe_core.testing import PersonaSourceConformance

__all__ = ["BROKEN", "GOOD", "KIT"]

KIT = PersonaSourceConformance


class GoodSource(PersonaSource):
    """People with a number and an age."""

    async def personas(self, count, random):
        for number in range(count):
            yield self.person(number, random)

    def person(self, number, random):
        return Persona(name=f"Person {number}", age=random.randint(18, 80))


GOOD = GoodSource


class GivesOneMore(GoodSource):
    async def personas(self, count, random):
        async for each in super().personas(count + 1, random):
            yield each


class SharesOutAges(GoodSource):
    async def personas(self, count, random):
        for number in range(count):
            yield Persona(name=f"Person {number}", age=18 + number * 60 // count)


class HasChanceOfItsOwn(GoodSource):
    numbers = counting()

    def person(self, number, random):
        return Persona(name=f"Person {number}", age=Random(next(self.numbers)).randint(18, 80))


class KnowsTenNames(GoodSource):
    def person(self, number, random):
        return Persona(name=f"Person {number % 10}", age=number)


class KnowsBirthdays(GoodSource):
    def born(self, number: int) -> Any:
        return {"born": timedelta(days=number)}

    def person(self, number, random):
        return Persona(name=f"Person {number}", facts=self.born(number))


class DrawsAllAtOnce(GoodSource):
    async def personas(self, count, random):
        stream = Random(random.random())
        ages = [stream.randint(18, 80) for _ in range(count)]
        for number, age in enumerate(ages):
            yield Persona(name=f"Person {number}", age=age)


class CountsOnSelf(GoodSource):
    async def personas(self, count, random):
        self.number = 0
        while self.number < count:
            self.number += 1
            yield self.person(self.number, random)


BROKEN = {
    "test_it_gives_as_many_people_as_are_asked_for": GivesOneMore,
    "test_the_first_do_not_depend_on_how_many_follow": SharesOutAges,
    "test_the_same_chance_gives_the_same_people": HasChanceOfItsOwn,
    "test_nobody_comes_twice": KnowsTenNames,
    "test_people_are_plain_data": KnowsBirthdays,
    "test_people_come_one_by_one": DrawsAllAtOnce,
    "test_several_may_be_drawn_at_once_and_broken_off": CountsOnSelf,
}

globals().update(kits_of(KIT, [GOOD, *BROKEN.values()]))
