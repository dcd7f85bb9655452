"""A reader has a report erased, by its receipt and by nothing else."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from moderation.models import OutboxMessage, Report, Tally, Withdrawal
from moderation.services.conflicts import repeats_lost
from moderation.services.intake import fix_notices

ERASED_TEXT = "…"
"""Stands for an erased passage, which the table does not allow to be empty."""
_KEPT = frozenset(("id", "site_id", "url", "is_test", "created_at"))
_EMPTY = {column.name: None for column in Report.__table__.columns if column.name not in _KEPT} | {
    "exact": ERASED_TEXT,
    "prefix": "",
    "suffix": "",
}
"""What an erased row holds in the columns that are not kept. A new column is erased by itself."""


@repeats_lost
def erase(session: Session, report_id: UUID, now: datetime) -> None:
    """Withdraw the report and empty its row. A second call changes nothing.

    The row keeps its id, site, page and time: the link still answers, and figures of days do not change.
    """
    erased = session.scalar(
        insert(Withdrawal)
        .values(report_id=report_id, withdrawn_at=now, erased_at=now)
        .on_conflict_do_update(
            index_elements=[Withdrawal.report_id],
            set_={"erased_at": now},
            where=Withdrawal.erased_at.is_(None),
        )
        .returning(Withdrawal.report_id)
    )
    fix_notices.erase(session, report_id)
    if erased is not None:
        _leave_figures(session, session.get_one(Report, report_id))
        site_id = _empty(session, report_id)
        session.add(OutboxMessage(topic="report.withdrawn", subject_id=report_id, site_id=site_id))
    session.commit()


def _empty(session: Session, report_id: UUID) -> UUID:
    """Empty the row of the report. Returns its site."""
    return session.scalars(
        update(Report)
        .where(Report.id == report_id)
        # No hash of anybody, and no other report's: erased reports do not become one reader.
        .values(_EMPTY | {"reader_hash": report_id.bytes})
        .returning(Report.site_id)
        .execution_options(synchronize_session=False)
    ).one()


def _leave_figures(session: Session, report: Report) -> None:
    """Take the reader's hash out of the figures of its day, unless other reports have it."""
    of_others = exists().where(
        Report.site_id == report.site_id, Report.reader_hash == report.reader_hash, Report.id != report.id
    )
    session.execute(
        update(Tally)
        .where(
            Tally.site_id == report.site_id,
            Tally.figure == "reader",
            Tally.key == report.reader_hash.hex(),
            ~of_others,
        )
        .values(key=report.id.hex)
        .execution_options(synchronize_session=False)
    )
