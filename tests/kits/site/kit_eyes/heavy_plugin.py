"""What is declared with more imports than that takes."""

import asyncio
import unittest.mock

from troupe_core.plugin import Component, hookimpl

HEAVY = (asyncio, unittest.mock)


@hookimpl
def troupe_modalities():
    return [Component(name="heavy-eye", summary="Weighs pictures.", factory="kit_eyes.eye:HeavyEye")]
