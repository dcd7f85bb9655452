"""Public network addresses. Page fetching may reach only these."""

from ipaddress import IPv6Address, ip_address, ip_network

# Addresses that can lead into private networks, although Python 3.11 calls them global: NAT64, 6to4, Teredo,
# the old site-local range, and IPv4 inside IPv6 (compatible, translated).
_TUNNELS = tuple(
    map(
        ip_network,
        ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "fec0::/10", "::/96", "::ffff:0:0:0/96"),
    )
)


def is_public(text: str) -> bool:
    """Return whether an address, such as `10.0.0.1` or `fe80::1%eth0`, is a public unicast address."""
    address = ip_address(text.partition("%")[0])
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(str(address.ipv4_mapped))
        if any(address in network for network in _TUNNELS):
            return False
    return address.is_global and not address.is_multicast
