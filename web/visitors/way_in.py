"""Where a request comes from: the address of whoever asks, and whether the way to us is protected.

What a request says of that itself (``X-Forwarded-For``...) is believed from a proxy that the settings name,
and refused from anybody else: behind an unknown proxy the whole world looks like one machine.
"""

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from starlette.datastructures import Headers
from starlette.types import Scope

#: The key in the scope of a request.
WAY_IN = "dondoc.way_in"
FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip")
_MOST_HOPS = 20

Ip = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True, slots=True)
class WayIn:
    """``beyond``: it did not begin on this machine, or came through a proxy."""

    address: str
    https: bool = False
    beyond: bool = False

    @property
    def bare(self) -> bool:
        """Whether others on the way can read and change what is sent."""
        return self.beyond and not self.https


#: What a page is told where nobody asked: a test, or an error before the door.
HERE = WayIn("127.0.0.1")


def way_in_of(scope: Scope, proxies: tuple[str, ...]) -> WayIn | None:
    """Who asks, by the rightmost hop that is no proxy of ours; None for what is not to be believed."""
    headers, client = Headers(scope=scope), scope.get("client")
    peer = plain_ip(client[0]) if client else None
    if peer is None:
        return None
    if not any(name in headers for name in FORWARDED):
        return WayIn(f"{peer}", scope.get("scheme") == "https", not peer.is_loopback)
    trusted = _networks(proxies)
    if not _in(peer, trusted):
        return None
    hops = [hop for said in headers.getlist("x-forwarded-for") for hop in said.split(",")]
    found = _last_stranger(hops, trusted)
    if found is None:
        return None
    schemes = ",".join(headers.getlist("x-forwarded-proto")).split(",")
    return WayIn(f"{found}", schemes[-1].strip().lower() == "https", beyond=True)


def _last_stranger(hops: list[str], trusted: tuple[Network, ...]) -> Ip | None:
    """The last of ``hops`` that is no proxy of ours, or the first where all are; what a stranger put before
    it is not even read. None where a hop is no address.
    """
    found = None
    for hop in reversed(hops[-_MOST_HOPS:]):
        found = plain_ip(hop.strip())
        if found is None or not _in(found, trusted):
            return found
    return found


def plain_ip(text: str) -> Ip | None:
    """An IP address, that of IPv4 also where it is written as one of IPv6; None for everything else."""
    try:
        found = ipaddress.ip_address(text.strip("[]"))
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


@cache
def _networks(words: tuple[str, ...]) -> tuple[Network, ...]:
    return tuple(ipaddress.ip_network(word, strict=False) for word in words)


def _in(ip: Ip, networks: Iterable[Network]) -> bool:
    return any(ip in network for network in networks)
