"""A reader takes a report back: by the receipt, and by nothing else."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from moderation.models import Case, CaseReader, OutboxMessage, Placement, Report, Suggestion, Withdrawal
from moderation.services.decide import step_by_system
from moderation.services.page_lock import lock_page


def withdraw(session: Session, report_id: UUID, now: datetime) -> None:
    """Note that the report counts no more; once, however often it is asked."""
    noted = session.execute(
        insert(Withdrawal)
        .values(report_id=report_id, withdrawn_at=now)
        .on_conflict_do_nothing()
        .returning(Withdrawal.report_id)
    ).first()
    if noted is not None:
        session.add(OutboxMessage(topic="report.withdrawn", subject_id=report_id))
    session.commit()


def take_out(session: Session, report_ids: Sequence[UUID], now: datetime) -> None:
    """Take withdrawn reports out of their cases' counts and votes. Safe to run twice; the caller commits.

    A report that triage has not placed yet is left to it: it places no withdrawn report.
    """
    reports = session.scalars(
        select(Report).where(Report.id.in_(report_ids)).order_by(Report.site_id, Report.url, Report.id)
    ).all()
    for report in reports:
        lock_page(session, report.site_id, report.url)
        placement = session.get(Placement, report.id)
        if placement is not None:
            _take_out_of_case(session, report, placement, now)


def _take_out_of_case(session: Session, report: Report, placement: Placement, now: datetime) -> None:
    case = session.scalars(select(Case).where(Case.id == placement.case_id).with_for_update(of=Case)).one()
    suggestion = session.get(Suggestion, placement.suggestion_id) if placement.suggestion_id else None
    session.delete(placement)
    session.flush()
    case.report_count -= 1
    if suggestion is not None:
        suggestion.votes -= 1
        if suggestion.votes <= 0:
            session.delete(suggestion)
    _forget_reader(session, case, report.reader_hash)
    if case.report_count == 0 and case.status == "open":
        step_by_system(session, case, "reject", now=now, note="withdrawn by the reader")


def _forget_reader(session: Session, case: Case, reader: bytes) -> None:
    others = session.scalar(
        select(func.count())
        .select_from(Placement)
        .join(Report)
        .where(Placement.case_id == case.id, Report.reader_hash == reader)
    )
    if not others:
        session.execute(
            delete(CaseReader).where(CaseReader.case_id == case.id, CaseReader.reader_hash == reader)
        )
        case.reader_count -= 1
