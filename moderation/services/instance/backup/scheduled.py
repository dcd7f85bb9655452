"""Scheduled backups: a new file when one is due, and the oldest ones go."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import structlog
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from moderation.models import Instance
from moderation.optional_settings import BackupSettings
from moderation.services.instance.backup.problem import BackupProblem
from moderation.services.instance.only_one import only_one

log = structlog.get_logger()
_LOCK = 0x6261636B  # "back": of several workers, one makes the backup
_NAME = re.compile(r"corrigenda-\d{8}T\d{6}Z\.backup(\.part)?")


@dataclass(frozen=True, slots=True)
class Plan:
    """The schedule of backups: the pause between two, their folder, and their number."""

    directory: Path
    every: timedelta
    keep: int
    secret_key: str
    passphrase: str | None

    @classmethod
    def of(cls, backup: BackupSettings, secret_key: str) -> "Plan":
        """Return the schedule that the operator set."""
        every = timedelta(hours=backup.hours)
        return cls(backup.directory, every, backup.keep, secret_key, backup.passphrase)


def back_up_if_due(engine: Engine, plan: Plan, now: datetime) -> Path | None:
    """Make a backup if the last one is too old. A failure is logged, and tried again at the next call."""
    with only_one(engine, _LOCK) as is_ours:
        try:
            return _back_up(engine, plan, now) if is_ours and _is_due(engine, plan, now) else None
        except BackupProblem as error:
            log.error("backup.failed", error=str(error))  # noqa: TRY400 - the text says all
            return None


def last_backup(session: Session) -> datetime | None:
    """Return when the last scheduled backup was complete."""
    return session.scalar(select(Instance.backed_up_at))


def _is_due(engine: Engine, plan: Plan, now: datetime) -> bool:
    with Session(engine) as session:
        last = last_backup(session)
    return last is None or now - last >= plan.every


def _back_up(engine: Engine, plan: Plan, now: datetime) -> Path:
    from moderation.services.instance.backup.dump import write_backup  # noqa: PLC0415 - Alembic takes 8 MB in a worker

    path = plan.directory / f"corrigenda-{now:%Y%m%dT%H%M%SZ}.backup"
    rows = write_backup(
        engine,
        path,
        now=now,
        secret_key=plan.secret_key if plan.passphrase else None,
        passphrase=plan.passphrase,
    )
    with Session(engine) as session:
        session.execute(update(Instance).values(backed_up_at=now))
        session.commit()
    log.info("backup.made", path=str(path), rows=sum(rows.values()), size=path.stat().st_size)
    _forget_old(plan)
    return path


def _forget_old(plan: Plan) -> None:
    """Delete our oldest backups, and unfinished ones of a worker that was killed. Other files stay."""
    ours = sorted(path for path in plan.directory.iterdir() if _NAME.fullmatch(path.name))
    whole = [path for path in ours if path.suffix == ".backup"]
    for path in [*whole[: -plan.keep], *(path for path in ours if path.suffix == ".part")]:
        path.unlink(missing_ok=True)
