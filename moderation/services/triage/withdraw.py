"""A reader withdraws a report, by its receipt and by nothing else."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from moderation.models import Case, OutboxMessage, Placement, Report, Selection, Withdrawal
from moderation.services.pages.lock import lock_page
from moderation.services.triage.load_page import load
from moderation.services.triage.page_cases import Near
from moderation.services.triage.save import change_of, regroup_and_save


def withdraw(session: Session, report_id: UUID, now: datetime) -> None:
    """Store that the report counts no more; once, however often it is asked."""
    stored = session.execute(
        insert(Withdrawal)
        .values(report_id=report_id, withdrawn_at=now)
        .on_conflict_do_nothing()
        .returning(Withdrawal.report_id)
    ).first()
    if stored is not None:
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
        placement = session.get(Placement, report.id, populate_existing=True)
        if placement is not None:
            _take_out(session, placement, now)


def _take_out(session: Session, placement: Placement, now: datetime) -> None:
    selection = session.get_one(Selection, placement.selection_id)
    case = session.get_one(Case, placement.case_id)
    near = Near(quotes=((selection.exact, selection.correction or ""),), ids=(selection.id,))
    [on_page] = load(session, [case.page], lambda _: near)
    facts = on_page.facts[case.id]
    on_page.facts[case.id] = replace(facts, report_count=facts.report_count - 1)
    on_page.recounted.add(case.id)
    session.delete(placement)
    selection.report_count -= 1
    session.flush()
    if selection.report_count == 0:
        on_page.selections.remove(selection)
        session.delete(selection)
    if case.id not in on_page.partial and not on_page.of_case(case.id) and facts.status == "open":
        on_page.emptied[case.id] = "withdrawn"
    on_page.locate()
    regroup_and_save(session, [change_of(session, on_page, now)], now)
