"""What a part reaches for while it is tried: the network, files, other programs; and the network kept away."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from errno import ENETUNREACH
from socket import AddressFamily
from typing import Any

from attrs import define, field

__all__ = ["Watch", "watching"]

_RESOLVING = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr")
_REACHING = ("socket.connect", "socket.sendto", "socket.sendmsg")
_PROGRAMS = ("subprocess.Popen", "os.system", "os.posix_spawn", "os.exec", "os.fork")
_CHANGES = ("os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.symlink", "os.link", "os.truncate")
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC


@define(kw_only=True, eq=False)
class Watch:
    """What was reached for since it began, each as a short text in the order of its coming."""

    cut_off: bool
    """Whether the network is kept away: whoever reaches for it gets an `OSError`, as on a machine without one."""
    network: list[str] = field(factory=list)
    files: list[str] = field(factory=list)
    """Files opened to be written, and other changes of folders."""
    programs: list[str] = field(factory=list)


_watches: list[Watch] = []
"""Those that look now. An audit hook can never be taken away again, so the process has one, and this is its switch."""

_hooked: list[bool] = []


@contextmanager
def watching(*, cut_off: bool) -> Iterator[Watch]:
    """Watch this process until the end of the block."""
    if not _hooked:
        sys.addaudithook(_heard)
        _hooked.append(True)
    watch = Watch(cut_off=cut_off)
    _watches.append(watch)
    try:
        yield watch
    finally:
        _watches.remove(watch)


def _heard(event: str, arguments: tuple[Any, ...]) -> None:
    if not _watches:
        return
    if event in _RESOLVING or (event in _REACHING and _leaves_the_machine(*arguments[:2])):
        _reached(f"{event}({', '.join(map(str, arguments[0 if event in _RESOLVING else 1 :][:2]))})")
    elif event == "open" and _writes(*arguments):
        _note("files", f"open({str(arguments[0])!r}, {arguments[1]!r})")
    elif event in _CHANGES:
        _note("files", f"{event}({str(arguments[0])!r})")
    elif event in _PROGRAMS:
        _note("programs", f"{event}({arguments[0] if arguments else ''})")


def _reached(what: str) -> None:
    _note("network", what)
    if any(watch.cut_off for watch in _watches):
        raise OSError(ENETUNREACH, "the kit keeps the network away from what does not declare it")


def _note(list_name: str, what: str) -> None:
    for watch in _watches:
        getattr(watch, list_name).append(what)


def _leaves_the_machine(socket: Any, address: Any = None) -> bool:
    local = getattr(AddressFamily, "AF_UNIX", None)
    return address is not None and (local is None or socket.family != local)


def _writes(path: Any, mode: Any, flags: Any) -> bool:
    if not isinstance(path, str | bytes) or os.fsdecode(path) == os.devnull or ".pyc" in os.fsdecode(path):
        return False
    by_mode = isinstance(mode, str) and any(letter in mode for letter in "wax+")
    return by_mode or (isinstance(flags, int) and bool(flags & _WRITING))
