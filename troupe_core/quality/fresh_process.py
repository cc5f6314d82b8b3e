"""What importing some modules brings along, counted in a process of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence

from attrs import frozen

__all__ = ["Imported", "imported_by"]

_PROGRAM = """
import importlib, json, sys
import attr, attrs, pluggy
import troupe_core.errors, troupe_core.plugin
before = set(sys.modules)
for name in sys.argv[1:]:
    importlib.import_module(name)
json.dump([name for name in sys.modules if name not in before], sys.__stdout__)
"""

_HEAVY = frozenset(
    {"asyncio", "concurrent", "ctypes", "curses", "dbm", "distutils", "email", "ensurepip", "ftplib", "html", "http"}
    | {"idlelib", "imaplib", "importlib.metadata", "lib2to3", "logging", "mailbox", "multiprocessing", "poplib"}
    | {"pydoc", "smtplib", "socket", "socketserver", "sqlite3", "ssl", "subprocess", "tempfile", "tkinter", "turtle"}
    | {"unittest", "urllib.request", "venv", "wsgiref", "xml", "xmlrpc", "zipfile"}
)
"""Of the standard library: what takes long to import, or is of no use before a part is made."""


@frozen
class Imported:
    """The modules that came along, in the order of their coming."""

    modules: tuple[str, ...]
    problem: str | None = None
    """Why the import failed."""

    def heavy(self, packages: Sequence[str]) -> list[str]:
        """Those that should not have: neither light in the standard library, nor attrs, pluggy or these packages."""
        heavy = [name for name in self.modules if not _is_light(name, packages)]
        return [name for name in heavy if name.rpartition(".")[0] not in heavy]


def imported_by(modules: Sequence[str]) -> Imported:
    """What these modules bring along, beside all that `troupe_core.plugin` needs."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONDONTWRITEBYTECODE": "1"}
    ran = subprocess.run(  # noqa: S603 - this Python, and names that stand in the metadata of what is installed
        [sys.executable, "-c", _PROGRAM, *modules], check=False, env=environment, capture_output=True, text=True
    )
    if ran.returncode != 0:
        return Imported((), ran.stderr.strip().rpartition("\n")[2] or f"it ended with status {ran.returncode}")
    return Imported(tuple(json.loads(ran.stdout.rpartition("\n")[2])))


def _is_light(name: str, packages: Sequence[str]) -> bool:
    top = name.partition(".")[0]
    if top in packages or top in ("attr", "attrs", "pluggy"):
        return True
    above = {".".join(name.split(".")[: n + 1]) for n in range(name.count(".") + 1)}
    return top.lstrip("_") in _standard() and not above & _HEAVY and top not in _c_parts()


def _standard() -> set[str]:
    return {name.lstrip("_") for name in sys.stdlib_module_names}


def _c_parts() -> set[str]:
    return {f"_{name}" for name in _HEAVY}
