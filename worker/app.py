"""The worker's Celery application. `worker/start.py` loads it, for `corrigenda worker`."""

import random
from collections.abc import Callable
from datetime import UTC, datetime

import structlog
from celery.signals import setup_logging, task_postrun, worker_ready, worker_shutting_down
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from moderation.broker import Nudge, ask_recheck, make_celery, make_redis
from moderation.database import make_engine, make_sessions, make_unsynced_sessions
from moderation.figures import SharedFigures
from moderation.logs import configure_logs
from moderation.services.apply.kinds import Connector
from moderation.services.apply.work import Applier
from moderation.services.instance.backup.scheduled import Plan, back_up_if_due
from moderation.services.instance.build import build_id
from moderation.services.notify.mail import Mailer
from moderation.services.notify.telegram_api import make_bot_api
from moderation.services.notify.telegram_poll import Poller
from moderation.services.notify.telegram_stranger import SlowAnswers
from moderation.services.notify.telegram_updates import Updates
from moderation.services.outbox.deliver import Deliverer
from moderation.services.outbox.dispatch import Dispatcher
from moderation.services.outbox.jobs import make_relay
from moderation.services.outbox.kinds import make_kinds
from moderation.services.outbox.sender import Sender
from moderation.services.pages.fetch import Fetcher
from moderation.services.pages.outbound import Outbound
from moderation.services.pages.proxy import Proxies
from moderation.services.pages.turns import HostTurns
from moderation.services.recheck.install_check import InstallChecker
from moderation.services.recheck.run import Rechecker
from moderation.services.sites.widget_health import WidgetHealth
from moderation.settings import Settings
from moderation.tracing import NoTracing, Tracing, wants_traces
from worker.tasks import Parts, heal, register

log = structlog.get_logger()


def _now() -> datetime:
    return datetime.now(UTC)


def _make_tracing() -> Tracing:
    if not wants_traces():
        return NoTracing()
    from moderation.otel.export import make_provider  # noqa: PLC0415 - an extra
    from moderation.otel.jobs import WorkerTracing  # noqa: PLC0415

    return WorkerTracing(make_provider("worker"))


def _make_parts(settings: Settings) -> Parts:
    tracing = _make_tracing()
    engine = make_engine(settings)
    sessions, unsynced = make_sessions(engine), make_unsynced_sessions(engine)
    redis = make_redis(settings)
    figures = SharedFigures(redis)
    mailer = Mailer(settings.smtp_url, settings.mail_from, settings.base_url, settings.secret_keys)
    outbound = Outbound(settings.private_hosts, Proxies.from_env())
    api = make_bot_api(outbound, settings.telegram_api)
    kinds = make_kinds(outbound, mailer, api, sessions)
    keys, slow_answers = settings.secret_keys, SlowAnswers(redis)
    updates = Updates(sessions, api, keys, settings.base_url, _now, settings.sso_token_days, slow_answers)
    fetcher = Fetcher(settings.private_hosts, Proxies.from_env(), HostTurns(redis))
    connector = Connector(settings.secret_keys, settings.private_hosts, settings.repositories)
    applier = Applier(
        sessions, connector, connector.purge, _now, lambda: ask_recheck(app), base_url=settings.base_url
    )
    return Parts(
        engine,
        sessions,
        redis,
        nudge=Nudge(app, redis),
        rechecker=Rechecker(sessions, fetcher, _now, keys, figures=figures),
        install_checker=InstallChecker(sessions, fetcher, _now, keys, settings.base_url),
        widget_health=WidgetHealth(redis),
        relay=lambda: make_relay(sessions, _now, tracing=tracing, figures=figures),
        poller=Poller(sessions, updates, _now),
        dispatcher=Dispatcher(Sender(unsynced, kinds, _now, random.random, tracing=tracing, figures=figures)),
        applier=applier,
        deliverer=Deliverer(sessions, mailer, _now, build_id()),
        back_up=_make_backup_task(settings, engine),
        clock=_now,
        figures=figures,
    )


def _make_backup_task(settings: Settings, engine: Engine) -> Callable[[], object]:
    """Return what the backup task calls. Without CORRIGENDA_BACKUP_DIR it does nothing."""
    backup = settings.backup
    if backup is None:
        return lambda: None
    plan = Plan.of(backup, settings.secret_keys.current)
    return lambda: back_up_if_due(engine, plan, _now())


configure_logs()  # before Celery warns of something
settings = Settings.from_env()
app = make_celery(settings)
parts = _make_parts(settings)
register(app, parts)


@setup_logging.connect  # type: ignore[untyped-decorator]
def _logs(**_: object) -> None:
    configure_logs()


@worker_ready.connect  # type: ignore[untyped-decorator]
def _heal(**_: object) -> None:
    try:
        heal(parts)
    except DBAPIError as error:  # the clean-up task retries it later
        log.warning("outbox.not_healed", error=str(error))


@task_postrun.connect  # type: ignore[untyped-decorator]
def _send_figures(**_: object) -> None:
    parts.figures.send()


@worker_shutting_down.connect  # type: ignore[untyped-decorator]
def _stop(**_: object) -> None:
    """Start no new fetches, deliveries, corrections. Work that was not done keeps its place in the queue."""
    parts.rechecker.stop.set()
    parts.dispatcher.stop.set()
    parts.applier.stop.set()
    parts.poller.stop.set()
