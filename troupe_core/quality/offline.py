"""A plugin for pytest that lets nothing leave this machine: ``python -m pytest -p troupe_core.quality.offline``.

It refuses to connect to, to send to and to look up anything but this machine itself, in the process of the tests.
"""

import socket
import sys
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any

__all__ = ["pytest_configure"]

_HERE = ("", "localhost", "localhost.localdomain", "ip6-localhost", "ip6-loopback")


def pytest_configure() -> None:
    """Called by pytest before it collects: a hook of the interpreter, which no library gets around."""
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = arguments[1]
        if isinstance(address, tuple) and address and not _is_here(address[0]):
            raise OSError(f"the tests run offline: nothing may reach {address[0]}")
    elif event == "socket.getaddrinfo" and not _is_here(arguments[0]) and _address(arguments[0]) is None:
        raise socket.gaierror(socket.EAI_NONAME, f"the tests run offline: {arguments[0]} is not looked up")


def _is_here(host: object) -> bool:
    address = _address(host)
    if address is None:
        return _name(host).lower() in (*_HERE, socket.gethostname().lower())
    return address.is_loopback or address.is_unspecified


def _address(host: object) -> IPv4Address | IPv6Address | None:
    """None where it is a name, which would have to be looked up."""
    try:
        return ip_address(_name(host).partition("%")[0])
    except ValueError:
        return None


def _name(host: object) -> str:
    return host.decode(errors="replace") if isinstance(host, bytes) else str(host or "")
