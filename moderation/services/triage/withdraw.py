"""A reader takes a report back: by the receipt, and by nothing else."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from moderation.models import Case, OutboxMessage, Placement, Report, Selection, Withdrawal
from moderation.services.cases.step import Step, apply_step
from moderation.services.pages.lock import lock_page
from moderation.services.triage.case_readers import recount_readers
from moderation.services.triage.page_cases import PageCases


def withdraw(session: Session, report_id: UUID, now: datetime) -> None:
    """Note that the report counts no more; once, however often it is asked."""
    noted = session.execute(
        insert(Withdrawal)
        .values(report_id=report_id, withdrawn_at=now)
        .on_conflict_do_nothing()
        .returning(Withdrawal.report_id)
    ).first()
    if noted is not None:
        site_id = session.scalars(select(Report.site_id).where(Report.id == report_id)).one()
        session.add(OutboxMessage(topic="report.withdrawn", subject_id=report_id, site_id=site_id))
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
            _take_out(session, placement, now)


def _take_out(session: Session, placement: Placement, now: datetime) -> None:
    case = session.scalars(select(Case).where(Case.id == placement.case_id).with_for_update(of=Case)).one()
    on_page = PageCases(session, case.page)
    selection = session.get_one(Selection, placement.selection_id)
    session.delete(placement)
    selection.report_count -= 1
    session.flush()
    recount_readers(session, case)
    on_page.touch(case.id)
    on_page.refresh()
    if case.report_count == 0 and case.status == "open":
        apply_step(session, case, Step(action="reject", cause="withdrawn"), now=now)
