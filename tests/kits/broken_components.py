"""For each test that all kits share, a component that breaks this one promise; they are tried as senses."""

import asyncio
import socket
from contextlib import suppress
from enum import Enum
from tempfile import TemporaryFile
from typing import Any

from attrs import evolve, frozen
from kits.culprits import kits_of
from kits.good_sense import GoodSense

from troupe_core.plugin import Faculty, Stimulus
from troupe_core.testing import ModalityConformance

__all__ = ["BROKEN", "GOOD", "KIT"]

KIT = ModalityConformance
GOOD = GoodSense


class NotInstalled(GoodSense):
    kit_says: dict[str, Any] = {"component": "no-such-sense", "factory": None}


class HeavyToDiscover(GoodSense):
    kit_says: dict[str, Any] = {"component": "heavy-eye", "factory": None}


class WellDeclared(GoodSense):
    kit_says: dict[str, Any] = {
        "component": "kit-eyes:kit-eye",
        "factory": None,
        "config": {"least": 20},
    }


@frozen
class TakesOurKey:
    """Settings."""

    budget: int = 1
    """How much it may cost."""


@frozen
class SaysNothing:
    """Settings."""

    sides: int = 6


class Color(Enum):
    """A color, red where in doubt."""

    RED = "red"
    BLUE = "blue"

    @classmethod
    def _missing_(cls, value):
        return cls.RED


@frozen
class TakesAnything:
    """Settings."""

    color: Color = Color.RED
    """What is written with."""


class ReservedKey(GoodSense):
    def __init__(self, config: TakesOurKey) -> None:
        super().__init__()


class SilentSettings(GoodSense):
    def __init__(self, config: SaysNothing) -> None:
        super().__init__()


class LenientSettings(GoodSense):
    def __init__(self, config: TakesAnything) -> None:
        super().__init__()


class SomethingElse(Faculty):
    """No sense."""


class WritesWhenMade(GoodSense):
    def __init__(self):
        super().__init__()
        with TemporaryFile() as file:
            file.write(b"I was made.")


class DoesNotOpen(GoodSense):
    async def open(self, context):
        raise RuntimeError("the door is locked")


class ClosesWhatNeverOpened(GoodSense):
    async def open(self, context):
        await super().open(context)
        self.file = context.folder / "seen.txt"

    async def close(self):
        self.file.unlink(missing_ok=True)


class LeavesATask(GoodSense):
    async def open(self, context):
        await super().open(context)
        self.task = asyncio.create_task(asyncio.sleep(3600))


class CallsHome(GoodSense):
    async def perceive(self, stimulus, perceiver):
        with suppress(OSError):
            socket.create_connection(("192.0.2.1", 443), timeout=1).close()
        return await super().perceive(stimulus, perceiver)


SEEN: list[Stimulus] = []


class OneMindForAll(GoodSense):
    async def perceive(self, stimulus, perceiver):
        SEEN.extend([stimulus] if perceiver.sees_images else [])
        return evolve(await super().perceive(stimulus, perceiver), text=f"The picture no. {len(SEEN)}.")


BROKEN = {
    "test_it_is_found_under_its_name": NotInstalled,
    "test_discovering_it_imports_nothing_heavy": HeavyToDiscover,
    "test_its_settings_leave_the_cores_keys_alone": ReservedKey,
    "test_each_setting_has_a_type_and_words": SilentSettings,
    "test_a_wrong_table_is_refused_with_place_and_value": LenientSettings,
    "test_it_is_made_from_its_settings": SomethingElse,
    "test_making_it_does_no_input_or_output": WritesWhenMade,
    "test_it_opens_and_closes": DoesNotOpen,
    "test_it_closes_after_an_opening_that_broke_off": ClosesWhatNeverOpened,
    "test_closing_it_leaves_nothing_running": LeavesATask,
    "test_what_declares_no_network_uses_none": CallsHome,
    "test_two_parts_share_nothing": OneMindForAll,
}

globals().update(kits_of(KIT, [WellDeclared, *BROKEN.values()]))
