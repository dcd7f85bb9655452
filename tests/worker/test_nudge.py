from dataclasses import replace
from datetime import UTC, datetime

import pytest

from moderation.broker import (
    BACKUP,
    BEAT,
    DRAIN,
    HEARTBEAT,
    QUEUES,
    RECHECK,
    SEND_MAIL,
    Nudge,
    make_celery,
    make_redis,
)
from worker import tasks
from worker.beat_schedule import SCHEDULE, SWEEP_SECONDS

QUEUE = "corrigenda"


def utc_now():
    return datetime.now(UTC)


def test_one_nudge_waits_however_many_reports_came(settings, redis):
    nudge = Nudge(make_celery(settings), redis)
    for _ in range(5):
        nudge()
    assert redis.llen(QUEUE) == 1


def test_once_the_worker_received_it_the_next_report_nudges_again(settings, redis):
    nudge = Nudge(make_celery(settings), redis)
    nudge()
    nudge.received()
    nudge()
    assert redis.llen(QUEUE) == 2


def test_a_lost_nudge_is_given_again_after_a_while(settings, redis):
    nudge = Nudge(make_celery(settings), redis)
    nudge()
    assert 0 < redis.pttl("corrigenda:nudged") <= 5000


def test_without_redis_nobody_waits_and_nobody_asks_again_at_once(settings, redis):
    """Two seconds long it does not even try; then it does, and finds that Redis is back."""
    now, away = [100.0], make_redis(replace(settings, redis_url="redis://127.0.0.1:1"))
    nudge = Nudge(make_celery(settings), away, clock=lambda: now[0])
    nudge()
    away.connection_pool = redis.connection_pool
    nudge()
    assert redis.llen(QUEUE) == 0
    now[0] += 3
    nudge()
    assert redis.llen(QUEUE) == 1


def test_reports_that_arrive_during_a_drain_send_one_nudge(settings, redis, parts):
    """The drain finds them itself, so one more look after it is enough."""
    nudge, app, looks = parts.nudge, make_celery(settings), []

    class Relay:
        def drain(self):
            looks.append(redis.llen(QUEUE))
            if len(looks) == 1:
                for _ in range(5):
                    nudge()
                    app.tasks[DRAIN]()  # the worker takes it at once

    tasks.register(app, replace(parts, relay=Relay))
    app.tasks[DRAIN]()
    assert looks == [0, 1]
    nudge()
    assert redis.llen(QUEUE) == 2, "after the drain the next report nudges again"


def test_every_scheduled_task_exists_and_the_sweep_needs_no_nudge(settings, redis, parts):
    app = make_celery(settings)
    tasks.register(app, parts)
    assert {entry["task"] for entry in SCHEDULE.values()} <= set(app.tasks)
    assert SCHEDULE["sweep"] == {"task": DRAIN, "schedule": SWEEP_SECONDS, "options": {"expires": 10}}
    app.tasks[BEAT]()
    assert float(redis.get(HEARTBEAT)) > 0


def test_a_worker_that_comes_late_still_finds_the_tasks_of_the_last_seconds():
    """Tasks that lived for a second or two all expired while the machine was busy, and no work was done."""
    for entry in SCHEDULE.values():
        assert entry["options"]["expires"] >= max(10, entry["schedule"])


@pytest.mark.parametrize(
    ("task", "queue"), [(DRAIN, "work"), (RECHECK, "fetch"), (SEND_MAIL, "mail"), (BACKUP, "upkeep")]
)
def test_each_kind_of_work_has_a_queue_of_its_own(settings, redis, task, queue):
    make_celery(settings).send_task(task)
    assert {name for name, key in QUEUES.items() if redis.llen(key)} == {queue}
