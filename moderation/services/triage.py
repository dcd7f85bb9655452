"""Reports become cases: every report is put into exactly one, one page at a time."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import groupby
from uuid import UUID

from sqlalchemy import func, select, union_all
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from moderation.domain.passage import Passage, read
from moderation.domain.text import Quote
from moderation.models import Case, Page, Placement, Report, Selection, Site, Withdrawal
from moderation.services.assess import Assessor
from moderation.services.decide import step_by_system
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
    page, is_new = _page(session, site_id, url, reports, now)
    with session.no_autoflush:
        on_page = PageCases(session, page, is_new=is_new)
        chosen = on_page.select([_passage(report) for report in reports])
        for selection in chosen:
            selection.report_count += 1
        if on_page.has_new():
            first = {one.id: report for one, report in zip(chosen[::-1], reports[::-1], strict=True)}
            on_page.regroup(
                lambda own: new_case(page, [first[one.id] for one in own if one.id in first]), now
            )
        came: dict[UUID, list[Report]] = defaultdict(list)
        for report, selection in zip(reports, chosen, strict=True):
            came[selection.case_id].append(report)
        for case_id, own in came.items():
            _note(on_page.cases[case_id], own, now)
            on_page.touch(case_id)
        changed = on_page.refresh()
        _count_readers(session, on_page, came, now)
        spam = Assessor(session, session.get_one(Site, site_id), now).assess(on_page, changed, came)
    on_page.save()
    for case in spam:
        step_by_system(session, case, "spam", now=now, note=", ".join(case.spam_reasons))
    session.add_all(
        Placement(report_id=report.id, selection_id=selection.id, case_id=selection.case_id, placed_at=now)
        for report, selection in zip(reports, chosen, strict=True)
    )
    session.flush()
    if new_readers := {
        (case_id, report.reader_hash) for case_id in on_page.opened for report in came[case_id]
    }:
        add_readers(session, new_readers, now)


def _note(case: Case, reports: list[Report], now: datetime) -> None:
    case.first_reported_at = min(case.first_reported_at, *(report.created_at for report in reports))
    case.last_reported_at = max(case.last_reported_at, *(report.created_at for report in reports))
    if case.status == "fixed":  # is it back? The page says so, not the reader
        case.page.check_at = now


def _count_readers(
    session: Session, on_page: PageCases, came: dict[UUID, list[Report]], now: datetime
) -> None:
    """Readers who had not reported a case before. A new case's are stored after it is."""
    pairs = set()
    for case_id, reports in came.items():
        if case_id in on_page.opened:
            on_page.cases[case_id].reader_count = len({report.reader_hash for report in reports})
        else:
            pairs |= {(case_id, report.reader_hash) for report in reports}
    for case_id in add_readers(session, pairs, now):
        on_page.cases[case_id].reader_count += 1


def _not_done(session: Session, reports: list[Report]) -> list[Report]:
    ids = [report.id for report in reports]
    placed = select(Placement.report_id).where(Placement.report_id.in_(ids))
    withdrawn = select(Withdrawal.report_id).where(Withdrawal.report_id.in_(ids))
    done = set(session.scalars(union_all(placed, withdrawn)))
    return [report for report in reports if report.id not in done]


def _page(
    session: Session, site_id: UUID, url: str, reports: list[Report], now: datetime
) -> tuple[Page, bool]:
    """The page, and whether it is new."""
    title = next((report.title for report in reports if report.title), None)
    page = session.scalar(select(Page).where(Page.site_id == site_id, Page.url == url))
    if page is None:
        page = Page(id=uuid7(), site_id=site_id, url=url, title=title, check_at=now)
        session.add(page)
        return page, True
    if page.check_at is None:  # nobody needed it for a while
        page.check_at, page.checks = now, 0
    page.title = page.title or title
    return page, False


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
