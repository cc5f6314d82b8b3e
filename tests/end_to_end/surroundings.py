"""An environment with the core and the mock model in it: plugins come and go there as they do for people."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from attrs import frozen

__all__ = ["Surroundings", "new_surroundings"]

ROOT = Path(__file__).parents[2]
NOWHERE = "http://127.0.0.1:9"
"""Whoever reaches for the network is refused."""


@frozen
class Surroundings:
    """A fresh environment."""

    folder: Path
    uv: str

    def install(self, *projects: Path, editable: bool = True) -> None:
        """Install each from its folder, with what it depends on."""
        self._pip("install", *(word for project in projects for word in (*(["-e"] * editable), str(project))))

    def uninstall(self, *distributions: str) -> None:
        """Take them away again."""
        self._pip("uninstall", *distributions)

    def run(self, command: str, folder: Path) -> "subprocess.CompletedProcess[str]":
        """What a command prints that is typed into a terminal of 100 columns; it has no network."""
        return subprocess.run(
            command,
            shell=True,
            check=False,
            cwd=folder,
            env=self._env(folder),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )

    def _env(self, folder: Path) -> Mapping[str, str]:
        path = os.pathsep.join([str(self.folder / "bin"), "/usr/bin", "/bin"])
        return {"PATH": path, "HOME": str(folder), "COLUMNS": "100", "http_proxy": NOWHERE, "https_proxy": NOWHERE}

    def _pip(self, verb: str, *words: str) -> None:
        command = [self.uv, "pip", verb, "--quiet", "--python", str(self.folder), *words]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr


def new_surroundings(folder: Path) -> Surroundings:
    """Make one. Skips the test where there is no uv."""
    uv = pytest.importorskip("uv", reason="needs the package uv to make an environment").find_uv_bin()
    subprocess.run([uv, "venv", "--quiet", "--python", sys.executable, str(folder)], check=True)
    made = Surroundings(folder, uv)
    made.install(ROOT, ROOT / "plugins" / "troupe-mock-llm")
    return made
