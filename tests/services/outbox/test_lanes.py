"""The figures of each kind of background work."""

from datetime import UTC, datetime, timedelta

from moderation.services.outbox.lanes import CORRECTIONS, DELIVERIES, TOPICS, lanes
from tests.factories import OutboxMessageFactory


def test_each_lane_counts_what_waits_how_long_and_what_failed(session):
    due = datetime.now(UTC) - timedelta(minutes=5)
    OutboxMessageFactory(due_at=due)
    OutboxMessageFactory(done_at=due)
    OutboxMessageFactory(topic="bulk.asked", set_aside_at=due)
    session.commit()
    by_name = {lane.name: lane for lane in lanes(session)}
    assert set(by_name) == {*TOPICS, DELIVERIES, CORRECTIONS}
    reports, bulk = by_name["report.received"], by_name["bulk.asked"]
    assert (reports.waiting, reports.set_aside, bulk.waiting, bulk.set_aside) == (1, 0, 0, 1)
    assert reports.oldest_seconds >= 300 and bulk.oldest_seconds == 0
    assert by_name[DELIVERIES].waiting == by_name[CORRECTIONS].waiting == 0
