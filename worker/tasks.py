"""The tasks: nothing in, one call each. Any of them may run twice."""

import time

from celery import Celery
from redis import Redis
from sqlalchemy.orm import Session, sessionmaker

from moderation.broker import DRAIN, HEARTBEAT, Nudge
from worker import outbox
from worker.schedule import BEAT, FORGET_DONE

_HEARTBEAT_KEPT = 3600


def register(app: Celery, sessions: sessionmaker[Session], redis: Redis, nudge: Nudge) -> None:
    """Make the tasks known to the application."""

    @app.task(name=DRAIN)  # type: ignore[untyped-decorator]
    def drain_outbox() -> None:
        nudge.taken()
        outbox.drain(sessions)

    @app.task(name=BEAT)  # type: ignore[untyped-decorator]
    def heartbeat() -> None:
        redis.set(HEARTBEAT, time.time(), ex=_HEARTBEAT_KEPT)

    @app.task(name=FORGET_DONE)  # type: ignore[untyped-decorator]
    def forget_done() -> None:
        outbox.forget_done(sessions)
