"""Put every report into exactly one case, one page at a time."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from uuid import UUID

from sqlalchemy import select, tuple_, union_all
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from moderation.figures import timed_step
from moderation.models import Page, Placement, Report, Site, Withdrawal
from moderation.services.pages.lock import lock_pages
from moderation.services.pages.siblings import give_turns
from moderation.services.triage.assess import Assessor
from moderation.services.triage.change import Change
from moderation.services.triage.load_page import load
from moderation.services.triage.save import regroup_and_save
from moderation.services.triage.select import near, select_passages, selected

Key = tuple[UUID, str]
"""A page: its site and its URL."""


def place(session: Session, report_ids: Sequence[UUID], now: datetime) -> None:
    """Put each report that is in no case yet into one. Safe to run twice; the caller commits."""
    reports = session.scalars(
        select(Report).where(Report.id.in_(report_ids)).order_by(Report.site_id, Report.url, Report.id)
    ).all()
    if not reports:
        return
    with timed_step(session, "wait"):  # for other workers, rechecks and decisions on these pages
        lock_pages(session, ((report.site_id, report.url) for report in reports))
    reports = _waiting_of(session, reports)
    if not reports:
        return
    by_key = {key: list(of_page) for key, of_page in groupby(reports, key=_key)}
    with session.no_autoflush:
        changes = _changes(session, reports, by_key, now)
        regroup_and_save(session, changes, now)
        for change in changes:
            if any(case.reader_count > 1 for case in change.on_page.cases.values()):
                change.on_page.page.come_first()


def _changes(
    session: Session, reports: Sequence[Report], by_key: dict[Key, list[Report]], now: datetime
) -> list[Change]:
    """Load the pages with what the reports need, and choose the selection of each report."""
    with timed_step(session, "load"):
        pages = _pages(session, by_key, now)
        passages = {page.id: [selected(report) for report in by_key[key]] for key, page in pages.items()}
        loaded = load(session, list(pages.values()), lambda on_page: near(on_page, passages[on_page.page.id]))
        assessors = _assessors(session, reports, now)
    changes = []
    with timed_step(session, "find"):
        for on_page in loaded:
            chosen = select_passages(on_page, passages[on_page.page.id])
            arrived = by_key[on_page.page.site_id, on_page.page.url]
            changes.append(
                Change(on_page, assessors[on_page.page.site_id], list(zip(arrived, chosen, strict=True)))
            )
    return changes


def _key(report: Report) -> Key:
    return report.site_id, report.url


def _waiting_of(session: Session, reports: Sequence[Report]) -> list[Report]:
    """Those of the reports that are neither placed nor withdrawn."""
    ids = [report.id for report in reports]
    placed = select(Placement.report_id).where(Placement.report_id.in_(ids))
    withdrawn = select(Withdrawal.report_id).where(Withdrawal.report_id.in_(ids))
    done = set(session.scalars(union_all(placed, withdrawn)))
    return [report for report in reports if report.id not in done]


def _pages(session: Session, by_key: dict[Key, list[Report]], now: datetime) -> dict[Key, Page]:
    """The pages of the reports, new ones too. Each is to be fetched soon."""
    stored = session.scalars(select(Page).where(tuple_(Page.site_id, Page.url).in_(by_key)))
    pages = {(page.site_id, page.url): page for page in stored}
    new = {key: Page(id=uuid7(), site_id=key[0], url=key[1]) for key in by_key if key not in pages}
    give_turns(session, new.values(), now)
    pages |= new
    for key, reports in by_key.items():
        page = pages[key]
        if page.check_at is None or page.lacked_what_was_reported(now):
            page.recheck_at_once(now)  # it is new, or no case needed it for a while
        if page.fetch_state != "ok":  # a page that was read has its own title, or none
            page.title = page.title or next((report.title for report in reports if report.title), None)
    return pages


def _assessors(session: Session, reports: Sequence[Report], now: datetime) -> dict[UUID, Assessor]:
    return {
        site_id: Assessor.load(session, session.get_one(Site, site_id), list(of_site), now)
        for site_id, of_site in groupby(reports, key=lambda report: report.site_id)
    }
