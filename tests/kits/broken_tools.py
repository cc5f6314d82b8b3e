"""For each test of the kit for tools, a tool that breaks this one promise."""

import asyncio
from random import Random
from typing import Literal

from attrs import evolve
from kits.culprits import kits_of
from kits.good_tool import CALLS, GoodTool, Letters

from troupe_core.plugin import Delivery, Outcome, Stimulus, action
from troupe_core.testing import ToolConformance

__all__ = ["BROKEN", "GOOD", "KIT"]

Color = Literal["red", "blue"]
KIT = ToolConformance
GOOD = GoodTool


class Changed(GoodTool):
    """A tool whose specs are not quite those that were declared."""

    def __init__(self):
        super().__init__()
        self.specs = tuple(self.changed(each.spec) for each in self.declared_actions.values())

    def changed(self, spec):
        return spec

    def actions(self, agent):
        return self.specs


class IsSilent(Changed):
    def changed(self, spec):
        return evolve(spec, summary=" ") if spec.name == "guess" else spec


class CountsLetters(Changed):
    def changed(self, spec):
        text = {"type": "string", "minLength": 1}
        properties = {**spec.parameters["properties"], "text": text}
        return evolve(spec, parameters={**spec.parameters, "properties": properties}) if spec.name == "write" else spec


class OffersAnew(GoodTool):
    def actions(self, agent):
        return [evolve(spec) for spec in super().actions(agent)]


class AsksForMore(Changed):
    def changed(self, spec):
        return evolve(spec, capability="files.write") if spec.name == "guess" else spec


class CannotTakeNothing(GoodTool):
    @action
    async def write(self, turn, text: str, color: Color):
        """Write something on the board."""
        if not text:
            raise ValueError("no text")
        await super().write(turn, text, color)


class CannotTakeMuch(GoodTool):
    @action
    async def write(self, turn, text: str, color: Color):
        """Write something on the board."""
        if len(text) > 10_000:
            raise ValueError("too much text")
        await super().write(turn, text, color)


class NotesWhoReads(GoodTool):
    looks = 0

    @action(effect="read")
    async def look(self, turn):
        """Look at the board."""
        self.looks += 1
        return await super().look(turn)

    def snapshot(self, agent):
        return {**super().snapshot(None), "looks": self.looks} if agent is None else super().snapshot(agent)

    def restore(self, agent, state):
        super().restore(agent, state)
        if agent is None:
            self.looks = state["looks"]


class ThinksAloud(GoodTool):
    @action(effect="internal")
    def ponder(self, turn, text: str):
        """Think about what stands there."""
        self.notes.append(text)


class MixesUpReaders(GoodTool):
    @action(effect="read")
    async def look(self, turn):
        """Look at the board."""
        self.reader = turn.agent
        await asyncio.sleep(0)
        return Outcome(text=f"{self.reader}, this stands there: {self.notes}")


CHANCE = Random()


class ThrowsItsOwnDice(GoodTool):
    @action(effect="internal")
    def guess(self, turn):
        """Guess a number."""
        return f"You think of {CHANCE.random()}."


class LeavesHalf(GoodTool):
    @action
    async def write(self, turn, text: str, color: Color):
        """Write something on the board."""
        await super().write(turn, text, color)
        await asyncio.sleep(0)


class SendsAgain(Letters):
    async def perform(self, key, arguments):
        return await super().perform(f"{key} {len(self.sent)}", arguments)


class PostsTwice(GoodTool):
    def __init__(self):
        super().__init__()
        self.letters = SendsAgain()


class KeepsTurns(GoodTool):
    @action(effect="internal")
    def guess(self, turn):
        """Guess a number."""
        self.turn = turn
        return super().guess(turn)


class TellsTexts(GoodTool):
    def told(self, text):
        return text


class KeepsASet(GoodTool):
    def snapshot(self, agent):
        return {"notes": self.notes, "new": self.new, "colors": {"red"}} if agent is None else super().snapshot(agent)


class RestoresHalf(GoodTool):
    def restore(self, agent, state):
        if agent is None:
            super().restore(agent, state)


class KeepsNotesWithPeople(GoodTool):
    def snapshot(self, agent):
        return super().snapshot(agent) if agent is None else [self.thoughts.get(agent, 0), len(self.notes)]

    def restore(self, agent, state):
        super().restore(agent, state if agent is None else state[0])


class ReachesAll(GoodTool):
    reach = "all"  # type: ignore[assignment]


class TellsEverybody(GoodTool):
    def told(self, text):
        return Delivery(Stimulus(text=text, kind="note"))


BROKEN = {
    "test_each_action_has_a_name_of_its_own_and_says_what_it_does": IsSilent,
    "test_parameters_keep_to_what_providers_enforce": CountsLetters,
    "test_the_same_offer_is_the_same_objects": OffersAnew,
    "test_what_its_actions_ask_for_is_declared": AsksForMore,
    "test_whatever_fits_the_schema_is_answered": CannotTakeNothing,
    "test_long_and_strange_texts_are_answered": CannotTakeMuch,
    "test_reading_changes_nothing": NotesWhoReads,
    "test_what_is_internal_changes_only_the_agent_itself": ThinksAloud,
    "test_readings_may_overlap": MixesUpReaders,
    "test_the_same_calls_come_to_the_same": ThrowsItsOwnDice,
    "test_a_call_that_was_broken_off_had_no_effect": LeavesHalf,
    "test_what_is_idempotent_may_be_done_twice": PostsTwice,
    "test_no_turn_is_kept": KeepsTurns,
    "test_what_comes_between_two_steps_are_changes": TellsTexts,
    "test_its_state_is_json": KeepsASet,
    "test_a_restored_part_goes_on_as_the_first_would_have": RestoresHalf,
    "test_an_agents_state_is_changed_by_its_own_turns_alone": KeepsNotesWithPeople,
    "test_its_reach_is_one_that_there_is": ReachesAll,
    "test_it_carries_nothing_farther_than_its_reach": TellsEverybody,
}

globals().update(kits_of(KIT, [GOOD, *BROKEN.values()], calls=CALLS))
