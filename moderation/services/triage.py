"""Reports become cases: every report is put into exactly one, one page at a time."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import groupby
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from moderation.domain.passage import Passage, read
from moderation.domain.text import Quote
from moderation.models import Case, Page, Placement, Report, Selection, Site, Withdrawal
from moderation.services.assess import Assessor
from moderation.services.page_cases import PageCases, add_readers
from moderation.services.page_lock import lock_page


def place(session: Session, report_ids: Sequence[UUID], now: datetime | None = None) -> None:
    """Put each report that is in no case yet into one. Safe to run twice; the caller commits.

    Pages are locked in one order, so two workers with mixed batches wait for each other and never for ever.
    """
    reports = session.scalars(
        select(Report).where(Report.id.in_(report_ids)).order_by(Report.site_id, Report.url, Report.id)
    ).all()
    for (site_id, url), on_page in groupby(reports, key=lambda report: (report.site_id, report.url)):
        lock_page(session, site_id, url)
        _place_on_page(session, site_id, url, list(on_page), now or datetime.now(UTC))


def _place_on_page(session: Session, site_id: UUID, url: str, reports: list[Report], now: datetime) -> None:
    reports = _not_done(session, reports)
    if not reports:
        return
    page = _page(session, site_id, url, reports, now)
    on_page = PageCases(session, page)
    passages = [_passage(report) for report in reports]
    chosen = on_page.select(passages)
    for selection in chosen:
        selection.report_count += 1
    if on_page.has_new():
        first = {selection.id: report for selection, report in zip(chosen[::-1], reports[::-1], strict=True)}
        on_page.regroup(lambda own: new_case(page, [first[one.id] for one in own if one.id in first]), now)
    pairs: set[tuple[UUID, bytes]] = set()
    came: dict[UUID, list[Report]] = defaultdict(list)
    for report, selection in zip(reports, chosen, strict=True):
        case = on_page.cases[selection.case_id]
        session.add(Placement(report_id=report.id, selection_id=selection.id, case_id=case.id))
        case.first_reported_at = min(case.first_reported_at, report.created_at)
        case.last_reported_at = max(case.last_reported_at, report.created_at)
        on_page.touch(case.id)
        pairs.add((case.id, report.reader_hash))
        came[case.id].append(report)
        if case.status == "fixed":  # is it back? The page says so, not the reader
            page.check_at = now
    changed = on_page.refresh()
    session.flush()
    add_readers(session, pairs, on_page.cases)
    site = session.get_one(Site, site_id)
    Assessor(session, site, page, now).assess(on_page, changed, came)
    session.flush()


def _not_done(session: Session, reports: list[Report]) -> list[Report]:
    ids = [report.id for report in reports]
    done = set(session.scalars(select(Placement.report_id).where(Placement.report_id.in_(ids))))
    done |= set(session.scalars(select(Withdrawal.report_id).where(Withdrawal.report_id.in_(ids))))
    return [report for report in reports if report.id not in done]


def _page(session: Session, site_id: UUID, url: str, reports: list[Report], now: datetime) -> Page:
    page = session.scalar(select(Page).where(Page.site_id == site_id, Page.url == url))
    if page is None:
        page = Page(site_id=site_id, url=url, check_at=now)
        session.add(page)
        session.flush()
    elif page.check_at is None:  # nobody needed it for a while
        page.check_at, page.checks = now, 0
    if page.title is None:
        page.title = next((report.title for report in reports if report.title), None)
    return page


def _passage(report: Report) -> tuple[Passage, int | None]:
    passage = read(Quote(report.exact, report.prefix, report.suffix), report.correction)
    return passage, None if report.start is None else max(0, report.start + passage.shift)


def new_case(page: Page, reports: list[Report]) -> Case:
    """A case for these reports, empty yet: its selections say what it shows."""
    return Case(
        id=uuid7(),
        site_id=page.site_id,
        page_id=page.id,
        page=page,
        status="open",
        version=0,
        state="unchecked",
        exact="",
        prefix="",
        suffix="",
        lang=next((report.lang for report in reports if report.lang), None),
        report_count=0,
        reader_count=0,
        spam_score=0.0,
        spam_reasons=[],
        priority=0.0,
        priority_reasons=[],
        first_reported_at=min(report.created_at for report in reports),
        last_reported_at=max(report.created_at for report in reports),
        suggestions=[],
    )


def waiting(session: Session) -> int:
    """How many reports no case holds yet."""
    return (
        session.scalar(
            select(func.count(Report.id))
            .outerjoin(Placement)
            .outerjoin(Withdrawal)
            .where(Placement.report_id.is_(None), Withdrawal.report_id.is_(None))
        )
        or 0
    )


def selections_of(session: Session, case: Case) -> Sequence[Selection]:
    """What the case's readers selected, the most reported first."""
    return session.scalars(
        select(Selection)
        .where(Selection.case_id == case.id)
        .order_by(Selection.report_count.desc(), Selection.id)
    ).all()
