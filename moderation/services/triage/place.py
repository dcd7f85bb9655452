"""Reports become cases: every report is put into exactly one, one page at a time."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from uuid import UUID

from sqlalchemy import func, select, tuple_, union_all
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from moderation.domain.text.normalise import Quote
from moderation.domain.text.passage import Passage, read
from moderation.models import Case, Page, Placement, Report, Selection, Site, Withdrawal
from moderation.services.cases.search import remember
from moderation.services.cases.step import Step, apply_step
from moderation.services.pages.lock import lock_pages
from moderation.services.triage.assess import Assessor
from moderation.services.triage.case_readers import add_readers
from moderation.services.triage.page_cases import PageCases


def place(session: Session, report_ids: Sequence[UUID], now: datetime | None = None) -> None:
    """Put each report that is in no case yet into one. Safe to run twice; the caller commits."""
    now = now or datetime.now(UTC)
    reports = session.scalars(
        select(Report).where(Report.id.in_(report_ids)).order_by(Report.site_id, Report.url, Report.id)
    ).all()
    if not reports:
        return
    lock_pages(session, ((report.site_id, report.url) for report in reports))
    reports = _not_done(session, reports)
    pages = _pages(session, reports)
    with session.no_autoflush:
        for site_id, of_site in groupby(reports, key=lambda report: report.site_id):
            at_site = list(of_site)
            assessor = Assessor.load(session, session.get_one(Site, site_id), at_site, now)
            placed = [
                _place_on_page(session, assessor, pages.get((site_id, url)), url, list(on_page))
                for url, on_page in groupby(at_site, key=lambda report: report.url)
            ]
            _save(session, placed, now)


@dataclass(frozen=True, slots=True)
class _Placed:
    """What became of some reports of one page, not yet stored."""

    on_page: PageCases
    pairs: list[tuple[Report, Selection]]
    spam: list[Case]


def _place_on_page(
    session: Session, assessor: Assessor, page: Page | None, url: str, reports: list[Report]
) -> _Placed:
    now, is_new = assessor.now, page is None
    if page is None:
        page = Page(id=uuid7(), site_id=assessor.site.id, url=url)
        page.recheck_at_once(now)
        session.add(page)
    elif page.check_at is None:  # nobody needed it for a while
        page.recheck_at_once(now)
    page.title = page.title or next((report.title for report in reports if report.title), None)
    on_page = PageCases(session, page, is_new=is_new)
    chosen = on_page.select([_passage(report) for report in reports])
    for selection in chosen:
        selection.report_count += 1
    if on_page.has_new():
        first = {one.id: report for one, report in zip(chosen[::-1], reports[::-1], strict=True)}
        on_page.regroup(lambda own: new_case(page, [first[one.id] for one in own if one.id in first]), now)
    came: dict[UUID, list[Report]] = defaultdict(list)
    for report, selection in zip(reports, chosen, strict=True):
        came[selection.case_id].append(report)
    for case_id, own in came.items():
        _note(on_page.cases[case_id], own, now)
        on_page.touch(case_id)
    changed = on_page.refresh()
    _count_readers(session, on_page, came, now)
    spam = assessor.assess(on_page, changed, came)
    return _Placed(on_page, list(zip(reports, chosen, strict=True)), spam)


def _save(session: Session, placed: list[_Placed], now: datetime) -> None:
    """Store it all: pages and cases, the selections that name them, the placements that name those."""
    for page in placed:
        page.on_page.add_cases()
    session.flush()
    for page in placed:
        page.on_page.add_selections()
    session.flush()
    readers = set()
    for page in placed:
        for case in page.spam:
            step = Step(action="spam", cause="scored_as_spam", detail=",".join(case.spam_reasons))
            apply_step(session, case, step, now=now)
        for report, selection in page.pairs:
            session.add(
                Placement(
                    report_id=report.id, selection_id=selection.id, case_id=selection.case_id, placed_at=now
                )
            )
            if selection.case_id in page.on_page.opened:
                readers.add((selection.case_id, report.reader_hash))
    session.flush()
    add_readers(session, readers, now)


def _note(case: Case, reports: list[Report], now: datetime) -> None:
    case.first_reported_at = min(case.first_reported_at, *(report.created_at for report in reports))
    case.last_reported_at = max(case.last_reported_at, *(report.created_at for report in reports))
    case.kind = case.kind or next((report.kind for report in reports if report.kind), None)
    remember(case, case.page.title, *(text for one in reports for text in (one.correction, one.comment)))
    if case.status == "fixed":  # is it back? The page says so, not the reader
        case.page.recheck_at_once(now)


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


def _not_done(session: Session, reports: Sequence[Report]) -> list[Report]:
    ids = [report.id for report in reports]
    placed = select(Placement.report_id).where(Placement.report_id.in_(ids))
    withdrawn = select(Withdrawal.report_id).where(Withdrawal.report_id.in_(ids))
    done = set(session.scalars(union_all(placed, withdrawn)))
    return [report for report in reports if report.id not in done]


def _pages(session: Session, reports: Sequence[Report]) -> dict[tuple[UUID, str], Page]:
    keys = {(report.site_id, report.url) for report in reports}
    found = session.scalars(select(Page).where(tuple_(Page.site_id, Page.url).in_(keys))) if keys else ()
    return {(page.site_id, page.url): page for page in found}


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
        words="",
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
