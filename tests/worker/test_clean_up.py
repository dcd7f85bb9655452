"""Several schedulers ask several workers for one clean-up at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from moderation.models import OutboxMessage
from moderation.services.instance.only_one import only_one
from tests.factories import OutboxMessageFactory
from tests.worker.conftest import utc_now
from worker import tasks


def left(session):
    session.rollback()
    return session.scalar(select(func.count()).select_from(OutboxMessage))


def test_a_worker_leaves_the_clean_up_to_the_one_that_does_it(session, engine, parts):
    OutboxMessageFactory(done_at=utc_now() - timedelta(days=30))
    with only_one(engine, tasks.CLEAN_UP_LOCK) as is_ours:
        assert is_ours
        tasks.clean_up(parts)
        assert left(session) == 1
    tasks.clean_up(parts)
    assert left(session) == 0


def test_many_clean_ups_at_once_all_end_and_leave_nothing(session, parts):
    for _ in range(20):
        OutboxMessageFactory(done_at=utc_now() - timedelta(days=30))
    with ThreadPoolExecutor(6) as pool:
        for done in [pool.submit(tasks.clean_up, parts) for _ in range(6)]:
            done.result(60)
    assert left(session) == 0


def test_what_fails_gives_the_lock_back(engine):
    with pytest.raises(ZeroDivisionError), only_one(engine, 7):
        raise ZeroDivisionError
    with only_one(engine, 7) as is_ours, only_one(engine, 7) as is_other:
        assert (is_ours, is_other) == (True, False)
