from datetime import date

import pytest

from moderation.secret_keys import SecretKeys
from moderation.services.intake.reader_hash import (
    customer_network,
    reader_hash,
    reader_network,
    shortened_network,
)

SECRET, OTHER = SecretKeys("s" * 32), SecretKeys("t" * 32)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:DB8:1:2::", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
        ("unix", "unix"),
    ],
)
def test_a_reader_is_an_ipv4_address_or_an_ipv6_network(address, network):
    assert reader_network(address) == network


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"),
        ("", ""),
        ("unix:", "unix:"),
    ],
)
def test_a_customer_has_up_to_a_48(address, network):
    assert customer_network(address) == network


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2::3", "2001:db8:1::/48"),
        ("", ""),
        ("unix:", ""),
    ],
)
def test_people_see_only_the_surroundings_of_an_address(address, shown):
    assert shortened_network(address) == shown


def test_a_reader_has_one_hash_on_one_day():
    day = date(2026, 6, 14)
    assert reader_hash(SECRET, "192.0.2.1", day) == reader_hash(SECRET, "192.0.2.1", day)


@pytest.mark.parametrize(
    ("secret", "address", "day"),
    [
        (OTHER, "192.0.2.1", date(2026, 6, 14)),
        (SECRET, "192.0.2.2", date(2026, 6, 14)),
        (SECRET, "192.0.2.1", date(2026, 6, 15)),
    ],
)
def test_another_key_address_or_day_makes_another_hash(secret, address, day):
    assert reader_hash(secret, address, day) != reader_hash(SECRET, "192.0.2.1", date(2026, 6, 14))
