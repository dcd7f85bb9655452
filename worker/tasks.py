"""The tasks: nothing in, one call each. Any of them may run twice."""

import time
from datetime import UTC, datetime
from threading import Lock

from celery import Celery
from redis import Redis
from sqlalchemy.orm import Session, sessionmaker

from moderation.broker import DRAIN, HEARTBEAT, Nudge
from moderation.services import recheck, retention, site_admin, tally
from moderation.services.fetching import Fetcher
from moderation.services.mail import Mailer
from worker import outbox
from worker.schedule import BEAT, CHECK_PAGES, CLEAN_UP, TALLY

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
