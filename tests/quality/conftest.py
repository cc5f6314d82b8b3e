"""A small plugin in which nothing is missing, and what was found in it."""

import importlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from attrs import frozen
from installing import Site, new_site

from troupe_core.discovery.plugins import Plugins
from troupe_core.quality.judging import judge
from troupe_core.quality.rule import Verdict
from troupe_core.quality.rules import RULES
from troupe_core.quality.subject import Subject

FILES = {
    "pyproject.toml": """
[project]
name = "troupe-dice"
version = "1.0"
description = "Throws dice."
readme = "README.md"
license = "MIT"
license-files = ["LICENSE"]
requires-python = ">=3.11"
classifiers = ["Typing :: Typed"]
dependencies = ["troupe-core>=0.1,<99", "attrs>=25.4"]

[project.entry-points.troupe]
dice = "troupe_dice.plugin"
""",
    "README.md": """
# Dice

```toml
[llm]
use = "mock"

[tools.dice]
use = "dice"
sides = 20

[[agents]]
persona = { name = "Ann" }
tools = ["dice"]
```

A script is not a study:

```toml
[[entries]]
actions = [{ action = "throw", number = 2 }]
```
""",
    "LICENSE": "Do as you like.\n",
    "CHANGELOG.md": "# 1.0\n\nThe first.\n",
    "src/troupe_dice/__init__.py": '"""Dice."""\n',
    "src/troupe_dice/py.typed": "",
    "src/troupe_dice/plugin.py": '''
"""What it offers."""

from collections.abc import Sequence

from troupe_core.plugin import Component, hookimpl


@hookimpl
def troupe_tools() -> Sequence[Component]:
    """The tool."""
    return [
        Component(
            name="dice",
            summary="Throws dice.",
            factory="troupe_dice.tool:Dice",
            config="troupe_dice.config:Config",
            capabilities=("files.write",),
        )
    ]
''',
    "src/troupe_dice/config.py": '''
"""What can be set."""

from attrs import field, frozen, validators


@frozen
class Colour:
    """How it looks."""

    name: str = "white"
    """In English."""


@frozen
class Config:
    """A dice."""

    sides: int = field(default=6, validator=validators.ge(2))
    """How many faces it has."""
    colours: tuple[Colour, ...] = ()
    """What the faces look like."""
''',
    "src/troupe_dice/tool.py": '''
"""The tool."""

from troupe_core.plugin import Tool, Turn, action

from troupe_dice.config import Config


class Dice(Tool):
    """Dice that are thrown; it keeps nothing."""

    def __init__(self, config: Config) -> None:
        self._config = config

    @action(effect="world")
    def throw(self, turn: Turn, number: int) -> str:
        """Throw a number of dice."""
        return f"You threw {[turn.random('throw', each).randint(1, self._config.sides) for each in range(number % 9)]}."

    @action(effect="world", capability="files.write")
    def note(self, turn: Turn, text: str) -> str:
        """Note something down."""
        return "Noted."
''',
    "tests/test_dice.py": '''
"""The dice are tried."""

from troupe_core.testing import ToolConformance


class TestDice(ToolConformance):
    """The kit."""

    component = "dice"


def test_a_dice_has_six_sides():
    from troupe_dice.config import Config

    assert Config().sides == 6
''',
}


@frozen
class Project:
    """The folder of a plugin, installed as ``pip install -e`` does it."""

    folder: Path

    def file(self, name: str) -> Path:
        return self.folder / name

    def write(self, name: str, text: str) -> None:
        self.file(name).parent.mkdir(parents=True, exist_ok=True)
        self.file(name).write_text(text, encoding="utf-8")

    def replace(self, name: str, old: str, new: str) -> None:
        text = self.file(name).read_text(encoding="utf-8")
        assert old in text
        self.write(name, text.replace(old, new))

    def install(self, site: Path, *, editable: bool = True) -> None:
        """Its metadata, where an installer puts it."""
        folder = site / "troupe_dice-1.0.dist-info"
        folder.mkdir()
        (folder / "METADATA").write_text(
            "Metadata-Version: 2.4\nName: troupe-dice\nVersion: 1.0\nRequires-Dist: troupe-core>=0.1,<99\n\n",
            encoding="utf-8",
        )
        (folder / "entry_points.txt").write_text("[troupe]\ndice = troupe_dice.plugin\n", encoding="utf-8")
        if editable:
            record = {"url": self.folder.as_uri(), "dir_info": {"editable": True}}
            (folder / "direct_url.json").write_text(json.dumps(record), encoding="utf-8")
        importlib.invalidate_caches()

    def verdicts(self, *ids: str, runs_tests: bool = False) -> dict[str, Verdict]:
        """What the rules say of it, by rule; all but those that run tests, unless they are named."""
        subject = Subject.of("troupe-dice", Plugins.discover(), runs_tests=runs_tests)
        wanted = [rule for rule in RULES if (rule.id in ids if ids else rule.id not in ("kit-passes", "offline"))]
        return {verdict.rule.id: verdict for verdict in judge(subject, wanted)}


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A folder of installed packages, in which the project's source is; what subprocesses import is there, too."""
    (tmp_path / "troupe-dice").mkdir()
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "troupe-dice" / "src"))
    yield from new_site(tmp_path / "troupe-dice" / "src", monkeypatch)


@pytest.fixture
def dice(site: Site) -> Project:
    """The plugin in which nothing is missing."""
    project = Project(site.folder.parent)
    for name, text in FILES.items():
        project.write(name, text.lstrip())
    project.install(site.folder)
    return project
