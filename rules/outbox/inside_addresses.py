"""Hosts inside the office's own machines and networks: however they are spelled, no letter goes there.

An address comes from a file that others write. One that names this machine, a neighbour or a cloud's
metadata service would let its writer talk to what only we can reach. Networks: the IANA registries of
special-purpose addresses (RFC 6890), and what clouds serve their own machines on.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from urllib.parse import unquote

from rules.text.stacked_marks import composed

Ip = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_INSIDE_4 = tuple(map(IPv4Network, (
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
    "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
    "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    "168.63.129.16/32",  # what a machine in Azure asks its host on
)))  # fmt: skip
_GLOBAL_6 = IPv6Network("2000::/3")  # all else is local, multicast, reserved or not handed out
_INSIDE_6 = tuple(map(IPv6Network, ("2001::/23", "2001:db8::/32", "3fff::/20")))
#: Prefixes of 96 bits before an IPv4 address: compatible, mapped, translated, NAT64.
_BEFORE_IPV4 = tuple(map(IPv6Network, ("::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96")))
_6TO4 = IPv6Network("2002::/16")
_ISATAP = (0x00005EFE, 0x02005EFE)

_LOCAL_NAMES = re.compile(
    r"\A(?:(?:.+\.)?(?:localhost|localdomain)|loopback|ip6-(?:localhost|loopback|allnodes|allrouters)"
    r"|broadcasthost)"
)
_DOTS = str.maketrans("。．｡", "...")  # what name servers are asked for a dot (IDNA)
_NUMBER = re.compile(r"0x[0-9a-f]*|[0-9]+")


@dataclass(frozen=True, slots=True)
class Permitted:
    """What the office allows inside all the same: networks, and names in lower case."""

    networks: tuple[Network, ...] = ()
    names: frozenset[str] = frozenset()

    @classmethod
    def of(cls, entries: Iterable[str]) -> "Permitted":
        """From networks, addresses and names as an operator writes them. Raises ValueError."""
        networks: list[Network] = []
        names: set[str] = set()
        for entry in map(str.strip, entries):
            if (found := _network(entry)) is not None:
                networks.append(found)
            elif re.fullmatch(r"[a-z0-9_](?:[a-z0-9_.-]{0,251}[a-z0-9_])?", entry.lower()):
                names.add(entry.lower())
            else:
                raise ValueError(entry)
        return cls(tuple(networks), frozenset(names))

    def covers(self, ip: Ip) -> bool:
        """Whether the address, or the IPv4 address in it, lies in a network that is allowed."""
        return any(one in network for one in _with_embedded(ip) for network in self.networks)


def is_inside(ip: Ip) -> bool:
    """Whether the address is not one of the public net; an IPv6 address stands for the IPv4 one in it."""
    return any(map(_alone_inside, _with_embedded(ip)))


def refuses_ip(ip: Ip, permitted: Permitted) -> bool:
    """Whether nothing may be sent to this address."""
    return is_inside(ip) and not permitted.covers(ip)


def refuses_host(host: str, permitted: Permitted) -> bool:
    """Whether a host as it stands in an address is inside by its spelling, and not allowed.

    Of another name only the name server knows where it leads: who connects has to look again.
    """
    name = plain_host(host)
    if name in permitted.names:
        return False
    if (ip := spelled_ip(name)) is not None:
        return refuses_ip(ip, permitted)
    if _LOCAL_NAMES.fullmatch(name):
        return not permitted.covers(IPv4Address("127.0.0.1"))
    return _NUMBER.fullmatch(name.rpartition(".")[2]) is not None  # a number that is no address


def plain_host(host: str) -> str:
    """The host as a resolver takes it: ASCII dots and digits, lower case, no brackets, zone, last dot."""
    text = composed(unquote(unquote(host)), "NFKC").translate(_DOTS)
    text = "".join(_digit(sign) for sign in text if unicodedata.category(sign) not in ("Cf", "Cc"))
    return text.strip().strip("[]").partition("%")[0].rstrip(".").lower()


def spelled_ip(name: str) -> Ip | None:
    """The address that ``plain_host`` spells: dotted, decimal, octal, hexadecimal or short; None if none."""
    try:
        return ip_address(name)
    except ValueError:
        parts = name.split(".")
    if len(parts) > 4 or not all(map(_NUMBER.fullmatch, parts)):
        return None
    *heads, last = map(_number, parts)
    if any(head > 255 for head in heads) or last >= 256 ** (4 - len(heads)):
        return None
    return IPv4Address(sum(head << (24 - 8 * n) for n, head in enumerate(heads)) + last)


def _number(part: str) -> int:
    if part.startswith("0x"):
        return int(part[2:] or "0", 16)
    octal = len(part) > 1 and part[0] == "0" and not set(part) & set("89")
    return int(part[:32], 8 if octal else 10)


def _digit(sign: str) -> str:
    value = unicodedata.decimal(sign, None)
    return sign if value is None else str(value)


def _network(entry: str) -> Network | None:
    try:
        return ip_network(entry.strip("[]"), strict=False)
    except ValueError:
        return None


def _with_embedded(ip: Ip) -> tuple[Ip, ...]:
    if isinstance(ip, IPv4Address):
        return (ip,)
    if any(ip in prefix for prefix in _BEFORE_IPV4) and int(ip) > 1:
        return (IPv4Address(int(ip) & 0xFFFFFFFF),)
    if ip in _6TO4:
        return (IPv4Address(int(ip) >> 80 & 0xFFFFFFFF),)
    if int(ip) >> 32 & 0xFFFFFFFF in _ISATAP:
        return (ip, IPv4Address(int(ip) & 0xFFFFFFFF))
    return (ip,)


def _alone_inside(ip: Ip) -> bool:
    if isinstance(ip, IPv4Address):
        return any(ip in network for network in _INSIDE_4)
    return ip not in _GLOBAL_6 or any(ip in network for network in _INSIDE_6)
