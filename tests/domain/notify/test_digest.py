from datetime import UTC, datetime

import pytest

from moderation.domain.notify.digest import digest_time, quiet_until

MOSCOW = "Europe/Moscow"  # UTC+3


def at(hour, minute=0, day=14):
    return datetime(2026, 6, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "since", "when", "expected"),
    [
        (at(10, 20), at(10, 20), "hourly", at(11)),
        (at(10, 3), at(10, 1), "hourly", at(11)),  # the digest of ten was sent
        (at(10, 3), at(9, 50), "hourly", at(10, 3)),
        (at(10, 50), at(9, 50), "hourly", at(10, 50)),  # nobody could send it at ten
        (at(5, 59), at(5), "daily", at(6)),
        (at(6, 10), at(6), "daily", at(6, 10)),
        (at(6, 10), at(6, 5), "daily", at(6, day=15)),
        (at(7), at(6, 30), "daily", at(6, day=15)),
        (at(3), at(2), "daily", at(6)),
    ],
)
def test_a_digest_waits_for_its_hour_in_the_time_zone(now, since, when, expected):
    assert digest_time(now, since, when, 9, MOSCOW) == expected


@pytest.mark.parametrize(
    ("now", "start", "end", "expected"),
    [
        (at(20), 22, 8, at(5, day=15)),  # 23:00 in Moscow
        (at(2), 22, 8, at(5)),
        (at(6), 22, 8, None),
        (at(10), 12, 14, at(11)),
        (at(10), None, 8, None),
        (at(10), 8, 8, None),
    ],
)
def test_quiet_hours_can_go_over_midnight(now, start, end, expected):
    assert quiet_until(now, start, end, MOSCOW) == expected
