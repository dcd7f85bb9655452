"""A reader withdraws a report, by its receipt and by nothing else."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from moderation.models import Case, OutboxMessage, Page, Placement, Report, Selection, Withdrawal
from moderation.services.cases.lock import lock_cases
from moderation.services.conflicts import repeats_lost
from moderation.services.intake.fix_notices import erase
from moderation.services.pages.lock import lock_pages
from moderation.services.triage.change import change_of
from moderation.services.triage.load_page import load
from moderation.services.triage.page_cases import Near, PageCases
from moderation.services.triage.save import regroup_and_save

_AT_ONCE = 20
"""Reports that are taken out together. All their selections are among those that are compared."""


@repeats_lost
def withdraw(session: Session, report_id: UUID, now: datetime) -> None:
    """Store that the report does not count any more. A second call changes nothing."""
    stored = session.execute(
        insert(Withdrawal)
        .values(report_id=report_id, withdrawn_at=now)
        .on_conflict_do_nothing()
        .returning(Withdrawal.report_id)
    ).first()
    erase(session, report_id)
    if stored is not None:
        site_id = session.scalars(select(Report.site_id).where(Report.id == report_id)).one()
        session.add(OutboxMessage(topic="report.withdrawn", subject_id=report_id, site_id=site_id))
    session.commit()


def take_out(session: Session, report_ids: Sequence[UUID], now: datetime) -> None:
    """Take withdrawn reports out of their cases' counts and votes. Safe to run twice; the caller commits.

    A report that triage has not placed yet is left to it: it places no withdrawn report.
    """
    reports = session.scalars(select(Report).where(Report.id.in_(report_ids))).all()
    lock_pages(session, ((report.site_id, report.url) for report in reports))
    rows = session.execute(
        select(Placement.report_id, Case.page_id)
        .join(Case)
        .where(Placement.report_id.in_(report_ids))
        .order_by(Placement.report_id)
    ).all()
    lock_cases(session, Case.page_id.in_({page_id for _, page_id in rows}))
    for start in range(0, len(rows), _AT_ONCE):
        part = dict(rows[start : start + _AT_ONCE])
        _take_out(session, part.keys(), set(part.values()), now)


def _take_out(session: Session, report_ids: Collection[UUID], page_ids: set[UUID], now: datetime) -> None:
    withdrawn: dict[UUID, list[Placement]] = {}
    placed = select(Placement).where(Placement.report_id.in_(report_ids))
    for placement in session.scalars(placed.execution_options(populate_existing=True)):
        withdrawn.setdefault(placement.selection_id, []).append(placement)
    pages = session.scalars(select(Page).where(Page.id.in_(page_ids)).order_by(Page.id)).all()
    loaded = load(session, pages, lambda on_page: _near(session, on_page.page, withdrawn))
    for on_page in loaded:
        for selection in [one for one in on_page.selections if one.id in withdrawn]:
            _leave(session, on_page, selection, withdrawn[selection.id])
        _note_emptied(on_page, _erased_cases(session, withdrawn))
    session.flush()
    for on_page in loaded:
        on_page.locate()
    regroup_and_save(session, [change_of(session, on_page, now) for on_page in loaded], now)


def _near(session: Session, page: Page, ids: Collection[UUID]) -> Near:
    """The selections of the withdrawn reports, and equal ones."""
    selections = session.scalars(select(Selection).where(Selection.page_id == page.id, Selection.id.in_(ids)))
    return Near(ids=ids, quotes={(one.exact, one.correction or "") for one in selections})


def _leave(
    session: Session, on_page: PageCases, selection: Selection, withdrawn: Sequence[Placement]
) -> None:
    """Count the reports out of their selection. Without reports it is deleted."""
    on_page.recounted.add(selection.case_id)
    for placement in withdrawn:
        session.delete(placement)
    selection.report_count -= len(withdrawn)
    if selection.report_count == 0:
        on_page.selections.remove(selection)
        session.delete(selection)


def _erased_cases(session: Session, withdrawn: dict[UUID, list[Placement]]) -> set[UUID]:
    """The cases that have an erased report among these."""
    case_of = {one.report_id: one.case_id for placements in withdrawn.values() for one in placements}
    erased = select(Withdrawal.report_id).where(
        Withdrawal.report_id.in_(case_of), Withdrawal.erased_at.is_not(None)
    )
    return {case_of[report_id] for report_id in session.scalars(erased)}


def _note_emptied(on_page: PageCases, erased: set[UUID]) -> None:
    """Close the open cases that lost their last report. An erased one goes, if no editor touched it."""
    for case_id in on_page.recounted - on_page.partial:
        facts = on_page.facts[case_id]
        if facts.status == "open" and not on_page.of_case(case_id):
            goes = case_id in erased and not facts.has_history
            on_page.emptied[case_id] = "emptied" if goes else "withdrawn"
