"""Reports become cases: every report is put into exactly one, one page at a time."""

from collections.abc import Sequence
from itertools import groupby
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session, selectinload
from uuid_utils.compat import uuid7

from moderation.domain.grouping import Joined, Known, choose, join
from moderation.domain.passage import Passage, read
from moderation.domain.text import Quote
from moderation.models import Case, CaseReader, Page, Placement, Report, Suggestion, Withdrawal
from moderation.services.page_lock import lock_page


def place(session: Session, report_ids: Sequence[UUID]) -> None:
    """Put each report that is in no case yet into one. Safe to run twice; the caller commits.

    Pages are locked in one order, so two workers with mixed batches wait for each other and never for ever.
    """
    reports = session.scalars(
        select(Report).where(Report.id.in_(report_ids)).order_by(Report.site_id, Report.url, Report.id)
    ).all()
    for (site_id, url), on_page in groupby(reports, key=lambda report: (report.site_id, report.url)):
        lock_page(session, site_id, url)
        _place_on_page(session, site_id, url, list(on_page))


def _place_on_page(session: Session, site_id: UUID, url: str, reports: list[Report]) -> None:
    ids = [report.id for report in reports]
    done = set(session.scalars(select(Placement.report_id).where(Placement.report_id.in_(ids))))
    done |= set(session.scalars(select(Withdrawal.report_id).where(Withdrawal.report_id.in_(ids))))
    reports = [report for report in reports if report.id not in done]
    if not reports:
        return
    page = _page(session, site_id, url, reports)
    cases = list(
        session.scalars(
            select(Case)
            .where(Case.page_id == page.id)
            .order_by(Case.id)
            .options(selectinload(Case.suggestions))
        )
    )
    known = [_known(case) for case in cases]
    chosen: list[tuple[Report, Case]] = []
    votes: dict[UUID, Suggestion | None] = {}
    for report in reports:
        passage = read(Quote(report.exact, report.prefix, report.suffix), report.correction)
        index = choose(passage, known)
        if index is None:
            case = _open(page, report, passage)
            session.add(case)
            cases.append(case)
            known.append(_known(case))
            votes[report.id] = case.suggestions[0] if case.suggestions else None
        else:
            case = cases[index]
            votes[report.id] = _add(case, report, passage, known[index])
            known[index] = _known(case)
        chosen.append((report, case))
    session.flush()
    for report, case in chosen:
        vote = votes[report.id]
        session.add(Placement(report_id=report.id, case_id=case.id, suggestion_id=vote.id if vote else None))
    _count_readers(session, chosen)
    session.flush()


def _page(session: Session, site_id: UUID, url: str, reports: list[Report]) -> Page:
    page = session.scalar(select(Page).where(Page.site_id == site_id, Page.url == url))
    if page is None:
        page = Page(site_id=site_id, url=url)
        session.add(page)
        session.flush()
    if page.title is None:
        page.title = next((report.title for report in reports if report.title), None)
    return page


def _known(case: Case) -> Known:
    return Known(
        Quote(case.exact, case.prefix, case.suffix), tuple(suggestion.text for suggestion in case.suggestions)
    )


def _open(page: Page, report: Report, passage: Passage) -> Case:
    case = Case(
        id=uuid7(),
        site_id=page.site_id,
        page=page,
        status="open",
        version=1,
        state="unchecked",
        lang=report.lang,
        report_count=1,
        reader_count=0,
        first_reported_at=report.created_at,
        last_reported_at=report.created_at,
    )
    _set_passage(case, passage.quote, _position(report, passage.shift))
    if passage.correction is not None:
        case.suggestions = [Suggestion(id=uuid7(), text=passage.correction, source="reader", votes=1)]
    return case


def _add(case: Case, report: Report, passage: Passage, known: Known) -> Suggestion | None:
    """A further report of the case; answers what it votes for.

    What an editor has decided about is not changed under the decision.
    """
    case.report_count += 1
    case.first_reported_at = min(case.first_reported_at, report.created_at)
    case.last_reported_at = max(case.last_reported_at, report.created_at)
    if case.status != "open":
        return None
    joined = join(passage, known)
    if joined.quote.exact != case.exact:
        case.version += 1
    position = _position(report, passage.shift + joined.shift)
    _set_passage(case, joined.quote, position if position is not None else _kept_position(case, joined))
    for suggestion, widened in zip(case.suggestions, joined.corrections, strict=True):
        suggestion.text = widened
    return _vote(case, joined.correction)


def _vote(case: Case, correction: str | None) -> Suggestion | None:
    if correction is None:
        return None
    for suggestion in case.suggestions:
        if suggestion.source == "reader" and suggestion.text == correction:
            suggestion.votes += 1
            return suggestion
    case.suggestions.append(Suggestion(id=uuid7(), text=correction, source="reader", votes=1))
    return case.suggestions[-1]


def _position(report: Report, shift: int) -> int | None:
    return None if report.start is None else max(0, report.start + shift)


def _kept_position(case: Case, joined: Joined) -> int | None:
    return case.start if joined.quote.exact == case.exact else None


def _set_passage(case: Case, quote: Quote, start: int | None) -> None:
    case.exact, case.prefix, case.suffix = quote.exact, quote.prefix, quote.suffix
    case.start, case.end = (None, None) if start is None else (start, start + len(quote.exact))


def _count_readers(session: Session, chosen: list[tuple[Report, Case]]) -> None:
    """Add the readers who had not reported the case before."""
    pairs = {(case.id, report.reader_hash) for report, case in chosen}
    added = session.execute(
        insert(CaseReader)
        .values([{"case_id": case_id, "reader_hash": reader} for case_id, reader in sorted(pairs)])
        .on_conflict_do_nothing()
        .returning(CaseReader.case_id)
    ).scalars()
    cases = {case.id: case for _, case in chosen}
    for case_id in added:
        cases[case_id].reader_count += 1


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
