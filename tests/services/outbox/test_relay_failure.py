"""Messages that fail: put off alone, and set aside after five failures."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, select, text
from uuid_utils.compat import uuid7

from moderation.models import OutboxMessage, Placement
from moderation.services.outbox import attention
from moderation.services.outbox.jobs import JOBS
from moderation.services.pages.lock import lock_page
from tests.support.outbox import placed, utc_now


@pytest.fixture
def failing():
    """Messages about these subjects fail."""
    return set()


@pytest.fixture
def drain_failing(drain, failing):
    def place(session, ids, now):
        if failing & set(ids):
            raise ValueError("cannot")
        JOBS["report.received"](session, ids, now)

    return lambda **options: drain({"report.received": place}, **options)


@pytest.fixture
def fail_until_set_aside(session, drain_failing):
    def run(message, **options):
        for _ in range(5):
            message.due_at = utc_now()
            session.commit()
            drain_failing(**options)
            session.refresh(message)

    return run


def test_the_failing_message_is_put_off_and_the_others_of_its_page_are_done(
    session, arrived, failing, drain_failing
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


def test_its_pauses_grow(session, arrived, failing, drain_failing):
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


def test_when_the_fault_is_mended_it_is_done(session, arrived, failing, drain_failing):
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
    session, arrived, failing, drain_failing, fail_until_set_aside
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
    session, arrived, failing, drain_failing, fail_until_set_aside
):
    [report], [message] = arrived()
    failing.add(report.id)
    fail_until_set_aside(message, build="1")
    failing.clear()
    assert attention.try_again_after_upgrade(session, "1") == 0
    assert attention.try_again_after_upgrade(session, "2") == 1
    assert drain_failing() == 1
    assert placed(session) == 1


def test_a_row_that_the_database_refuses_is_one_failure_and_no_more(session, drain, arrived):
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


def test_a_lock_that_others_hold_is_not_counted_as_a_failure(session, sessions, drain, arrived):
    [report], [message] = arrived()

    def place(session, ids, now):
        session.execute(text("SET LOCAL lock_timeout = '50ms'"))
        lock_page(session, report.site_id, report.url)

    with sessions() as other:
        lock_page(other, report.site_id, report.url)
        assert drain({"report.received": place}) == 0
    session.refresh(message)
    assert (message.attempts, message.failure) == (0, "database")


def test_a_batch_of_a_locked_page_is_put_off_whole(session, sessions, drain, arrived):
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
