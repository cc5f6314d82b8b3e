"""Which addresses a part may connect to: what a name stands for is looked up, checked, and then dialled by number."""

from collections.abc import Awaitable, Callable, Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Literal, TypeAlias

from troupe_core.errors import Refusal
from troupe_core.guard.web_address import host_name

__all__ = ["Access", "Resolve", "access_to", "checked_addresses", "resolved"]

Access: TypeAlias = Literal["public", "private", "never"]
"""Whom an address may be dialled for: anybody, those with the capability ``network.private``, nobody."""

Resolve: TypeAlias = Callable[[str, int], Awaitable[Sequence[str]]]
"""From the name of a host and a port to numbers, in the order in which they should be tried."""

_MOST_ADDRESSES = 8
"""Of one name: more are not tried."""

_PRIVATE = tuple(
    map(
        ip_network,
        (
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "172.16.0.0/12",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "::1/128",
            "fc00::/7",
        ),
    )
)

_NEVER = tuple(
    map(
        ip_network,
        (
            "0.0.0.0/8",  # this network: reaches the machine itself
            "169.254.0.0/16",  # link-local, and where clouds hand out keys
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/3",  # multicast, reserved, broadcast
            # Where clouds hand out keys beside link-local addresses.
            "100.100.100.200/32",
            "168.63.129.16/32",
            "fd00:ec2::254/128",
            "fd20:ce::254/128",
            # Global unicast is 2000::/3; in it protocols (Teredo among them) and documentation have these.
            "2001::/23",
            "2001:db8::/32",
            "3fff::/20",
        ),
    )
)

_GLOBAL_IPV6 = ip_network("2000::/3")
_NAT64 = ip_network("64:ff9b::/96")
_ISATAP = (0x0000_5EFE, 0x0200_5EFE)


async def checked_addresses(
    host: str, port: int, *, allow_private: bool = False, resolve: Resolve | None = None
) -> Sequence[str]:
    """The numbers to connect to for `host`, in the order in which to try them.

    Call it for each connection anew and dial what it returns, never the name: a name may stand for another number the
    next time somebody asks. `allow_private` opens private networks and this machine (the capability
    ``network.private``); link-local, multicast and reserved addresses stay closed. Raises `Refusal`.
    """
    name = host_name(host)
    numbers = await (resolve or resolved)(name, port)
    found = [_unwrapped(ip_address(number)) for number in numbers[:_MOST_ADDRESSES]]
    allowed = ("public", "private") if allow_private else ("public",)
    open_to_us = [str(each) for each in found if access_to(each) in allowed]
    if open_to_us:
        return tuple(dict.fromkeys(open_to_us))
    if any(access_to(each) == "private" for each in found):
        raise Refusal(f'"{name}" is on this machine or a private network, which needs the capability "network.private"')
    raise Refusal(f'"{name}" is at no address that may be connected to')


async def resolved(host: str, port: int) -> Sequence[str]:
    """The numbers of a host, as this machine looks them up. Raises `Refusal` where there are none."""
    from asyncio import get_running_loop
    from socket import SOCK_STREAM

    try:
        found = await get_running_loop().getaddrinfo(host, port, type=SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Refusal(f'there is no host "{host}", or it cannot be looked up just now') from None
    return tuple(str(address[0]) for *_, address in found)


def access_to(address: IPv4Address | IPv6Address) -> Access:
    """Whom `address` may be dialled for. An IPv4 address inside an IPv6 one counts as itself."""
    if any(address in network for network in _NEVER):
        return "never"
    if any(address in network for network in _PRIVATE):
        return "private"
    if isinstance(address, IPv4Address):
        return "public" if address.is_global else "never"
    if address.ipv4_mapped is not None:
        return access_to(address.ipv4_mapped)
    if address in _NAT64:
        return access_to(IPv4Address(int(address) & 0xFFFF_FFFF))
    if address not in _GLOBAL_IPV6:
        return "never"
    return _access_inside(address)


def _access_inside(address: IPv6Address) -> Access:
    """A global IPv6 address that leads to an IPv4 address by 6to4 or ISATAP is no more open than that."""
    if address.sixtofour is not None:
        return access_to(address.sixtofour)
    if int(address) >> 32 & 0xFFFF_FFFF in _ISATAP:
        return access_to(IPv4Address(int(address) & 0xFFFF_FFFF))
    return "public"


def _unwrapped(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    return getattr(address, "ipv4_mapped", None) or address
