"""What is declared with more imports than that takes."""

import asyncio
import unittest.mock

from troupe_core.plugin import Component, hookimpl

HEAVY = (asyncio, unittest.mock)


@hookimpl
def troupe_tools():
    return [Component(name="heavy-dice", summary="Throws dice.", factory="kit_dice.tool:HeavyDice")]
