"""Recognise a reader for one day without storing who it is."""

import hashlib
import hmac
from datetime import date
from ipaddress import IPv6Address, ip_address, ip_network

_SUBSCRIBER_PREFIX = 64
"""Bits of an IPv6 address that a provider gives to one subscriber, who may use all addresses below it."""


def reader_network(address: str) -> str:
    """The network that counts as one reader: an IPv4 address, or the /64 of an IPv6 address.

    An IPv4 address inside IPv6 (::ffff:192.0.2.1) is that IPv4 address. A text that is no address stays as
    it is.
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


def reader_hash(secret_key: str, address: str, day: date) -> bytes:
    """16 bytes that stand for one reader's network on one day.

    It is keyed, so that nobody can compute the hash of every address; the day is part of it, so that nobody
    can follow a reader from one day to the next. The address itself is not stored.
    """
    message = f"{day.isoformat()} {reader_network(address)}".encode()
    return hmac.digest(secret_key.encode(), b"reader " + message, hashlib.sha256)[:16]
