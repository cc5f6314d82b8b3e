"""For each test of the kit for faculties, a faculty that breaks this one promise."""

import asyncio

from attrs import evolve
from kits.culprits import kits_of

from troupe_core.plugin import Faculty, Memory, Percept, Stimulus, action
from troupe_core.testing import FacultyConformance

__all__ = ["BROKEN", "GOOD", "KIT"]

KIT = FacultyConformance


class GoodFaculty(Faculty):
    """Has a mood, by agent."""

    def __init__(self):
        self.moods = {}

    def attend(self, turn, percepts):
        return [each for each in percepts if each.text != "it rains"]

    def encode(self, turn, memory):
        return evolve(memory, importance=0.9)

    def cue(self, turn, cue):
        return evolve(cue, count=min(cue.count, 2))

    def prompt(self, turn):
        moods = self.moods.get(turn.agent)
        return f"You feel {moods[-1]}, for the {len(moods)}. time." if moods else None

    def asks(self, turn):
        return {"mood": {"enum": ["calm", "cross"]}}

    async def after(self, turn, told, outcomes):
        await asyncio.sleep(0)
        if "mood" not in told:
            return ()
        self.moods.setdefault(turn.agent, []).append(told["mood"])
        return [self.memory(turn, told["mood"])]

    def memory(self, turn, mood):
        return Memory(id=f"mood:{turn.step}", text=f"You felt {mood}.", kind="feeling", step=turn.step, at=turn.now)

    @action(effect="internal")
    def sigh(self, turn):
        """Sigh."""

    def snapshot(self, agent):
        return list(self.moods[agent]) if agent in self.moods else None

    def restore(self, agent, state):
        if agent is not None:
            self.moods[agent] = list(state)


GOOD = GoodFaculty


class CountsWhatItSees(GoodFaculty):
    looks = 0

    def prompt(self, turn):
        if turn.agent in self.moods:
            self.moods[turn.agent].append("calm")
        return super().prompt(turn)


class ImaginesThings(GoodFaculty):
    def attend(self, turn, percepts):
        return [*percepts, Percept(Stimulus(text="A ghost!", kind="event"), "A ghost!")]


class RenamesMemories(GoodFaculty):
    def encode(self, turn, memory):
        return evolve(memory, id=f"{memory.id}!")


class SeeksLessThanNothing(GoodFaculty):
    def cue(self, turn, cue):
        return evolve(cue, count=cue.count - 4)


class TalksMoreAndMore(GoodFaculty):
    def prompt(self, turn):
        return " ".join(f"You felt {mood}, and it was never the same." * 5 for mood in self.moods.get(turn.agent, ()))


class AsksForWhatFits(GoodFaculty):
    def asks(self, turn):
        return {**super().asks(turn), "why": {"type": "string", "maxLength": 9}}


class RemembersUnderOneId(GoodFaculty):
    def memory(self, turn, mood):
        return evolve(super().memory(turn, mood), id="mood")


class NeedsAnAnswer(GoodFaculty):
    async def after(self, turn, told, outcomes):
        told["mood"]
        return await super().after(turn, told, outcomes)


class FeelsForAll(GoodFaculty):
    def prompt(self, turn):
        moods = sum(map(len, self.moods.values()))
        return f"There were {moods} moods." if moods else None


class KeepsTheLastMoodOnly(GoodFaculty):
    def snapshot(self, agent):
        return self.moods[agent][-1:] if agent in self.moods else None


class FeelsBeforeItWaits(GoodFaculty):
    async def after(self, turn, told, outcomes):
        if "mood" in told:
            self.moods.setdefault(turn.agent, []).append(told["mood"])
            await asyncio.sleep(0)
            return [self.memory(turn, told["mood"])]
        return ()


BROKEN = {
    "test_until_after_it_only_reads": CountsWhatItSees,
    "test_attend_chooses_and_orders_what_was_perceived": ImaginesThings,
    "test_encode_keeps_the_id": RenamesMemories,
    "test_cue_gives_a_cue": SeeksLessThanNothing,
    "test_prompt_is_a_short_paragraph_or_nothing": TalksMoreAndMore,
    "test_asks_gives_schemas_that_providers_enforce": AsksForWhatFits,
    "test_after_gives_memories": RemembersUnderOneId,
    "test_after_takes_an_answer_that_tells_nothing": NeedsAnAnswer,
    "test_the_state_of_one_agent_is_not_anothers": FeelsForAll,
    "test_what_was_lived_through_is_restored": KeepsTheLastMoodOnly,
    "test_after_may_be_cancelled": FeelsBeforeItWaits,
}

globals().update(kits_of(KIT, [GOOD, *BROKEN.values()]))
