"""The environment that Troupe runs in, and which tool looks after it."""

import json
import os
import shutil
import sys
import sysconfig
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from attrs import frozen

from troupe_core.discovery.entry_points import CORE, normal
from troupe_core.errors import InputError

__all__ = ["Environment", "How", "this_environment"]

How = Literal["pip", "uv", "uv tool", "pipx"]
"""``uv tool`` and ``pipx`` remember what they installed, and forget what they did not: they must do it themselves."""

RECEIPT = "uv-receipt.toml"
PIPX_NOTE = "pipx_metadata.json"


@frozen(kw_only=True)
class Environment:
    """Where plugins of this Troupe are installed."""

    prefix: Path
    python: str
    how: How

    @property
    def upgrade(self) -> str:
        """The command that makes Troupe itself newer."""
        ways = {
            "pip": "python -m pip install --upgrade",
            "uv": "uv pip install --upgrade",
            "uv tool": "uv tool upgrade",
            "pipx": "pipx upgrade",
        }
        return f"{ways[self.how]} {CORE}"

    @property
    def synced_by(self) -> Path | None:
        """The project whose ``uv sync`` takes away again what it does not know of."""
        project = self.prefix.parent
        return project if self.how == "uv" and (project / "uv.lock").is_file() else None

    def uv(self) -> str:
        """The program. Raises `InputError` where it is not found."""
        beside = Path(self.python).parent / ("uv.exe" if os.name == "nt" else "uv")
        found = os.environ.get("UV") or shutil.which("uv") or (str(beside) if beside.is_file() else None)
        if found is None:
            raise InputError(
                "uv is not found, and this environment is in its care",
                where=str(self.prefix),
                remedy=f"Put uv on the PATH; or put pip into the environment: {self.python} -m ensurepip --upgrade",
            )
        return found

    def pipx(self) -> str:
        """The program. Raises `InputError` where it is not found."""
        found = shutil.which("pipx")
        if found is None:
            raise InputError(
                "pipx is not found, and it installed Troupe", where=str(self.prefix), remedy="Put pipx on the PATH."
            )
        return found

    def injected(self) -> set[str]:
        """What pipx has installed beside Troupe, by normal names."""
        try:
            noted = json.loads((self.prefix / PIPX_NOTE).read_text(encoding="utf-8"))["injected_packages"]
            return {normal(name) for name in noted}
        except (OSError, ValueError, KeyError, TypeError):
            return set()

    def refuse_if_managed(self) -> None:
        """Raises `InputError` where the system's own package manager looks after this Python (PEP 668)."""
        if sys.prefix == sys.base_prefix and Path(sysconfig.get_path("stdlib"), "EXTERNALLY-MANAGED").is_file():
            raise InputError(
                "this Python belongs to the system, which lets nobody else install into it",
                where=str(self.prefix),
                remedy="Give Troupe an environment of its own, and install plugins from there: uv tool install "
                "troupe-core, or pipx install troupe-core, or python -m venv .venv and pip in it.",
            )


def this_environment(environ: Mapping[str, str] = os.environ) -> Environment:
    """That of the running Python."""
    prefix = Path(sys.prefix)
    return Environment(prefix=prefix, python=sys.executable, how=_how(prefix, environ))


def _how(prefix: Path, environ: Mapping[str, str]) -> How:
    from importlib.util import find_spec

    if (prefix / RECEIPT).is_file():
        return "uv tool"
    if (prefix / PIPX_NOTE).is_file():
        return "pipx"
    if find_spec("pip") is None:
        return "uv"
    return "uv" if _made_by_uv(prefix) and (environ.get("UV") or shutil.which("uv")) else "pip"


def _made_by_uv(prefix: Path) -> bool:
    try:
        lines = (prefix / "pyvenv.cfg").read_text(encoding="utf-8").splitlines()
    except OSError:
        return False
    return any(line.partition("=")[0].strip() == "uv" for line in lines)
