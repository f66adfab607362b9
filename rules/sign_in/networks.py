"""From where a try is counted: an IPv4 address, or the /64 of an IPv6 one, which one customer has whole."""

from ipaddress import IPv6Address, ip_address, ip_network

_PREFIX = 64


def network_of(address: str) -> str:
    """The network of an address as the server saw it; what is none is taken as it is, shortened."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address[:64]
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ip_network((found, _PREFIX), strict=False))
