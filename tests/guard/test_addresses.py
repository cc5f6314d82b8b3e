"""Which addresses may be connected to: by number, by name, and hidden in another address."""

import asyncio
from ipaddress import IPv4Address, IPv6Address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from troupe_core.errors import Refusal
from troupe_core.guard.addresses import access_to
from troupe_core.plugin import checked_addresses

CLOSED = [
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.168.0.0/16",
    "198.18.0.0/15",
    "224.0.0.0/4",
    "240.0.0.0/4",
]

NAT64 = ip_network("64:ff9b::/96")


def closed_ipv4():
    return st.sampled_from(CLOSED).flatmap(lambda network: st.ip_addresses(network=network))


def check(host, port=80, **more):
    return asyncio.run(checked_addresses(host, port, **more))


def names(*numbers):
    """Looks any name up as these numbers."""

    async def resolve(host, port):
        return numbers

    return resolve


@pytest.mark.parametrize(
    "number", ["8.8.8.8", "1.1.1.1", "2606:4700:4700::1111", "2002:808:808::1", "64:ff9b::808:808"]
)
def test_a_public_number_is_what_is_dialled(number):
    assert check(number) == (number,)


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1",
        "0x7f.1",
        "2130706433",
        "0177.0.0.1",
        "10.1.2.3",
        "192.168.0.1",
        "::1",
        "fd12::1",
        "::ffff:127.0.0.1",
        "2002:7f00:1::",
        "64:ff9b::7f00:1",
        "2a01::5efe:10.0.0.1",
    ],
)
def test_a_private_number_needs_a_grant(number):
    with pytest.raises(Refusal, match=r'which needs the capability "network\.private"'):
        check(number)

    assert check(number, allow_private=True)


@pytest.mark.parametrize(
    "number",
    [
        "0.0.0.0",
        "169.254.169.254",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "168.63.129.16",
        "::",
        "::7f00:1",
        "fe80::1",
        "fec0::1",
        "ff02::1",
        "2001:0:7f00:1::",
        "64:ff9b:1::7f00:1",
        "::ffff:169.254.169.254",
        "64:ff9b::a9fe:a9fe",
        "2002:a9fe:a9fe::",
        "fd00:ec2::254",
    ],
)
@pytest.mark.parametrize("allow_private", [False, True])
def test_some_numbers_are_closed_to_everybody(number, allow_private):
    with pytest.raises(Refusal, match="is at no address that may be connected to"):
        check(number, allow_private=allow_private)


def test_a_name_is_dialled_by_its_numbers_in_their_order():
    found = check("example.com", resolve=names("2606:4700::1", "8.8.8.8", "8.8.8.8"))

    assert found == ("2606:4700::1", "8.8.8.8")


def test_of_a_name_that_is_at_both_only_the_public_number_is_dialled():
    assert check("example.com", resolve=names("127.0.0.1", "8.8.8.8", "::ffff:10.0.0.1")) == ("8.8.8.8",)


def test_a_mapped_number_is_dialled_as_what_it_is():
    assert check("example.com", resolve=names("::ffff:8.8.8.8")) == ("8.8.8.8",)


def test_a_name_is_looked_up_each_time_so_that_it_cannot_change_after_the_check():
    answers = iter([("8.8.8.8",), ("127.0.0.1",)])

    async def resolve(host, port):
        return next(answers)

    assert check("rebind.example", resolve=resolve) == ("8.8.8.8",)
    with pytest.raises(Refusal, match=r'"rebind\.example" is on this machine'):
        check("rebind.example", resolve=resolve)


def test_the_name_of_this_machine_is_looked_up_for_real():
    with pytest.raises(Refusal, match='"localhost" is on this machine'):
        check("LOCALHOST.")
    assert set(check("localhost", allow_private=True)) <= {"127.0.0.1", "::1"}


def test_a_name_that_nobody_has_is_told():
    with pytest.raises(Refusal, match=r'there is no host "nobody\.invalid", or it cannot be looked up just now'):
        check("nobody.invalid")


@given(closed_ipv4())
def test_no_closed_ipv4_is_open_however_it_is_wrapped(address):
    number = int(address)
    wrapped = [
        address,
        IPv6Address(0xFFFF << 32 | number),
        IPv6Address(number),
        IPv6Address(int(IPv6Address("64:ff9b::")) | number),
        IPv6Address(0x2002 << 112 | number << 80),
        IPv6Address(int(IPv6Address("2a01:4f8::5efe:0:0")) | number),
    ]

    assert "public" not in [access_to(each) for each in wrapped]


@given(st.ip_addresses())
def test_what_python_calls_special_is_never_public(address):
    special = address.is_private or address.is_loopback or address.is_link_local or address.is_multicast
    # What leads to an IPv4 address is as open as that; whether it is special, one Python says so and another not.
    leads_on = address.version == 6 and (address.ipv4_mapped or address.sixtofour or address in NAT64)
    if (special or address.is_reserved or address.is_unspecified) and not leads_on:
        assert access_to(address) != "public"


@given(st.ip_addresses(v=4))
def test_what_is_public_is_what_python_calls_global(address: IPv4Address):
    if access_to(address) == "public":
        assert address.is_global
        assert not address.is_multicast
