"""Puts small plugins on a path as an installer does: a module, and a `*.dist-info` folder beside it."""

import importlib
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from attrs import frozen

TOOL = """
from troupe_core.plugin import Component, hookimpl

@hookimpl
def troupe_tools():
    return [Component(name="{name}", summary="Throws dice.", factory="{module}_part:Dice", config={config})]
"""

PART = '''
from attrs import field, frozen, validators
from troupe_core.plugin import Tool

@frozen
class Config:
    sides: int = field(default=6, validator=validators.ge(2))
    """How many faces the dice has."""
    colour: str = "white"

class Dice(Tool):
    def __init__(self, config=None):
        self.config = config
'''


@frozen
class Site:
    """A folder of installed packages."""

    folder: Path

    def install(
        self,
        distribution: str,
        module: str | None,
        *,
        version: str = "1.0",
        entry: str | None = None,
        requires: str | None = "troupe-core>=0.1",
        lines: str | None = None,
        **more: str,
    ) -> None:
        """Install one plugin: `module` is the text of its entry module, `more` that of others by suffix."""
        package = distribution.replace("-", "_")
        metadata = self.folder / f"{package}-{version}.dist-info"
        metadata.mkdir()
        headers = [f"Metadata-Version: 2.4\nName: {distribution}\nVersion: {version}"]
        headers += [f"Requires-Dist: {requires}"] if requires else []
        (metadata / "METADATA").write_text("\n".join(headers) + "\n\nA plugin.\n", encoding="utf-8")
        name = entry or distribution.removeprefix("troupe-")
        (metadata / "entry_points.txt").write_text(
            lines or f"[console_scripts]\nx = y:z\n\n[troupe]\n{name} = {package}\n", encoding="utf-8"
        )
        if module is not None:
            (self.folder / f"{package}.py").write_text(module, encoding="utf-8")
        for suffix, text in more.items():
            (self.folder / f"{package}_{suffix}.py").write_text(text, encoding="utf-8")
        importlib.invalidate_caches()

    def install_dice(
        self, distribution: str = "troupe-dice", *, name: str = "dice", part: str = PART, **more: str | None
    ) -> None:
        """Install a plugin with one tool and its settings."""
        module = distribution.replace("-", "_")
        text = TOOL.format(name=name, module=module, config=f'"{module}_part:Config"')
        self.install(distribution, text, part=part, **more)  # type: ignore[arg-type]

    def file(self, distribution: str) -> str:
        """The entry module of a plugin."""
        return str(self.folder / f"{distribution.replace('-', '_')}.py")


def new_site(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """An empty site on the path; what was imported from it is forgotten at the end."""
    before: Mapping[str, object] = dict(sys.modules)
    folder.mkdir()
    monkeypatch.syspath_prepend(str(folder))
    yield Site(folder)
    for name in set(sys.modules) - set(before):
        if str(getattr(sys.modules[name], "__file__", "")).startswith(str(folder)):
            del sys.modules[name]
