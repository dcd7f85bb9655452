from datetime import UTC, datetime

import pytest

from moderation.domain.notify.digest import next_slot, quiet_until

MOSCOW = "Europe/Moscow"  # UTC+3


def at(hour, minute=0, day=14):
    return datetime(2026, 6, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "when", "expected"),
    [
        (at(10, 20), "hourly", at(11)),
        (at(10, 3), "hourly", at(10, 3)),
        (at(5, 59), "daily", at(6)),
        (at(6, 10), "daily", at(6, 10)),
        (at(7), "daily", at(6, day=15)),
    ],
)
def test_a_digest_waits_for_its_hour_in_the_time_zone(now, when, expected):
    assert next_slot(now, when, 9, MOSCOW) == expected


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
