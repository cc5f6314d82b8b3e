"""For each test of the kit for worlds, a world that breaks this one promise."""

from typing import Literal

from kits.culprits import kits_of
from kits.good_worlds import GoodLine, GoodRoom

from troupe_core.plugin import action
from troupe_core.testing import EnvironmentConformance

__all__ = ["BROKEN", "GOOD", "KIT"]

KIT = EnvironmentConformance
GOOD = GoodRoom


class CannotTakeNothing(GoodRoom):
    @action
    def talk(self, turn, text: str):
        """Say something aloud."""
        if not text:
            raise ValueError("no text")
        super().talk(turn, text)


class WantsToBeOpen(GoodRoom):
    async def open(self, context):
        self.context = context

    def begin(self, opening):
        self.chance = self.context.random("begin")


class NeedsSomebody(GoodRoom):
    def turns(self, step, present):
        return [[present[0]], present[1:]]


class KnowsWhoCameFirst(GoodRoom):
    def begin(self, opening):
        self.places = {name: place for place, name in enumerate(opening.people)}

    def scene(self, view, agent):
        return f"You sit on chair {self.places[agent]}."


class LetsSomebodyActTwice(GoodRoom):
    def turns(self, step, present):
        return [present, present[:1]]


class ShowsTexts(GoodRoom):
    def observe(self, view, agent):
        return ["A bell rings.", *super().observe(view, agent)]


class ShowsThingsOnce(GoodRoom):
    def __init__(self):
        super().__init__()
        self.shown = set()

    def observe(self, view, agent):
        new = [each for each in super().observe(view, agent) if (each.id, agent) not in self.shown]
        self.shown |= {(each.id, agent) for each in new}
        return new


class NotesWhoLooks(GoodRoom):
    looks = 0

    def observe(self, view, agent):
        self.looks += 1
        return super().observe(view, agent)

    def snapshot(self, agent):
        return {"said": super().snapshot(None), "looks": self.looks} if agent is None else None

    def restore(self, agent, state):
        super().restore(agent, state["said"])
        self.looks = state["looks"]


class CountsScenes(GoodRoom):
    scenes = 0

    def scene(self, view, agent):
        self.scenes += 1
        return f"This is your scene no. {self.scenes}."


class LosesTheLast(GoodRoom):
    async def settle(self, view, calls):
        outcomes = await super().settle(view, calls)
        return outcomes[:-1] if len(outcomes) > 1 else outcomes


class EndsWithoutWords(GoodRoom):
    def finished(self):
        return True if self.step >= 3 else None


class CountsOnItself(GoodLine):
    gone = 0

    def scene(self, view, agent):
        return f"{self.gone} steps were taken."

    @action
    def go(self, view, turn, where: Literal["up", "down"]):
        """Go one place on."""
        self.gone += 1
        super().go(view, turn, where)


class ReachesAtOnce(GoodLine):
    def may_reach(self, frontier, agent, within):
        return super().may_reach(frontier, agent, within + 1)


class ReachesNoFarther(GoodLine):
    def may_reach(self, frontier, agent, within):
        return super().may_reach(frontier, agent, within) if within < 2 else []


class ReachesNobody(GoodLine):
    def may_reach(self, frontier, agent, within):
        return []


BROKEN = {
    "test_whatever_fits_the_schema_is_answered": CannotTakeNothing,
    "test_a_study_can_be_checked_without_opening_the_world": WantsToBeOpen,
    "test_nobody_one_or_many_may_be_there": NeedsSomebody,
    "test_people_come_and_go": KnowsWhoCameFirst,
    "test_turns_are_groups_of_those_present": LetsSomebodyActTwice,
    "test_what_is_observed_are_stimuli": ShowsTexts,
    "test_observing_twice_shows_the_same": ShowsThingsOnce,
    "test_observing_changes_nothing": NotesWhoLooks,
    "test_a_scene_is_a_sentence_that_stays": CountsScenes,
    "test_settling_gives_one_outcome_for_each_call": LosesTheLast,
    "test_the_end_is_a_text_that_stays": EndsWithoutWords,
    "test_all_state_is_in_the_view": CountsOnItself,
    "test_within_no_turns_nobody_reaches_anybody": ReachesAtOnce,
    "test_within_more_turns_no_fewer_may_reach": ReachesNoFarther,
    "test_whoever_changes_what_is_seen_may_reach": ReachesNobody,
}

globals().update(kits_of(KIT, [GOOD, GoodLine, *BROKEN.values()]))
