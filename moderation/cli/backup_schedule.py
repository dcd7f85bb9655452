"""`corrigenda backup --scheduled`: a process that makes the scheduled backups, and nothing else."""

import signal
from datetime import UTC, datetime
from threading import Event

import click
import structlog
from sqlalchemy.exc import OperationalError

from moderation.cli.connect import Opened, instance
from moderation.logs import configure_logs
from moderation.services.instance.backup.scheduled import Plan, back_up_if_due
from moderation.settings import Settings

SECONDS = 60
"""How often it looks whether a backup is due."""

log = structlog.get_logger()


def keep_schedule() -> None:
    """Make each backup when it is due, until SIGTERM. A failure is logged, and tried again a minute later."""
    stopped = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    with instance(changing=False, migrating=False) as opened:
        plan = _plan(opened)
        configure_logs()
        while not stopped.is_set():
            _back_up(opened, plan)
            stopped.wait(SECONDS)


def _plan(opened: Opened) -> Plan:
    settings = Settings.from_env(opened.env)
    if settings.backup is None:
        raise click.ClickException("CORRIGENDA_BACKUP_DIR is not set: the absolute path of a directory")
    return Plan.of(settings.backup, settings.secret_keys.current)


def _back_up(opened: Opened, plan: Plan) -> None:
    try:
        back_up_if_due(opened.engine, plan, datetime.now(UTC))
    except OperationalError as error:
        log.error("backup.failed", error=str(error.orig))  # noqa: TRY400 - the text says all
