from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from sqlalchemy import func, select

from moderation.models import Case, OutboxMessage, Placement
from moderation.services.outbox import relay as outbox
from tests.factories import OutboxMessageFactory, ReportFactory, SiteFactory


@pytest.fixture
def arrived(session):
    """Reports with their messages, as intake leaves them."""
    site = SiteFactory()

    def make(count=1, **fields):
        made = [ReportFactory(site=site, **fields) for _ in range(count)]
        return made, [OutboxMessageFactory(subject_id=report.id) for report in made]

    return make


def left(session):
    session.rollback()
    return session.scalar(select(func.count()).where(OutboxMessage.done_at.is_(None)))


def placed(session):
    session.rollback()
    return session.scalar(select(func.count()).select_from(Placement))


def test_draining_does_the_work_once(session, sessions, arrived):
    arrived(3)
    assert outbox.drain(sessions) == 3
    assert outbox.drain(sessions) == 0
    assert (left(session), placed(session)) == (0, 3)


def test_more_than_a_batch(session, sessions, arrived):
    arrived(7)
    assert outbox.drain(sessions, batch=3) == 7
    assert left(session) == 0


def test_a_message_that_came_twice_is_one_placement(session, sessions, arrived):
    [report], _ = arrived()
    OutboxMessageFactory(subject_id=report.id)
    assert outbox.drain(sessions) == 2
    assert placed(session) == 1
    assert session.scalars(select(Case.report_count)).all() == [1]


def test_a_message_whose_subject_is_gone_is_done(session, sessions, arrived):
    [report], _ = arrived()
    session.delete(report)
    session.commit()
    assert outbox.drain(sessions) == 1


def test_a_message_that_is_not_due_waits(session, sessions, arrived):
    _, [message] = arrived()
    message.due_at = datetime.now(UTC) + timedelta(minutes=1)
    session.commit()
    assert outbox.drain(sessions) == 0
    assert left(session) == 1


class TestFailure:
    @pytest.fixture
    def failing(self, monkeypatch):
        """Messages about this subject fail."""
        wrong, place = set(), outbox.HANDLERS["report.received"]

        def handler(session, ids):
            if wrong & set(ids):
                raise ValueError("cannot")
            place(session, ids)

        monkeypatch.setitem(outbox.HANDLERS, "report.received", handler)
        return wrong

    def test_one_that_fails_is_put_off_and_the_others_go_on(self, session, sessions, arrived, failing):
        reports, _ = arrived(5)
        failing.add(reports[2].id)
        assert outbox.drain(sessions) == 4
        assert placed(session) == 4
        session.expire_all()
        message = session.scalars(select(OutboxMessage).where(OutboxMessage.done_at.is_(None))).one()
        assert (message.subject_id, message.attempts) == (reports[2].id, 1)
        assert message.error == "ValueError('cannot')"
        assert timedelta(0) < message.due_at - datetime.now(UTC) <= timedelta(seconds=2)

    def test_its_pauses_grow_to_an_hour(self, session, sessions, arrived, failing):
        [report], [message] = arrived()
        failing.add(report.id)
        for attempts, seconds in ((1, 4), (5, 64), (40, 3600)):
            message.attempts, message.due_at = attempts, datetime.now(UTC) - timedelta(seconds=1)
            session.commit()
            outbox.drain(sessions)
            session.refresh(message)
            assert abs((message.due_at - datetime.now(UTC)).total_seconds() - seconds) < 3

    def test_when_the_fault_is_mended_it_is_done(self, session, sessions, arrived, failing):
        [report], [message] = arrived()
        failing.add(report.id)
        outbox.drain(sessions)
        failing.clear()
        session.refresh(message)
        message.due_at = datetime.now(UTC)
        session.commit()
        assert outbox.drain(sessions) == 1
        session.refresh(message)
        assert message.error is None


def test_workers_side_by_side_share_and_do_not_repeat(session, sessions, arrived):
    arrived(60)
    done = []
    workers = [Thread(target=lambda: done.append(outbox.drain(sessions, batch=5))) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sum(done) == 60
    assert placed(session) == 60
    assert session.scalars(select(Case.report_count)).all() == [60]


def test_what_was_done_long_ago_is_forgotten(session, sessions, arrived):
    _, messages = arrived(3)
    messages[0].done_at = datetime.now(UTC) - timedelta(days=8)
    messages[1].done_at = datetime.now(UTC) - timedelta(days=6)
    session.commit()
    outbox.forget_done(sessions)
    session.expire_all()
    kept = session.scalars(select(OutboxMessage.id).order_by(OutboxMessage.id)).all()
    assert kept == [messages[1].id, messages[2].id]
