"""Recognise a reader for one day without storing the address."""

from datetime import date
from functools import lru_cache
from ipaddress import IPv6Address, ip_address, ip_network
from uuid import UUID

from moderation.secret_keys import SecretKeys

_SUBSCRIBER_PREFIX = 64
"""Length of the IPv6 prefix of one subscriber, who can use all addresses in it."""
_WIDE_PREFIX = 48
"""Length of the largest IPv6 prefix that providers usually give to one customer."""


@lru_cache(maxsize=1024)
def reader_network(address: str) -> str:
    """Return the network that counts as one reader: an IPv4 address, or the /64 of an IPv6 address.

    An IPv4 address inside IPv6 (::ffff:192.0.2.1) becomes that IPv4 address. A text that is not an address is
    returned unchanged. Each report asks several times.
    """
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if not isinstance(parsed, IPv6Address):
        return str(parsed)
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return str(ip_network((parsed, _SUBSCRIBER_PREFIX), strict=False))


def wide_network(address: str) -> str | None:
    """Return the /48 of an IPv6 address: providers give a customer up to 65,536 networks. None for IPv4."""
    if ":" not in address:  # without parsing it: every report asks
        return None
    try:
        network = ip_network(reader_network(address))
    except ValueError:
        return None
    return str(network.supernet(new_prefix=_WIDE_PREFIX)) if network.version == 6 else None


def customer_network(address: str) -> str:
    """Return the network that one customer of a provider may have: an IPv4 address, or the /48 of IPv6.

    For the halves of what all share. Several customers may have one /48, so other limits count by /64.
    """
    return wide_network(address) or reader_network(address)


def shortened_network(address: str) -> str:
    """Return the surroundings of an address for a person to recognise: the /24 of IPv4, the /48 of IPv6."""
    try:
        network = ip_network(reader_network(address))
    except ValueError:
        return ""
    return str(network.supernet(new_prefix=24 if network.version == 4 else 48))


def reader_hash(secret_keys: SecretKeys, address: str, day: date) -> bytes:
    """Return the keyed hash (16 bytes) of a reader's network on one day.

    The key prevents computing the hashes of all addresses. The day prevents following a reader from one day
    to the next. The address itself is not stored. A new key has the effect of a new day.
    """
    message = f"{day.isoformat()} {reader_network(address)}".encode()
    return secret_keys.digest(b"reader " + message)[:16]


def named_reader_hash(secret_keys: SecretKeys, site_id: UUID, name: str, day: date) -> bytes:
    """Return the hash of a reader whom a site's own server names, on one day. The name is not stored."""
    return secret_keys.digest(f"named reader {day.isoformat()} {site_id} {name}".encode())[:16]
