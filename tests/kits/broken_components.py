"""For each test that all kits share, a component that breaks this one promise; they are tried as tools."""

import asyncio
import socket
from contextlib import suppress
from tempfile import TemporaryFile
from typing import Any

from attrs import field, frozen
from kits.culprits import kits_of
from kits.good_tool import CALLS, GoodTool

from troupe_core.plugin import Faculty, action
from troupe_core.testing import ToolConformance

__all__ = ["BROKEN", "GOOD", "KIT"]

KIT = ToolConformance
GOOD = GoodTool


class NotInstalled(GoodTool):
    kit_says: dict[str, Any] = {"component": "no-such-tool", "factory": None, "calls": []}  # noqa: RUF012


class HeavyToDiscover(GoodTool):
    kit_says: dict[str, Any] = {"component": "heavy-dice", "factory": None, "calls": []}  # noqa: RUF012


class WellDeclared(GoodTool):
    kit_says: dict[str, Any] = {  # noqa: RUF012
        "component": "kit-dice:kit-dice",
        "factory": None,
        "config": {"sides": 20},
        "calls": [],
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


@frozen
class WantsWhatTomlCannotSay:
    """Settings."""

    size: complex = field(default=1j)
    """How large it is."""


class ReservedKey(GoodTool):
    def __init__(self, config: TakesOurKey) -> None:
        super().__init__()


class SilentSettings(GoodTool):
    def __init__(self, config: SaysNothing) -> None:
        super().__init__()


class StrangeSettings(GoodTool):
    def __init__(self, config: WantsWhatTomlCannotSay) -> None:
        super().__init__()


class SomethingElse(Faculty):
    """No tool."""


class WritesWhenMade(GoodTool):
    def __init__(self):
        super().__init__()
        with TemporaryFile() as file:
            file.write(b"I was made.")


class DoesNotOpen(GoodTool):
    async def open(self, context):
        raise RuntimeError("the door is locked")


class ClosesWhatNeverOpened(GoodTool):
    async def open(self, context):
        await super().open(context)
        self.file = context.folder / "board.txt"

    async def close(self):
        self.file.unlink(missing_ok=True)


class LeavesATask(GoodTool):
    async def open(self, context):
        await super().open(context)
        self.task = asyncio.create_task(asyncio.sleep(3600))


class CallsHome(GoodTool):
    @action(effect="internal")
    def guess(self, turn):
        """Guess a number."""
        with suppress(OSError):
            socket.create_connection(("192.0.2.1", 443), timeout=1).close()
        return super().guess(turn)


BOARD: list[str] = []


class OneBoardForAll(GoodTool):
    def __init__(self):
        super().__init__()
        self.notes = BOARD


BROKEN = {
    "test_it_is_found_under_its_name": NotInstalled,
    "test_discovering_it_imports_nothing_heavy": HeavyToDiscover,
    "test_its_settings_leave_the_cores_keys_alone": ReservedKey,
    "test_each_setting_has_a_type_and_words": SilentSettings,
    "test_a_wrong_table_is_refused_with_place_and_value": StrangeSettings,
    "test_it_is_made_from_its_settings": SomethingElse,
    "test_making_it_does_no_input_or_output": WritesWhenMade,
    "test_it_opens_and_closes": DoesNotOpen,
    "test_it_closes_after_an_opening_that_broke_off": ClosesWhatNeverOpened,
    "test_closing_it_leaves_nothing_running": LeavesATask,
    "test_what_declares_no_network_uses_none": CallsHome,
    "test_two_parts_share_nothing": OneBoardForAll,
}

globals().update(kits_of(KIT, [WellDeclared, *BROKEN.values()], calls=CALLS))
