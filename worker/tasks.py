"""The tasks: nothing in, one call each. Any of them may run twice."""

import time
from datetime import UTC, datetime
from threading import Lock

from celery import Celery
from redis import Redis
from sqlalchemy.orm import Session, sessionmaker

from moderation.broker import DRAIN, HEARTBEAT, Nudge
from moderation.services.insight import tally
from moderation.services.notify.mail import Mailer
from moderation.services.outbox import relay as outbox
from moderation.services.pages.fetch import Fetcher
from moderation.services.recheck import recheck
from moderation.services.sites import administer as site_admin
from moderation.services.sites import retention
from worker.beat_schedule import BEAT, CHECK_PAGES, CLEAN_UP, TALLY

_HEARTBEAT_KEPT = 3600


def register(
    app: Celery,
    sessions: sessionmaker[Session],
    redis: Redis,
    *,
    nudge: Nudge,
    fetcher: Fetcher,
    mailer: Mailer,
) -> None:
    """Make the tasks known to the application."""
    checking, turns = Lock(), recheck.Turns()
    handlers = {**outbox.HANDLERS, **outbox.mail_handlers(mailer)}

    @app.task(name=DRAIN)  # type: ignore[untyped-decorator]
    def drain_outbox() -> None:
        nudge.taken()
        outbox.drain(sessions, handlers)

    @app.task(name=BEAT)  # type: ignore[untyped-decorator]
    def heartbeat() -> None:
        redis.set(HEARTBEAT, time.time(), ex=_HEARTBEAT_KEPT)

    @app.task(name=CHECK_PAGES)  # type: ignore[untyped-decorator]
    def check_pages() -> None:
        if checking.acquire(blocking=False):  # slow pages never take the thread that drains the outbox
            try:
                recheck.check_due(sessions, fetcher, lambda: datetime.now(UTC), turns=turns)
            finally:
                checking.release()

    @app.task(name=TALLY)  # type: ignore[untyped-decorator]
    def tally_days() -> None:
        tally.tally_due(sessions, datetime.now(UTC))

    @app.task(name=CLEAN_UP)  # type: ignore[untyped-decorator]
    def clean_up() -> None:
        outbox.forget_done(sessions)
        retention.run_retention(sessions, datetime.now(UTC))
        site_admin.delete_due(sessions, datetime.now(UTC))
