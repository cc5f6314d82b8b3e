"""Plugins that do nothing, as many as are wanted, in a folder as an installer leaves it."""

import compileall
from pathlib import Path

__all__ = ["install_dummies"]

PLUGIN = '''"""What the dummy offers."""

from troupe_core.plugin import Component, hookimpl


@hookimpl
def troupe_tools():
    return [
        Component(
            name="dummy-{number}",
            summary="Does nothing, for the {number}th time.",
            factory="troupe_dummy_{number}.tool:Dummy",
            config="troupe_dummy_{number}.config:DummyConfig",
        )
    ]


@hookimpl
def troupe_environments():
    return [
        Component(
            name="dummy-{number}", summary="A world without anything.", factory="troupe_dummy_{number}.world:Nothing"
        )
    ]
'''

CONFIG = '''"""The settings of a dummy."""

from attrs import frozen


@frozen
class DummyConfig:
    size: int = 6
    """How large."""
'''

TOOL = '''"""A tool that is too heavy to be imported for nothing."""

import asyncio, decimal, http.client, sqlite3, unittest
from troupe_core.plugin import Tool


class Dummy(Tool):
    def __init__(self, config):
        self.config = config
'''

COMMAND = "import click\n\n\n@click.command()\ndef nothing(): ...\n"

METADATA = """Metadata-Version: 2.4
Name: troupe-dummy-{number}
Version: 1.{number}
Requires-Dist: troupe-core>=0.1,<1

A plugin that does nothing.
"""


def install_dummies(folder: Path, count: int) -> Path:
    """Write `count` plugins into the folder, compiled; every tenth has a command too. Returns the folder."""
    folder.mkdir()
    for number in range(count):
        package = folder / f"troupe_dummy_{number}"
        package.mkdir()
        files = {"__init__": "", "plugin": PLUGIN, "config": CONFIG, "tool": TOOL, "command": COMMAND}
        for name, text in files.items():
            (package / f"{name}.py").write_text(text.replace("{number}", str(number)), encoding="utf-8")
        metadata = folder / f"troupe_dummy_{number}-1.{number}.dist-info"
        metadata.mkdir()
        (metadata / "METADATA").write_text(METADATA.format(number=number), encoding="utf-8")
        lines = f"[troupe]\ndummy-{number} = troupe_dummy_{number}.plugin\n"
        if number % 10 == 0:
            lines += f"\n[troupe.commands]\ndummy-{number} = troupe_dummy_{number}.command:nothing\n"
        (metadata / "entry_points.txt").write_text(lines, encoding="utf-8")
    compileall.compile_dir(str(folder), quiet=1)
    return folder
