"""The core's wheel in an environment of its own: no plugin, no extra, no source tree in sight."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--wheel``: these tests build and install, so they run where they are asked for."""
    parser.addoption("--wheel", action="store_true", help="build the core's wheel and try it alone")


@pytest.fixture(scope="session")
def wheel(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a source distribution as an index would get it."""
    if not request.config.getoption("--wheel", default=False):
        pytest.skip("builds the wheel: `tox run -e bare`")
    out = tmp_path_factory.mktemp("dist")
    subprocess.run([sys.executable, "-m", "build", "--installer", "uv", "--outdir", str(out), str(ROOT)], check=True)
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="session")
def bare(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs a command of a fresh environment that holds the wheel and what it depends on; offline."""
    folder = tmp_path_factory.mktemp("bare")
    home = tmp_path_factory.mktemp("elsewhere")
    subprocess.run([sys.executable, "-m", "uv", "venv", "--python", sys.executable, str(folder)], check=True)
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    subprocess.run([sys.executable, "-m", "uv", "pip", "install", "--python", str(python), str(wheel)], check=True)
    nowhere = "http://127.0.0.1:9"  # whoever reaches for the network is refused
    environment = {"PATH": str(python.parent), "HOME": str(home), "http_proxy": nowhere, "https_proxy": nowhere}

    def run(command: str, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [python.parent / command, *words], check=False, cwd=home, env=environment, capture_output=True, text=True
        )

    return run
