"""Data retention: delete the rows whose time has passed.

A site sets the days for its closed cases and withdrawn reports. Readers' addresses and bulk actions have
times of their own.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from moderation.domain.cases.lifecycle import CLOSED
from moderation.models import Bulk, Case, Page, Placement, Report, Site, Withdrawal
from moderation.services.intake.fix_notices import erase_old
from moderation.services.pages.lock import lock_pages

_PART = 500
KEEP_BULKS = timedelta(days=90)
"""A bulk action can be undone for this time. Its decisions stay with their cases."""


def run_retention(sessions: Callable[[], Session], now: datetime) -> int:
    """Delete old closed cases of every site, in batches. Returns the number of deleted cases."""
    with sessions() as session:
        erase_old(session, now)
        session.execute(delete(Bulk).where(Bulk.finished_at < now - KEEP_BULKS))
        session.commit()
        sites = session.scalars(select(Site)).all()
    return sum(
        _run(sessions, site.id, now - timedelta(days=site.settings.keep_days))
        for site in sites
        if site.settings.keep_days
    )


def _run(sessions: Callable[[], Session], site_id: UUID, before: datetime) -> int:
    deleted = 0
    while True:
        with sessions() as session:
            due = session.scalars(
                select(Case.id)
                .where(
                    Case.site_id == site_id,
                    Case.status.in_(CLOSED),
                    Case.decided_at < before,
                    Case.last_reported_at < before,
                )
                .limit(_PART)
                .with_for_update(skip_locked=True)
            ).all()
            if not due:
                break
            reports = select(Placement.report_id).where(Placement.case_id.in_(due))
            session.execute(delete(Report).where(Report.id.in_(reports)))
            session.execute(delete(Case).where(Case.id.in_(due)))
            session.commit()
            deleted += len(due)
    _delete_withdrawn(sessions, site_id, before)
    _delete_empty_pages(sessions, site_id, before)
    return deleted


def _delete_withdrawn(sessions: Callable[[], Session], site_id: UUID, before: datetime) -> None:
    """Delete withdrawn and erased reports. They are in no case; those that still are wait for the worker."""
    is_placed = exists().where(Placement.report_id == Report.id)
    old = (
        select(Report.id)
        .join(Withdrawal, Withdrawal.report_id == Report.id)
        .where(Report.site_id == site_id, Withdrawal.withdrawn_at < before, ~is_placed)
        .limit(_PART)
    )
    with sessions() as session:
        while session.execute(delete(Report).where(Report.id.in_(old))).rowcount:  # type: ignore[attr-defined]
            session.commit()


def _delete_empty_pages(sessions: Callable[[], Session], site_id: UUID, before: datetime) -> None:
    """Delete the pages without cases. The pages' locks keep away a report that is just placed on one."""
    empty = (Page.site_id == site_id, Page.created_at < before, ~exists().where(Case.page_id == Page.id))
    after = UUID(int=0)
    while True:
        with sessions() as session:
            pages = session.execute(
                select(Page.id, Page.url).where(*empty, Page.id > after).order_by(Page.id).limit(_PART)
            ).all()
            if not pages:
                return
            lock_pages(session, ((site_id, url) for _, url in pages))
            ids = [page_id for page_id, _ in pages]
            session.execute(delete(Page).where(Page.id.in_(ids), *empty))
            session.commit()
            after = ids[-1]
