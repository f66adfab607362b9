"""A host inside is known by any spelling, and what is allowed by any spelling is allowed."""

import itertools
from ipaddress import ip_address

import pytest

from rules.outbox.inside_addresses import Permitted, is_inside, refuses_host

NOBODY = Permitted()
INSIDE = [
    "127.0.0.1", "127.1", "127.0.1", "127.255.255.254", "2130706433", "017700000001", "0x7f000001",
    "0x7f.1", "0177.0.0.1", "127.0.0.1.", "0", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255",
    "192.168.1.1", "169.254.169.254", "0xa9fea9fe", "100.64.0.1", "192.0.0.1", "198.18.0.1", "224.0.0.1",
    "239.1.1.1", "240.0.0.1", "255.255.255.255", "168.63.129.16", "[::1]", "::", "0:0:0:0:0:0:0:1",
    "::ffff:127.0.0.1", "::ffff:7f00:1", "[::ffff:10.0.0.1]", "::127.0.0.1", "::ffff:0:127.0.0.1",
    "2002:7f00:1::", "2002:a00:1::1", "64:ff9b::127.0.0.1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1",
    "2001:0:7f00:1::", "2a00::5efe:10.0.0.1", "fe80::1", "fe80::1%eth0", "fe80::1%25eth0", "fc00::1",
    "fd00:ec2::254", "fec0::1", "ff02::1", "ff0e::1", "2001:db8::1", "100::1", "localhost", "LOCALHOST",
    "localhost.", "a.localhost", "localhost.localdomain", "ip6-localhost", "１２７.0.0.1", "127．0．0．1",
    "127。0。0。1", "127｡0｡0｡1", "①②⑦.0.0.1", "١٢٧.0.0.1", "%31%32%37.0.0.1", "%2531%32%37.0.0.1",
    "ｌｏｃａｌｈｏｓｔ", "local\u00adhost", "local\u200bhost", "999.0.0.1", "4294967296", "1.2.3.4.5", "0x",
]  # fmt: skip
OUTSIDE = [
    "8.8.8.8", "134744072", "hook.example", "127.example", "localhost.example", "notlocalhost",
    "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2002:808:808::1", "172.32.0.1", "11.0.0.1",
    "đôn-đốc.example", "xn--n-cjax.example",
]  # fmt: skip


@pytest.mark.parametrize("host", INSIDE)
def test_a_host_inside_is_known_by_any_spelling(host: str) -> None:
    assert refuses_host(host, NOBODY)


@pytest.mark.parametrize("host", OUTSIDE)
def test_a_host_outside_is_no_host_inside(host: str) -> None:
    assert not refuses_host(host, NOBODY)


def test_what_the_office_allows_is_allowed_by_any_spelling_and_nothing_else() -> None:
    some = Permitted.of(["127.0.0.0/8", "10.1.2.3", "fd00::/8", "Webhook.so.example", "localhost"])
    for host in (
        "127.0.0.1",
        "0x7f000001",
        "::ffff:127.0.0.1",
        "10.1.2.3",
        "fd00::1",
        "localhost.",
        "WEBHOOK.so.example",
    ):
        assert not refuses_host(host, some), host
    for host in ("10.1.2.4", "169.254.169.254", "::1", "a.localdomain"):
        assert refuses_host(host, Permitted.of(["10.1.2.3", "webhook.so.example"])), host
    for entry in ("a b", "http://x", "10.0.0.0/99", "", "ü", "*"):
        with pytest.raises(ValueError, match="^"):
            Permitted.of([entry])


def test_every_network_that_is_not_public_is_inside() -> None:
    """Whatever Python calls private, reserved, multicast... is inside here too."""
    heads = itertools.product(
        (0, 10, 100, 127, 169, 172, 192, 198, 203, 224, 240, 255), (0, 16, 64, 168, 254)
    )
    for one in [ip_address(f"{a}.{b}.0.1") for a, b in heads]:
        known = one.is_private or one.is_reserved or one.is_multicast or one.is_link_local or one.is_loopback
        assert is_inside(one) >= known, one
