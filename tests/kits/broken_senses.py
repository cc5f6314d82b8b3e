"""For each test of the kit for senses, a sense that breaks this one promise."""

import asyncio
from contextlib import suppress
from random import Random

from attrs import evolve
from kits.culprits import kits_of
from kits.good_sense import GoodSense

from troupe_core.plugin import ModalityError
from troupe_core.testing import ModalityConformance

__all__ = ["BROKEN", "GOOD", "KIT"]

KIT = ModalityConformance
GOOD = GoodSense
CHANCE = Random()


class AcceptsEndings(GoodSense):
    accepts = (".png",)


class HasNoWords(GoodSense):
    async def perceive(self, stimulus, perceiver):
        return evolve(await super().perceive(stimulus, perceiver), text="")


class ChangesTheStimulus(GoodSense):
    async def perceive(self, stimulus, perceiver):
        return await super().perceive(evolve(stimulus, text=""), perceiver)


class TakesThePictureAway(GoodSense):
    async def perceive(self, stimulus, perceiver):
        return evolve(await super().perceive(stimulus, perceiver), media=None)


class SeesWhatItLikes(GoodSense):
    async def perceive(self, stimulus, perceiver):
        return evolve(await super().perceive(stimulus, perceiver), text=f"{CHANCE.random()} of a picture")


class MixesUpWhoSees(GoodSense):
    async def perceive(self, stimulus, perceiver):
        self.perceiver = perceiver
        await asyncio.sleep(0)
        return await super().perceive(stimulus, self.perceiver)


class SaysItInPython(GoodSense):
    async def perceive(self, stimulus, perceiver):
        try:
            return await super().perceive(stimulus, perceiver)
        except ModalityError as error:
            raise ValueError(str(error)) from error


class CannotTakeMuch(GoodSense):
    async def perceive(self, stimulus, perceiver):
        if len(stimulus.media.caption or "") > 10_000:
            raise ModalityError("too long a caption")
        return await super().perceive(stimulus, perceiver)


class CannotBeStopped(GoodSense):
    async def perceive(self, stimulus, perceiver):
        with suppress(asyncio.CancelledError):
            await asyncio.sleep(0)
        return await super().perceive(stimulus, perceiver)


BROKEN = {
    "test_it_says_which_media_types_it_takes": AcceptsEndings,
    "test_there_is_always_text": HasNoWords,
    "test_it_makes_a_percept_of_the_stimulus": ChangesTheStimulus,
    "test_media_stay_attached_for_a_model_that_sees": TakesThePictureAway,
    "test_the_same_is_perceived_alike": SeesWhatItLikes,
    "test_many_may_look_at_once": MixesUpWhoSees,
    "test_what_cannot_be_perceived_is_said_so": SaysItInPython,
    "test_words_of_any_kind_stand_beside_it": CannotTakeMuch,
    "test_perceiving_can_be_broken_off": CannotBeStopped,
}

globals().update(kits_of(KIT, [GOOD, *BROKEN.values()]))
