from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from sqlalchemy import func, insert, select, text
from uuid_utils.compat import uuid7

from moderation.models import Case, OutboxMessage, Placement
from moderation.services.outbox import attention
from moderation.services.outbox.jobs import JOBS
from moderation.services.outbox.relay import Relay, forget_done
from moderation.services.pages.lock import lock_page
from tests.factories import OutboxMessageFactory, ReportFactory, SiteFactory


def utc_now():
    return datetime.now(UTC)


@pytest.fixture
def arrived(session):
    """Reports with their messages, as intake leaves them."""
    site = SiteFactory()

    def arrive(count=1, site=site, **fields):
        reports = [ReportFactory(site=site, **fields) for _ in range(count)]
        return reports, [OutboxMessageFactory(subject_id=report.id, site_id=site.id) for report in reports]

    return arrive


@pytest.fixture
def drain(sessions):
    """Drains the outbox; answers how many messages were done."""

    def run(jobs=JOBS, build="1", **options):
        return Relay(sessions, jobs, utc_now, build=build, **options).drain()

    return run


def left(session):
    session.rollback()
    return session.scalar(select(func.count()).where(OutboxMessage.done_at.is_(None)))


def placed(session):
    session.rollback()
    return session.scalar(select(func.count()).select_from(Placement))


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
    OutboxMessageFactory(topic="page.painted", subject_id=SiteFactory().id)
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
        arrived(4, url="https://news.example/crowded")
        [quiet], _ = arrived(1, url="https://news.example/quiet")
        assert quiet.id in batches(batch=2)[0]

    def test_a_site_whose_batch_took_long_gets_a_smaller_one(self, arrived, batches):
        arrived(40)
        seconds = iter(range(100))
        assert [len(ids) for ids in batches(stopwatch=lambda: next(seconds))] == [16, 8, 8, 8]

    def test_the_first_batch_of_a_site_is_small_and_the_next_ones_grow(self, arrived, batches):
        arrived(60)
        assert [len(ids) for ids in batches(stopwatch=lambda: 0.0)] == [16, 32, 12]


class TestFailure:
    @pytest.fixture
    def failing(self):
        """Messages about these subjects fail."""
        return set()

    @pytest.fixture
    def drain_failing(self, drain, failing):
        def place(session, ids, now):
            if failing & set(ids):
                raise ValueError("cannot")
            JOBS["report.received"](session, ids, now)

        return lambda **options: drain({"report.received": place}, **options)

    @pytest.fixture
    def fail_until_set_aside(self, session, drain_failing):
        def run(message, **options):
            for _ in range(5):
                message.due_at = utc_now()
                session.commit()
                drain_failing(**options)
                session.refresh(message)

        return run

    def test_the_failing_message_is_put_off_and_the_others_of_its_page_are_done(
        self, session, arrived, failing, drain_failing
    ):
        reports, _ = arrived(5)
        failing.add(reports[2].id)
        assert drain_failing() == 4
        assert placed(session) == 4
        session.expire_all()
        message = session.scalars(select(OutboxMessage).where(OutboxMessage.done_at.is_(None))).one()
        assert (message.subject_id, message.attempts) == (reports[2].id, 1)
        assert (message.failure, message.error) == ("program", "ValueError: cannot")
        assert timedelta(0) < message.due_at - utc_now() <= timedelta(seconds=2)

    def test_its_pauses_grow(self, session, arrived, failing, drain_failing):
        [report], [message] = arrived()
        failing.add(report.id)
        pauses = []
        for attempts in (0, 1, 2, 3):
            message.attempts, message.due_at = attempts, utc_now() - timedelta(seconds=1)
            session.commit()
            drain_failing()
            session.refresh(message)
            pauses.append(round((message.due_at - utc_now()).total_seconds()))
        assert pauses == pytest.approx([2, 8, 32, 128], abs=2)

    def test_when_the_fault_is_mended_it_is_done(self, session, arrived, failing, drain_failing):
        [report], [message] = arrived()
        failing.add(report.id)
        drain_failing()
        failing.clear()
        message.due_at = utc_now()
        session.commit()
        assert drain_failing() == 1
        session.refresh(message)
        assert message.error is None

    def test_after_five_failures_it_is_set_aside_and_not_tried_any_more(
        self, session, arrived, failing, drain_failing, fail_until_set_aside
    ):
        [report], [message] = arrived()
        failing.add(report.id)
        fail_until_set_aside(message)
        assert (message.attempts, message.set_aside_by) == (5, "1") and message.set_aside_at is not None
        failing.clear()
        message.due_at = utc_now()
        session.commit()
        assert drain_failing() == 0
        assert attention.queue_state(session) == attention.QueueState(0, 0.0, 1)

    def test_an_upgrade_tries_again_what_another_build_set_aside(
        self, session, arrived, failing, drain_failing, fail_until_set_aside
    ):
        [report], [message] = arrived()
        failing.add(report.id)
        fail_until_set_aside(message, build="1")
        failing.clear()
        assert attention.try_again_after_upgrade(session, "1") == 0
        assert attention.try_again_after_upgrade(session, "2") == 1
        assert drain_failing() == 1
        assert placed(session) == 1

    def test_a_row_that_the_database_refuses_is_one_failure_and_no_more(self, session, drain, arrived):
        reports, _ = arrived(4)

        def place(session, ids, now):
            for report_id in ids:
                case_id = uuid7() if report_id == reports[1].id else None
                JOBS["report.received"](session, [report_id], now)
                if case_id:
                    session.execute(insert(Placement).values(report_id=report_id, case_id=case_id))

        assert drain({"report.received": place}) == 3
        message = session.scalars(select(OutboxMessage).where(OutboxMessage.done_at.is_(None))).one()
        assert message.failure == "data_refused"

    def test_a_lock_that_others_hold_is_not_counted_as_a_failure(self, session, sessions, drain, arrived):
        [report], [message] = arrived()

        def place(session, ids, now):
            session.execute(text("SET LOCAL lock_timeout = '50ms'"))
            lock_page(session, report.site_id, report.url)

        with sessions() as other:
            lock_page(other, report.site_id, report.url)
            assert drain({"report.received": place}) == 0
        session.refresh(message)
        assert (message.attempts, message.failure) == (0, "database")

    def test_a_batch_of_a_locked_page_is_put_off_whole(self, session, sessions, drain, arrived):
        [report, *_], messages = arrived(4)
        batches = []

        def place(session, ids, now):
            batches.append(ids)
            session.execute(text("SET LOCAL lock_timeout = '50ms'"))
            lock_page(session, report.site_id, report.url)

        with sessions() as other:
            lock_page(other, report.site_id, report.url)
            drain({"report.received": place})
        assert len(batches) == 1
        session.expire_all()
        assert {(message.attempts, message.due_at > utc_now()) for message in messages} == {(0, True)}


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
