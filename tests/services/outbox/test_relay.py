from datetime import timedelta
from threading import Thread

import pytest
from sqlalchemy import select

from moderation.models import Case, OutboxMessage
from moderation.services.outbox.relay import forget_done
from tests.factories import OutboxMessageFactory, SiteFactory
from tests.support.outbox import left, placed, utc_now


def test_draining_does_the_work_once(session, drain, arrived):
    arrived(3)
    assert drain() == 3
    assert drain() == 0
    assert (left(session), placed(session)) == (0, 3)


def test_more_messages_than_a_batch_are_all_done(session, drain, arrived):
    arrived(7)
    assert drain(batch=3) == 7
    assert left(session) == 0


def test_a_message_that_came_twice_is_one_placement(session, drain, arrived):
    [report], _ = arrived()
    OutboxMessageFactory(subject_id=report.id, site_id=report.site_id)
    assert drain() == 2
    assert placed(session) == 1
    assert session.scalars(select(Case.report_count)).all() == [1]


def test_a_message_whose_report_was_deleted_is_done(session, drain, arrived):
    [report], _ = arrived()
    session.delete(report)
    session.commit()
    assert drain() == 1


def test_a_message_that_is_not_due_waits(session, drain, arrived):
    _, [message] = arrived()
    message.due_at = utc_now() + timedelta(minutes=1)
    session.commit()
    assert drain() == 0
    assert left(session) == 1


def test_a_topic_that_this_program_does_not_know_waits_for_one_that_does(session, drain):
    OutboxMessageFactory(topic="page.painted")
    assert drain() == 0
    assert left(session) == 1


class TestTurns:
    """What a job is asked to do, batch by batch."""

    @pytest.fixture
    def batches(self, drain):
        def run(**options):
            seen = []
            drain({"report.received": lambda session, ids, now: seen.append(list(ids))}, **options)
            return seen

        return run

    def test_sites_take_turns_and_never_share_a_transaction(self, arrived, batches):
        busy, _ = arrived(5)
        quiet, _ = arrived(1, site=SiteFactory())
        site_of = {report.id: report.site_id for report in busy + quiet}
        first, second = busy[0].site_id, quiet[0].site_id
        sites = [{site_of[report_id] for report_id in ids} for ids in batches(batch=2)]
        assert sites == [{first}, {second}, {first}, {first}]

    def test_the_pages_of_a_site_take_turns_too(self, arrived, batches):
        crowded, _ = arrived(6, url="https://news.example/crowded")
        [quiet], _ = arrived(1, url="https://news.example/quiet")
        first, second, *_ = batches(batch=2)
        assert set(first) < {report.id for report in crowded}
        assert quiet.id in second

    def test_a_site_whose_batch_took_long_gets_a_smaller_one(self, arrived, batches):
        arrived(40)
        seconds = iter(range(100))
        assert [len(ids) for ids in batches(stopwatch=lambda: next(seconds))] == [16, 8, 8, 8]

    def test_the_first_batch_of_a_site_is_small_and_the_next_ones_grow(self, arrived, batches):
        arrived(60)
        assert [len(ids) for ids in batches(stopwatch=lambda: 0.0)] == [16, 32, 12]


def test_workers_side_by_side_share_and_do_not_repeat(session, drain, arrived):
    arrived(60)
    done = []
    workers = [Thread(target=lambda: done.append(drain(batch=5))) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sum(done) == 60
    assert placed(session) == 60
    assert session.scalars(select(Case.report_count)).all() == [60]


def test_what_was_done_long_ago_is_deleted(session, sessions, arrived):
    _, messages = arrived(3)
    messages[0].done_at = utc_now() - timedelta(days=8)
    messages[1].done_at = utc_now() - timedelta(days=6)
    session.commit()
    forget_done(sessions)
    session.expire_all()
    kept = session.scalars(select(OutboxMessage.id).order_by(OutboxMessage.id)).all()
    assert kept == [messages[1].id, messages[2].id]
