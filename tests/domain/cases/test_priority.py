from datetime import UTC, datetime, timedelta

import pytest

from moderation.domain.cases.priority import points_left, priority
from moderation.domain.pages.recheck_schedule import next_check

NOON = datetime(2026, 6, 14, 12, tzinfo=UTC)


PLAIN = {"readers": 1, "confidence": 0.0, "page_reports": 1, "last_reported_at": NOON}


class TestPriority:
    @pytest.mark.parametrize("more", [{"readers": 2}, {"confidence": 0.9}, {"page_reports": 9}])
    def test_each_reason_counts(self, more):
        assert priority(**PLAIN | more).points > priority(**PLAIN).points

    def test_a_day_is_a_point(self):
        later = priority(**PLAIN | {"last_reported_at": NOON + timedelta(days=1)})
        assert later.points == pytest.approx(priority(**PLAIN).points + 1)

    def test_what_is_left_of_a_priority_falls_by_a_point_a_day_and_never_below_nothing(self):
        stored = priority(**PLAIN).points
        today, next_day = (points_left(stored, NOON + timedelta(days=days)) for days in (0, 1))
        assert next_day == pytest.approx(today - 1)
        assert points_left(stored, NOON + timedelta(days=90)) == 0

    def test_reasons_are_the_weightiest_first_and_only_what_sets_it_apart(self):
        assert priority(**PLAIN).reasons == ()
        busy = priority(**PLAIN | {"readers": 7, "confidence": 0.95, "page_reports": 31})
        assert busy.reasons == ("readers:4.5", "page:2.5", "correction:1.9")


def test_the_schedule_ends():
    assert next_check(0, NOON, NOON) == NOON + timedelta(minutes=2)
    assert next_check(3, NOON, NOON) == NOON + timedelta(minutes=16)
    assert next_check(99, NOON, NOON) == NOON + timedelta(days=1)
    assert next_check(99, NOON + timedelta(days=29, hours=1), NOON) is None
