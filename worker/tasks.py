"""The tasks. They have no arguments, and each calls one service. Any task can run twice."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from celery import Celery
from redis import Redis
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from moderation.broker import (
    APPLY,
    BACKUP,
    BEAT,
    CHECK_INSTALLS,
    CLEAN_UP,
    DELIVER,
    DRAIN,
    HEARTBEAT,
    POLL,
    RECHECK,
    SEND_MAIL,
    TALLY,
    Nudge,
)
from moderation.figures import SharedFigures
from moderation.services.accounts import security_log
from moderation.services.apply.work import Applier
from moderation.services.cases import retention
from moderation.services.insight.tally import Tallies
from moderation.services.instance.only_one import only_one
from moderation.services.notify.telegram_poll import Poller
from moderation.services.outbox import attention
from moderation.services.outbox.coalesced import Coalesced
from moderation.services.outbox.deliver import Deliverer
from moderation.services.outbox.deliveries import tidy
from moderation.services.outbox.dispatch import Dispatcher
from moderation.services.outbox.relay import Relay, forget_done
from moderation.services.recheck.install_check import InstallChecker
from moderation.services.recheck.run import Rechecker
from moderation.services.sites import administer as site_admin
from moderation.services.sites import widget_health
from moderation.services.sites.widget_health import WidgetHealth

_HEARTBEAT_KEPT = 3600
CLEAN_UP_LOCK = 0x636C6561  # "clea": two schedulers ask two workers at the same moment


@dataclass(frozen=True, slots=True)
class Parts:
    """The services that the tasks call."""

    engine: Engine
    sessions: sessionmaker[Session]
    redis: Redis
    nudge: Nudge
    rechecker: Rechecker
    install_checker: InstallChecker
    widget_health: WidgetHealth
    relay: Callable[[], Relay]
    """Makes the relay of a drain."""
    deliverer: Deliverer
    back_up: Callable[[], object]
    dispatcher: Dispatcher
    poller: Poller
    applier: Applier
    clock: Callable[[], datetime]
    figures: SharedFigures


def register(app: Celery, parts: Parts) -> None:
    """Register the tasks with the application."""
    _register_work(app, parts)
    _register_network(app, parts)
    _register_polling(app, parts)
    _register_applying(app, parts)

    @app.task(name=BEAT, shared=False)  # type: ignore[untyped-decorator]
    def heartbeat() -> None:
        parts.redis.set(HEARTBEAT, time.time(), ex=_HEARTBEAT_KEPT)


def _register_work(app: Celery, parts: Parts) -> None:
    """Register the tasks that work on our own tables."""

    def drain() -> None:
        # Until here the flag stays set, so reports that arrive during a drain send one nudge, not one each.
        parts.nudge.received()
        parts.relay().drain()

    # Two threads would wait for each other's pages and make smaller batches. Another process may drain too.
    drains, tallies = Coalesced(drain), Tallies(parts.sessions)

    @app.task(name=DRAIN, shared=False)  # type: ignore[untyped-decorator]
    def drain_outbox() -> None:
        drains()

    @app.task(name=BACKUP, shared=False)  # type: ignore[untyped-decorator]
    def back_up() -> None:
        parts.back_up()

    @app.task(name=TALLY, shared=False)  # type: ignore[untyped-decorator]
    def tally_days() -> None:
        tallies.run(parts.clock())

    @app.task(name=CLEAN_UP, shared=False)  # type: ignore[untyped-decorator]
    def clean_up_tables() -> None:
        clean_up(parts)


def clean_up(parts: Parts) -> None:
    """Delete old rows, unless another worker is doing it."""
    with only_one(parts.engine, CLEAN_UP_LOCK) as is_ours:
        if is_ours:
            _clean_up(parts)


def _clean_up(parts: Parts) -> None:
    heal(parts)
    forget_done(parts.sessions)
    tidy(parts.sessions, parts.clock())
    retention.run_retention(parts.sessions, parts.clock())
    site_admin.delete_due(parts.sessions, parts.clock())
    security_log.forget_old(parts.sessions, parts.clock())
    widget_health.forget_old(parts.sessions, parts.clock())


def _register_network(app: Celery, parts: Parts) -> None:
    """Register the tasks that wait for other machines: one run of each per process, so threads stay free."""
    rechecking, mailing, checking, delivering = Lock(), Lock(), Lock(), Lock()

    @app.task(name=RECHECK, shared=False)  # type: ignore[untyped-decorator]
    def recheck_pages() -> None:
        with _alone(rechecking) as is_free:
            if is_free:
                parts.rechecker.run()

    @app.task(name=CHECK_INSTALLS, shared=False)  # type: ignore[untyped-decorator]
    def check_installs() -> None:
        with _alone(checking) as is_free:
            if is_free:
                parts.widget_health.store(parts.sessions)
                parts.install_checker.run()

    @app.task(name=SEND_MAIL, shared=False)  # type: ignore[untyped-decorator]
    def send_mail() -> None:
        with _alone(mailing) as is_free:
            if is_free:
                parts.deliverer.deliver_due()

    @app.task(name=DELIVER, shared=False)  # type: ignore[untyped-decorator]
    def deliver() -> None:
        with _alone(delivering) as is_free:
            if is_free:
                parts.dispatcher.run()


def _register_polling(app: Celery, parts: Parts) -> None:
    """Register the task that asks Telegram for pressed buttons."""
    polling = Lock()

    @app.task(name=POLL, shared=False)  # type: ignore[untyped-decorator]
    def poll_telegram() -> None:
        with _alone(polling) as is_free:
            if is_free:
                parts.poller.run()


def _register_applying(app: Celery, parts: Parts) -> None:
    """Register the task that writes into the sites' CMS."""
    applying = Lock()

    @app.task(name=APPLY, shared=False)  # type: ignore[untyped-decorator]
    def apply_corrections() -> None:
        with _alone(applying) as is_free:
            if is_free:
                parts.applier.run()


def heal(parts: Parts) -> None:
    """Retry messages that another build of the program set aside."""
    with parts.sessions() as session:
        attention.try_again_after_upgrade(session, parts.deliverer.build)


@contextmanager
def _alone(lock: Lock) -> Iterator[bool]:
    is_free = lock.acquire(blocking=False)
    try:
        yield is_free
    finally:
        if is_free:
            lock.release()
